package io.quarkgres.engine.expr.key;

import io.quarkgres.spi.data.Selection;

/** The least and the greatest of some integers. Thread: any. */
record IntegerRange(long least, long greatest) {
  /** The range of no integer. */
  static final IntegerRange NONE = new IntegerRange(Long.MAX_VALUE, Long.MIN_VALUE);

  /** Returns the range of the selected values, one at least. */
  static IntegerRange of(int[] values, Selection rows) {
    int[] positions = rows.positions();
    int n = rows.count();
    int least = Integer.MAX_VALUE;
    int greatest = Integer.MIN_VALUE;
    if (positions == null) {
      for (int p = 0; p < n; p++) {
        least = Math.min(least, values[p]);
        greatest = Math.max(greatest, values[p]);
      }
    } else {
      for (int i = 0; i < n; i++) {
        int value = values[positions[i]];
        least = Math.min(least, value);
        greatest = Math.max(greatest, value);
      }
    }
    return new IntegerRange(least, greatest);
  }

  /** Returns the range of the selected values, one at least. */
  static IntegerRange of(long[] values, Selection rows) {
    int[] positions = rows.positions();
    int n = rows.count();
    long least = Long.MAX_VALUE;
    long greatest = Long.MIN_VALUE;
    for (int i = 0; i < n; i++) {
      long value = values[positions == null ? i : positions[i]];
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }
    return new IntegerRange(least, greatest);
  }

  /** Returns the range of these and two more. */
  IntegerRange with(long otherLeast, long otherGreatest) {
    return new IntegerRange(Math.min(least, otherLeast), Math.max(greatest, otherGreatest));
  }

  /** Tells whether no more than {@code limit} integers lie in it. */
  boolean spansAtMost(long limit) {
    long span = greatest - least;
    return span >= 0 && span < limit;
  }
}
