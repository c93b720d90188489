package io.quarkgres.vector;

/**
 * The loops behind the distances. Eight independent sums keep the processor's adders busy; they are
 * joined by halves (lane i with i + 4), four more elements go onto the four sums, these are joined
 * by halves again, and up to three elements are added behind. So the order, and with it every bit,
 * is the same in the interpreter, compiled, and on every processor. It is also the order of
 * pgvector 0.8 as GCC compiles it for processors with fused multiplication, down to which steps are
 * fused: results are then the same to the last digit, and a test compares them. Thread: any.
 */
public final class FloatSums {
  private static final int LANES = 8;
  private static final int HALF = 4;

  private FloatSums() {}

  /** Returns the sum of {@code (a[i] - b[i])^2}. */
  public static float squaredDifferences(float[] a, int aStart, float[] b, int bStart, int n) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    int i = 0;
    for (; i + LANES <= n; i += LANES) {
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
    s0 += s4;
    s1 += s5;
    s2 += s6;
    s3 += s7;
    if (i + HALF <= n) {
      int x = aStart + i;
      int y = bStart + i;
      float d0 = a[x] - b[y];
      float d1 = a[x + 1] - b[y + 1];
      float d2 = a[x + 2] - b[y + 2];
      float d3 = a[x + 3] - b[y + 3];
      s0 = Math.fma(d0, d0, s0);
      s1 = Math.fma(d1, d1, s1);
      s2 = Math.fma(d2, d2, s2);
      s3 = Math.fma(d3, d3, s3);
      i += HALF;
    }
    float sum = (s0 + s2) + (s1 + s3);
    for (; i < n; i++) {
      float d = a[aStart + i] - b[bStart + i];
      sum += d * d;
    }
    return sum;
  }

  /** Returns the sum of {@code a[i] * b[i]}. */
  public static float products(float[] a, int aStart, float[] b, int bStart, int n) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    int i = 0;
    for (; i + LANES <= n; i += LANES) {
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
    s0 += s4;
    s1 += s5;
    s2 += s6;
    s3 += s7;
    if (i + HALF <= n) {
      int x = aStart + i;
      int y = bStart + i;
      s0 = Math.fma(a[x], b[y], s0);
      s1 = Math.fma(a[x + 1], b[y + 1], s1);
      s2 = Math.fma(a[x + 2], b[y + 2], s2);
      s3 = Math.fma(a[x + 3], b[y + 3], s3);
      i += HALF;
    }
    float sum = (s0 + s2) + (s1 + s3);
    for (; i < n; i++) {
      sum += a[aStart + i] * b[bStart + i];
    }
    return sum;
  }

  /** Returns the sum of {@code a[i] * b[i]}, every step rounded once, as the cosine wants it. */
  public static float fusedProducts(float[] a, int aStart, float[] b, int bStart, int n) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    int i = 0;
    for (; i + LANES <= n; i += LANES) {
      int x = aStart + i;
      int y = bStart + i;
      s0 = Math.fma(a[x], b[y], s0);
      s1 = Math.fma(a[x + 1], b[y + 1], s1);
      s2 = Math.fma(a[x + 2], b[y + 2], s2);
      s3 = Math.fma(a[x + 3], b[y + 3], s3);
      s4 = Math.fma(a[x + 4], b[y + 4], s4);
      s5 = Math.fma(a[x + 5], b[y + 5], s5);
      s6 = Math.fma(a[x + 6], b[y + 6], s6);
      s7 = Math.fma(a[x + 7], b[y + 7], s7);
    }
    s0 += s4;
    s1 += s5;
    s2 += s6;
    s3 += s7;
    if (i + HALF <= n) {
      int x = aStart + i;
      int y = bStart + i;
      s0 = Math.fma(a[x], b[y], s0);
      s1 = Math.fma(a[x + 1], b[y + 1], s1);
      s2 = Math.fma(a[x + 2], b[y + 2], s2);
      s3 = Math.fma(a[x + 3], b[y + 3], s3);
      i += HALF;
    }
    float sum = (s0 + s2) + (s1 + s3);
    for (; i < n; i++) {
      sum = Math.fma(a[aStart + i], b[bStart + i], sum);
    }
    return sum;
  }

  /** Returns the sum of {@code |a[i] - b[i]|}. */
  public static float absoluteDifferences(float[] a, int aStart, float[] b, int bStart, int n) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    int i = 0;
    for (; i + LANES <= n; i += LANES) {
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
    s0 += s4;
    s1 += s5;
    s2 += s6;
    s3 += s7;
    if (i + HALF <= n) {
      int x = aStart + i;
      int y = bStart + i;
      s0 += Math.abs(a[x] - b[y]);
      s1 += Math.abs(a[x + 1] - b[y + 1]);
      s2 += Math.abs(a[x + 2] - b[y + 2]);
      s3 += Math.abs(a[x + 3] - b[y + 3]);
      i += HALF;
    }
    float sum = (s0 + s2) + (s1 + s3);
    for (; i < n; i++) {
      sum += Math.abs(a[aStart + i] - b[bStart + i]);
    }
    return sum;
  }

  /** Returns the length of a vector, added up in doubles. */
  public static double norm(float[] a, int start, int n) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = start;
    int end = start + n;
    for (; i + HALF <= end; i += HALF) {
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
