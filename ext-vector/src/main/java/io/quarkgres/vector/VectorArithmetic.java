package io.quarkgres.vector;

import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import java.util.Arrays;

/** Element-wise arithmetic and concatenation of vectors or halfvecs. Thread: any. */
record VectorArithmetic(Precision precision) {
  void add(Row row, Out out) {
    float[] a = row.floats(0);
    addTo(a, 0, row.floats(1), 0, checkedLength(a, row));
    out.floats(a);
  }

  /** Adds a slice to another of the same length; raises 22003 when an element overflows. */
  void addTo(float[] sum, int sumStart, float[] b, int bStart, int n) {
    for (int i = 0; i < n; i++) {
      sum[sumStart + i] += b[bStart + i];
    }
    round(sum, sumStart, n);
  }

  void subtract(Row row, Out out) {
    float[] a = row.floats(0);
    float[] b = row.floats(1);
    int n = checkedLength(a, row);
    for (int i = 0; i < n; i++) {
      a[i] -= b[i];
    }
    round(a, 0, n);
    out.floats(a);
  }

  void multiply(Row row, Out out) {
    float[] a = row.floats(0);
    float[] b = row.floats(1);
    int n = checkedLength(a, row);
    float[] result = new float[n];
    for (int i = 0; i < n; i++) {
      result[i] = a[i] * b[i];
    }
    round(result, 0, n);
    for (int i = 0; i < n; i++) {
      if (result[i] == 0 && a[i] != 0 && b[i] != 0) {
        throw VectorErrors.underflow();
      }
    }
    out.floats(result);
  }

  void concat(Row row, Out out) {
    float[] a = row.floats(0);
    float[] b = row.floats(1);
    precision.checkDimensions(a.length + b.length);
    float[] result = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, result, a.length, b.length);
    out.floats(result);
  }

  private int checkedLength(float[] a, Row row) {
    int other = row.floatCount(1);
    if (a.length != other) {
      throw precision.differentDimensions(a.length, other);
    }
    return a.length;
  }

  /** Rounds what was computed to what the type holds; raises 22003 when an element overflows. */
  private void round(float[] values, int start, int n) {
    if (precision == Precision.HALF) {
      for (int i = start; i < start + n; i++) {
        values[i] = precision.rounded(values[i]);
      }
    }
    checkOverflow(values, start, n);
  }

  static void checkOverflow(float[] values, int start, int n) {
    for (int i = start; i < start + n; i++) {
      if (Float.isInfinite(values[i])) {
        throw VectorErrors.overflow();
      }
    }
  }
}
