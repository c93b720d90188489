package io.quarkgres.engine.expr;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Selection;

/**
 * A column that an evaluator further up has put into the frame: the operand of a simple CASE, the
 * elements of an array under a cast. Thread: any.
 */
final class StateEvaluator extends Evaluator {
  private final int slot;

  StateEvaluator(int slot) {
    this.slot = slot;
  }

  @Override
  public Column evaluate(Block block, Selection rows, Frame frame) {
    return (Column) frame.state(slot);
  }
}
