package io.quarkgres.engine.expr;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.BooleanColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Selection;

/** Three-valued NOT. Thread: any. */
final class NotEvaluator extends Evaluator {
  private final Evaluator operand;

  NotEvaluator(Evaluator operand) {
    this.operand = operand;
  }

  @Override
  public Column evaluate(Block block, Selection rows, Frame frame) {
    BooleanColumn value = (BooleanColumn) operand.evaluate(block, rows, frame);
    int size = block.positionCount();
    boolean[] bits = value.values();
    boolean[] result = new boolean[size];
    for (int i = 0; i < size; i++) {
      result[i] = !bits[i];
    }
    return new BooleanColumn(result, value.nulls(), size);
  }

  @Override
  boolean isFixed() {
    return operand.isFixed();
  }
}
