package io.quarkgres.engine.function.compare;

import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.DecimalColumn;
import io.quarkgres.spi.data.Selection;

/** Compares numerics; equal scales compare as 64-bit numbers. Thread: any. */
final class NumericComparisons {
  private NumericComparisons() {}

  static boolean[] equal(
      SqlType type,
      DecimalColumn left,
      DecimalColumn right,
      boolean isNegated,
      Selection rows,
      int size) {
    boolean[] out = new boolean[size];
    int n = rows.count();
    for (int i = 0; i < n; i++) {
      int p = rows.position(i);
      out[p] = (compare(type, left, right, p) == 0) != isNegated;
    }
    return out;
  }

  /** Tells where the comparison gives less than {@code bound}: 0 for less, 1 for not greater. */
  static boolean[] below(
      SqlType type, DecimalColumn left, DecimalColumn right, int bound, Selection rows, int size) {
    boolean[] out = new boolean[size];
    int n = rows.count();
    for (int i = 0; i < n; i++) {
      int p = rows.position(i);
      out[p] = compare(type, left, right, p) < bound;
    }
    return out;
  }

  private static int compare(SqlType type, DecimalColumn left, DecimalColumn right, int p) {
    int scale = left.scales()[p];
    return scale >= 0 && scale == right.scales()[p]
        ? Long.compare(left.unscaled()[p], right.unscaled()[p])
        : type.compare(left, p, right, p);
  }
}
