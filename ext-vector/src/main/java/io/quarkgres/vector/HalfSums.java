package io.quarkgres.vector;

/**
 * The loops behind the distances of halfvecs, over floats that are exactly halves. Eight fused sums
 * are joined by halves, then come the elements left over, one by one: the order of pgvector 0.8 on
 * processors that convert halves by themselves. Thread: any.
 */
final class HalfSums {
  private static final int LANES = 8;

  private HalfSums() {}

  static float squaredDifferences(float[] a, int aStart, float[] b, int bStart, int n) {
    float[] s = new float[LANES];
    int i = 0;
    for (; i + LANES <= n; i += LANES) {
      for (int lane = 0; lane < LANES; lane++) {
        float d = a[aStart + i + lane] - b[bStart + i + lane];
        s[lane] = Math.fma(d, d, s[lane]);
      }
    }
    float sum = total(s);
    for (; i < n; i++) {
      float d = a[aStart + i] - b[bStart + i];
      sum = Math.fma(d, d, sum);
    }
    return sum;
  }

  static float products(float[] a, int aStart, float[] b, int bStart, int n) {
    float[] s = new float[LANES];
    int i = 0;
    for (; i + LANES <= n; i += LANES) {
      for (int lane = 0; lane < LANES; lane++) {
        s[lane] = Math.fma(a[aStart + i + lane], b[bStart + i + lane], s[lane]);
      }
    }
    float sum = total(s);
    for (; i < n; i++) {
      sum = Math.fma(a[aStart + i], b[bStart + i], sum);
    }
    return sum;
  }

  static float absoluteDifferences(float[] a, int aStart, float[] b, int bStart, int n) {
    float[] s = new float[LANES];
    int i = 0;
    for (; i + LANES <= n; i += LANES) {
      for (int lane = 0; lane < LANES; lane++) {
        s[lane] += Math.abs(a[aStart + i + lane] - b[bStart + i + lane]);
      }
    }
    float sum = total(s);
    for (; i < n; i++) {
      sum += Math.abs(a[aStart + i] - b[bStart + i]);
    }
    return sum;
  }

  private static float total(float[] s) {
    return ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]));
  }
}
