package io.quarkgres.engine.expr;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Selection;

/**
 * A constant. The longest column asked for so far is kept; two threads may both make one, which is
 * harmless because columns are immutable. Thread: any.
 */
final class ConstantEvaluator extends Evaluator {
  private Column values;

  ConstantEvaluator(Column value) {
    this.values = value;
  }

  @Override
  public Column evaluate(Block block, Selection rows, Frame frame) {
    Column current = values;
    int size = block.positionCount();
    if (current.count() < size) {
      current = Broadcast.to(current, size);
      values = current;
    }
    return current;
  }

  @Override
  boolean isFixed() {
    return true;
  }
}
