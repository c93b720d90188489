package io.quarkgres.engine.function.compare;

import io.quarkgres.spi.data.Selection;

/** Compares 64-bit values. Thread: any. */
final class LongComparisons {
  private LongComparisons() {}

  /** Tells where left = right. */
  static boolean[] equal(long[] left, long[] right, Selection rows, int size) {
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
  static boolean[] notEqual(long[] left, long[] right, Selection rows, int size) {
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
  static boolean[] less(long[] left, long[] right, Selection rows, int size) {
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
  static boolean[] lessEqual(long[] left, long[] right, Selection rows, int size) {
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
