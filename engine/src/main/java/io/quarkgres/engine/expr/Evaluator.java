package io.quarkgres.engine.expr;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.BooleanColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Selection;

/** Computes one expression over blocks. Immutable; what changes lies in the frame. Thread: any. */
public abstract class Evaluator {
  /**
   * Computes the expression for the given rows of a block.
   *
   * @param rows the positions to compute, a subset of the block's
   * @return a column with at least the block's positions; those outside {@code rows} hold anything
   */
  public abstract Column evaluate(Block block, Selection rows, Frame frame);

  /** Returns those of the given rows for which the expression, a boolean, is true. */
  public Selection select(Block block, Selection rows, Frame frame) {
    if (rows.count() == 0) {
      return rows;
    }
    return rows.whereTrue((BooleanColumn) evaluate(block, rows, frame));
  }

  /** Tells whether the value is the same for all rows of one execution. */
  boolean isFixed() {
    return false;
  }

  /** Computes an expression that needs no input columns, for one row. */
  public final Column single(Frame frame) {
    return evaluate(Frame.ONE_ROW, Selection.dense(1), frame);
  }
}
