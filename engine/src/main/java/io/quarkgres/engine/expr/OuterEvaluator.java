package io.quarkgres.engine.expr;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Selection;

/** The current value of an outer column. Thread: any. */
final class OuterEvaluator extends Evaluator {
  private final int slot;

  OuterEvaluator(int slot) {
    this.slot = slot;
  }

  @Override
  public Column evaluate(Block block, Selection rows, Frame frame) {
    return frame.outer(slot, block.positionCount());
  }
}
