package io.quarkgres.engine.expr;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Selection;

/** A statement parameter. Thread: any. */
final class ParameterEvaluator extends Evaluator {
  private final int index;

  ParameterEvaluator(int index) {
    this.index = index;
  }

  @Override
  public Column evaluate(Block block, Selection rows, Frame frame) {
    return frame.parameter(index, block.positionCount());
  }

  @Override
  boolean isFixed() {
    return true;
  }
}
