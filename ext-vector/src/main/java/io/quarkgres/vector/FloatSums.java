package io.quarkgres.vector;

/**
 * The loops behind the distances. Eight independent sums keep the processor's adders busy; they are
 * joined by halves (lane i with i + 4, then i + 2, then i + 1) and the rest is added behind, so the
 * order, and with it every bit, is the same in the interpreter, compiled, and on every processor.
 * Thread: any.
 */
public final class FloatSums {
  private static final int LANES = 8;

  private FloatSums() {}

  /** Returns the sum of {@code (a[i] - b[i])^2}. */
  public static float squaredDifferences(float[] a, int aStart, float[] b, int bStart, int n) {
    int bound = n & -LANES;
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    for (int i = 0; i < bound; i += LANES) {
      int x = aStart + i;
      int y = bStart + i;
      float d0 = a[x] - b[y];
      float d1 = a[x + 1] - b[y + 1];
      float d2 = a[x + 2] - b[y + 2];
      float d3 = a[x + 3] - b[y + 3];
      float d4 = a[x + 4] - b[y + 4];
      float d5 = a[x + 5] - b[y + 5];
      float d6 = a[x + 6] - b[y + 6];
      float d7 = a[x + 7] - b[y + 7];
      s0 += d0 * d0;
      s1 += d1 * d1;
      s2 += d2 * d2;
      s3 += d3 * d3;
      s4 += d4 * d4;
      s5 += d5 * d5;
      s6 += d6 * d6;
      s7 += d7 * d7;
    }
    float sum = joined(s0, s1, s2, s3, s4, s5, s6, s7);
    for (int i = bound; i < n; i++) {
      float d = a[aStart + i] - b[bStart + i];
      sum += d * d;
    }
    return sum;
  }

  /** Returns the sum of {@code a[i] * b[i]}. */
  public static float products(float[] a, int aStart, float[] b, int bStart, int n) {
    int bound = n & -LANES;
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    for (int i = 0; i < bound; i += LANES) {
      int x = aStart + i;
      int y = bStart + i;
      s0 += a[x] * b[y];
      s1 += a[x + 1] * b[y + 1];
      s2 += a[x + 2] * b[y + 2];
      s3 += a[x + 3] * b[y + 3];
      s4 += a[x + 4] * b[y + 4];
      s5 += a[x + 5] * b[y + 5];
      s6 += a[x + 6] * b[y + 6];
      s7 += a[x + 7] * b[y + 7];
    }
    float sum = joined(s0, s1, s2, s3, s4, s5, s6, s7);
    for (int i = bound; i < n; i++) {
      sum += a[aStart + i] * b[bStart + i];
    }
    return sum;
  }

  /** Returns the sum of {@code |a[i] - b[i]|}. */
  public static float absoluteDifferences(float[] a, int aStart, float[] b, int bStart, int n) {
    int bound = n & -LANES;
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    for (int i = 0; i < bound; i += LANES) {
      int x = aStart + i;
      int y = bStart + i;
      s0 += Math.abs(a[x] - b[y]);
      s1 += Math.abs(a[x + 1] - b[y + 1]);
      s2 += Math.abs(a[x + 2] - b[y + 2]);
      s3 += Math.abs(a[x + 3] - b[y + 3]);
      s4 += Math.abs(a[x + 4] - b[y + 4]);
      s5 += Math.abs(a[x + 5] - b[y + 5]);
      s6 += Math.abs(a[x + 6] - b[y + 6]);
      s7 += Math.abs(a[x + 7] - b[y + 7]);
    }
    float sum = joined(s0, s1, s2, s3, s4, s5, s6, s7);
    for (int i = bound; i < n; i++) {
      sum += Math.abs(a[aStart + i] - b[bStart + i]);
    }
    return sum;
  }

  private static float joined(
      float s0, float s1, float s2, float s3, float s4, float s5, float s6, float s7) {
    return ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
  }

  /** Returns the length of a vector, added up in doubles. */
  public static double norm(float[] a, int start, int n) {
    double sum = 0;
    for (int i = start; i < start + n; i++) {
      sum += (double) a[i] * a[i];
    }
    return Math.sqrt(sum);
  }
}
