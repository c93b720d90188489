package io.quarkgres.engine.expr;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Selection;

/**
 * An expression that no row changes, such as {@code now() - interval '1 day'}: computed when the
 * first row asks for it, then kept for the execution. Thread: any.
 */
final class OnceEvaluator extends Evaluator {
  private final Evaluator expression;
  private final int slot;

  private OnceEvaluator(Evaluator expression, int slot) {
    this.expression = expression;
    this.slot = slot;
  }

  /** Wraps an evaluator if that saves work. */
  static Evaluator wrap(Evaluator evaluator, Environment environment) {
    boolean isLeaf =
        evaluator instanceof ConstantEvaluator
            || evaluator instanceof ParameterEvaluator
            || evaluator instanceof OnceEvaluator;
    return evaluator.isFixed() && !isLeaf
        ? new OnceEvaluator(evaluator, environment.newStateSlot())
        : evaluator;
  }

  @Override
  public Column evaluate(Block block, Selection rows, Frame frame) {
    Column value = (Column) frame.state(slot);
    if (value == null) {
      if (rows.count() == 0) {
        return expression.evaluate(block, rows, frame);
      }
      value = Broadcast.one(expression.single(frame), 0);
      frame.setState(slot, value);
    }
    if (value.count() < block.positionCount()) {
      value = Broadcast.to(value, block.positionCount());
      frame.setState(slot, value);
    }
    return value;
  }

  @Override
  boolean isFixed() {
    return true;
  }
}
