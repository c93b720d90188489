package io.quarkgres.engine.expr;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.IntColumn;
import io.quarkgres.spi.data.Selection;

/** The subscripts of an array reference, computed for a block. Used by one thread. */
final class SubscriptBounds {
  private final Column[] lowers;
  private final Column[] uppers;

  private SubscriptBounds(Column[] lowers, Column[] uppers) {
    this.lowers = lowers;
    this.uppers = uppers;
  }

  /** Computes the bounds; an omitted one is {@code null}. */
  static SubscriptBounds evaluate(
      Evaluator[] lowers, Evaluator[] uppers, Block block, Selection rows, Frame frame) {
    Column[] low = new Column[lowers.length];
    Column[] high = new Column[uppers.length];
    for (int i = 0; i < low.length; i++) {
      low[i] = lowers[i] == null ? null : lowers[i].evaluate(block, rows, frame);
      high[i] = uppers[i] == null ? null : uppers[i].evaluate(block, rows, frame);
    }
    return new SubscriptBounds(low, high);
  }

  int count() {
    return uppers.length;
  }

  boolean hasNull(int position) {
    for (int i = 0; i < uppers.length; i++) {
      if (lowers[i] != null && lowers[i].isNull(position)
          || uppers[i] != null && uppers[i].isNull(position)) {
        return true;
      }
    }
    return false;
  }

  boolean hasLower(int i) {
    return lowers[i] != null;
  }

  boolean hasUpper(int i) {
    return uppers[i] != null;
  }

  int lower(int i, int position) {
    return ((IntColumn) lowers[i]).values()[position];
  }

  int upper(int i, int position) {
    return ((IntColumn) uppers[i]).values()[position];
  }
}
