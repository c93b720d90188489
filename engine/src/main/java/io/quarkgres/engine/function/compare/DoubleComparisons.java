package io.quarkgres.engine.function.compare;

import io.quarkgres.spi.data.Selection;

/**
 * Compares floating point values; NaN equals itself and is above all others, and the zeros are
 * equal. Thread: any.
 */
final class DoubleComparisons {
  private DoubleComparisons() {}

  /** Tells where left = right. */
  static boolean[] equal(double[] left, double[] right, Selection rows, int size) {
    boolean[] out = new boolean[size];
    int[] positions = rows.positions();
    int n = rows.count();
    if (positions == null) {
      for (int p = 0; p < n; p++) {
        out[p] = left[p] == right[p] || (Double.isNaN(left[p]) && Double.isNaN(right[p]));
      }
    } else {
      for (int i = 0; i < n; i++) {
        int p = positions[i];
        out[p] = left[p] == right[p] || (Double.isNaN(left[p]) && Double.isNaN(right[p]));
      }
    }
    return out;
  }

  /** Tells where left differs from right. */
  static boolean[] notEqual(double[] left, double[] right, Selection rows, int size) {
    boolean[] out = new boolean[size];
    int[] positions = rows.positions();
    int n = rows.count();
    if (positions == null) {
      for (int p = 0; p < n; p++) {
        out[p] = left[p] != right[p] && (!Double.isNaN(left[p]) || !Double.isNaN(right[p]));
      }
    } else {
      for (int i = 0; i < n; i++) {
        int p = positions[i];
        out[p] = left[p] != right[p] && (!Double.isNaN(left[p]) || !Double.isNaN(right[p]));
      }
    }
    return out;
  }

  /** Tells where left &lt; right. */
  static boolean[] less(double[] left, double[] right, Selection rows, int size) {
    boolean[] out = new boolean[size];
    int[] positions = rows.positions();
    int n = rows.count();
    if (positions == null) {
      for (int p = 0; p < n; p++) {
        out[p] = left[p] < right[p] || (Double.isNaN(right[p]) && !Double.isNaN(left[p]));
      }
    } else {
      for (int i = 0; i < n; i++) {
        int p = positions[i];
        out[p] = left[p] < right[p] || (Double.isNaN(right[p]) && !Double.isNaN(left[p]));
      }
    }
    return out;
  }

  /** Tells where left &lt;= right. */
  static boolean[] lessEqual(double[] left, double[] right, Selection rows, int size) {
    boolean[] out = new boolean[size];
    int[] positions = rows.positions();
    int n = rows.count();
    if (positions == null) {
      for (int p = 0; p < n; p++) {
        out[p] = left[p] <= right[p] || Double.isNaN(right[p]);
      }
    } else {
      for (int i = 0; i < n; i++) {
        int p = positions[i];
        out[p] = left[p] <= right[p] || Double.isNaN(right[p]);
      }
    }
    return out;
  }
}
