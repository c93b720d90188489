package io.quarkgres.engine.function.compare;

import io.quarkgres.spi.data.Selection;

/** Compares 32-bit values. Thread: any. */
final class IntComparisons {
  private IntComparisons() {}

  /** Tells where left = right. */
  static boolean[] equal(int[] left, int[] right, Selection rows, int size) {
    boolean[] out = new boolean[size];
    int[] positions = rows.positions();
    int n = rows.count();
    if (positions == null) {
      for (int p = 0; p < n; p++) {
        out[p] = left[p] == right[p];
      }
    } else {
      for (int i = 0; i < n; i++) {
        int p = positions[i];
        out[p] = left[p] == right[p];
      }
    }
    return out;
  }

  /** Tells where left differs from right. */
  static boolean[] notEqual(int[] left, int[] right, Selection rows, int size) {
    boolean[] out = new boolean[size];
    int[] positions = rows.positions();
    int n = rows.count();
    if (positions == null) {
      for (int p = 0; p < n; p++) {
        out[p] = left[p] != right[p];
      }
    } else {
      for (int i = 0; i < n; i++) {
        int p = positions[i];
        out[p] = left[p] != right[p];
      }
    }
    return out;
  }

  /** Tells where left &lt; right. */
  static boolean[] less(int[] left, int[] right, Selection rows, int size) {
    boolean[] out = new boolean[size];
    int[] positions = rows.positions();
    int n = rows.count();
    if (positions == null) {
      for (int p = 0; p < n; p++) {
        out[p] = left[p] < right[p];
      }
    } else {
      for (int i = 0; i < n; i++) {
        int p = positions[i];
        out[p] = left[p] < right[p];
      }
    }
    return out;
  }

  /** Tells where left &lt;= right. */
  static boolean[] lessEqual(int[] left, int[] right, Selection rows, int size) {
    boolean[] out = new boolean[size];
    int[] positions = rows.positions();
    int n = rows.count();
    if (positions == null) {
      for (int p = 0; p < n; p++) {
        out[p] = left[p] <= right[p];
      }
    } else {
      for (int i = 0; i < n; i++) {
        int p = positions[i];
        out[p] = left[p] <= right[p];
      }
    }
    return out;
  }
}
