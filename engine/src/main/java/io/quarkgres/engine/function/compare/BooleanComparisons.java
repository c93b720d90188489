package io.quarkgres.engine.function.compare;

import io.quarkgres.spi.data.Selection;

/** Compares booleans; false is below true. Thread: any. */
final class BooleanComparisons {
  private BooleanComparisons() {}

  static boolean[] equal(boolean[] left, boolean[] right, Selection rows, int size) {
    boolean[] out = new boolean[size];
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.position(i);
      out[p] = left[p] == right[p];
    }
    return out;
  }

  static boolean[] notEqual(boolean[] left, boolean[] right, Selection rows, int size) {
    boolean[] out = new boolean[size];
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.position(i);
      out[p] = left[p] != right[p];
    }
    return out;
  }

  static boolean[] less(boolean[] left, boolean[] right, Selection rows, int size) {
    boolean[] out = new boolean[size];
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.position(i);
      out[p] = !left[p] & right[p];
    }
    return out;
  }

  static boolean[] lessEqual(boolean[] left, boolean[] right, Selection rows, int size) {
    boolean[] out = new boolean[size];
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.position(i);
      out[p] = !left[p] | right[p];
    }
    return out;
  }
}
