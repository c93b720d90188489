package io.quarkgres.engine.function.compare;

import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.LongColumn;
import io.quarkgres.spi.data.Selection;

/**
 * Keeps the rows for which a comparison of 64-bit values is true. Where the bounds of the columns
 * decide, no value is looked at, so that a chunk all of which passes costs nothing; otherwise the
 * loops have no branch that depends on a value. Thread: any.
 */
final class LongFilters {
  private LongFilters() {}

  private static final Selection NONE = Selection.dense(0);

  static Selection equal(Column left, Column right, Selection rows) {
    LongColumn l = (LongColumn) left;
    LongColumn r = (LongColumn) right;
    if (l.greatest() < r.least() || r.greatest() < l.least()) {
      return NONE;
    }
    return l.isConstant() && r.isConstant() ? rows : equal(l.values(), r.values(), rows);
  }

  static Selection notEqual(Column left, Column right, Selection rows) {
    LongColumn l = (LongColumn) left;
    LongColumn r = (LongColumn) right;
    if (l.greatest() < r.least() || r.greatest() < l.least()) {
      return rows;
    }
    return l.isConstant() && r.isConstant() ? NONE : notEqual(l.values(), r.values(), rows);
  }

  static Selection less(Column left, Column right, Selection rows) {
    LongColumn l = (LongColumn) left;
    LongColumn r = (LongColumn) right;
    if (l.greatest() < r.least()) {
      return rows;
    }
    return l.least() >= r.greatest() ? NONE : less(l.values(), r.values(), rows);
  }

  static Selection lessEqual(Column left, Column right, Selection rows) {
    LongColumn l = (LongColumn) left;
    LongColumn r = (LongColumn) right;
    if (l.greatest() <= r.least()) {
      return rows;
    }
    return l.least() > r.greatest() ? NONE : lessEqual(l.values(), r.values(), rows);
  }

  private static Selection equal(long[] left, long[] right, Selection rows) {
    int[] positions = rows.positions();
    int n = rows.count();
    int[] kept = new int[n];
    int count = 0;
    for (int i = 0; i < n; i++) {
      int p = positions == null ? i : positions[i];
      kept[count] = p;
      count += left[p] == right[p] ? 1 : 0;
    }
    return count == n ? rows : new Selection(kept, count);
  }

  private static Selection notEqual(long[] left, long[] right, Selection rows) {
    int[] positions = rows.positions();
    int n = rows.count();
    int[] kept = new int[n];
    int count = 0;
    for (int i = 0; i < n; i++) {
      int p = positions == null ? i : positions[i];
      kept[count] = p;
      count += left[p] != right[p] ? 1 : 0;
    }
    return count == n ? rows : new Selection(kept, count);
  }

  private static Selection less(long[] left, long[] right, Selection rows) {
    int[] positions = rows.positions();
    int n = rows.count();
    int[] kept = new int[n];
    int count = 0;
    for (int i = 0; i < n; i++) {
      int p = positions == null ? i : positions[i];
      kept[count] = p;
      count += left[p] < right[p] ? 1 : 0;
    }
    return count == n ? rows : new Selection(kept, count);
  }

  private static Selection lessEqual(long[] left, long[] right, Selection rows) {
    int[] positions = rows.positions();
    int n = rows.count();
    int[] kept = new int[n];
    int count = 0;
    for (int i = 0; i < n; i++) {
      int p = positions == null ? i : positions[i];
      kept[count] = p;
      count += left[p] <= right[p] ? 1 : 0;
    }
    return count == n ? rows : new Selection(kept, count);
  }
}
