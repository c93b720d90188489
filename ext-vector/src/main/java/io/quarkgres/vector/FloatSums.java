package io.quarkgres.vector;

import io.quarkgres.vector.kernel.ArrayKernel;
import io.quarkgres.vector.kernel.Kernel;
import io.quarkgres.vector.kernel.Sum;

/** Sums over slices of arrays, by the kernels for the heap. Thread: any. */
public final class FloatSums {
  private static final int LANES = 4;

  private FloatSums() {}

  /** Returns a sum over {@code n} elements of two arrays. */
  public static float sum(Sum sum, float[] a, int aStart, float[] b, int bStart, int n) {
    return ArrayKernel.of(sum).sum(a, aStart, b, bStart, n, new float[Kernel.LANES_MAX]);
  }

  /** Returns the length of a vector, added up in doubles. */
  public static double norm(float[] a, int start, int n) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = start;
    int end = start + n;
    for (; i + LANES <= end; i += LANES) {
      s0 += (double) a[i] * a[i];
      s1 += (double) a[i + 1] * a[i + 1];
      s2 += (double) a[i + 2] * a[i + 2];
      s3 += (double) a[i + 3] * a[i + 3];
    }
    double sum = (s0 + s2) + (s1 + s3);
    for (; i < end; i++) {
      sum += (double) a[i] * a[i];
    }
    return Math.sqrt(sum);
  }
}
