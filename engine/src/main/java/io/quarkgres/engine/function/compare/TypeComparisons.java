package io.quarkgres.engine.function.compare;

import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Selection;

/** Compares values of any type by the type's own order. Thread: any. */
final class TypeComparisons {
  private TypeComparisons() {}

  static boolean[] equal(
      SqlType type, Column left, Column right, boolean isNegated, Selection rows, int size) {
    boolean[] out = new boolean[size];
    int n = rows.count();
    for (int i = 0; i < n; i++) {
      int p = rows.position(i);
      out[p] = type.equal(left, p, right, p) != isNegated;
    }
    return out;
  }

  /** Tells where the comparison gives less than {@code bound}: 0 for less, 1 for not greater. */
  static boolean[] below(
      SqlType type, Column left, Column right, int bound, Selection rows, int size) {
    boolean[] out = new boolean[size];
    int n = rows.count();
    for (int i = 0; i < n; i++) {
      int p = rows.position(i);
      out[p] = type.compare(left, p, right, p) < bound;
    }
    return out;
  }
}
