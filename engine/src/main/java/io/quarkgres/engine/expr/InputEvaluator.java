package io.quarkgres.engine.expr;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Selection;

/** A column of the block, as it is. Thread: any. */
public final class InputEvaluator extends Evaluator {
  private final int position;

  /** Makes the evaluator of a column. */
  public InputEvaluator(int position) {
    this.position = position;
  }

  /** Returns which column of the block it is. */
  public int position() {
    return position;
  }

  @Override
  public Column evaluate(Block block, Selection rows, Frame frame) {
    return block.column(position);
  }
}
