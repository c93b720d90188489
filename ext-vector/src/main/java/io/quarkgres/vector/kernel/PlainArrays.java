package io.quarkgres.vector.kernel;

import java.lang.invoke.MethodHandles;

/** The plain loops over arrays; see {@link PlainKernel}. Thread: any. */
final class PlainArrays extends ArrayKernel {
  private static final Sum SUM = Specialised.sum(MethodHandles.lookup());
  private static final boolean IS_OF_DIFFERENCES = SUM.isOfDifferences;
  private static final boolean IS_ABSOLUTE = SUM.isAbsolute;
  private static final boolean IS_FUSED = SUM.isFused;
  private static final boolean HAS_FOUR = SUM.hasFour;

  PlainArrays() {}

  @Override
  public float sum(float[] a, int aAt, float[] b, int bAt, int n, float[] lanes) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    int i = 0;
    for (; i + Kernel.LANES <= n; i += Kernel.LANES) {
      int x = aAt + i;
      int y = bAt + i;
      s0 = term(a[x], b[y], s0, IS_FUSED);
      s1 = term(a[x + 1], b[y + 1], s1, IS_FUSED);
      s2 = term(a[x + 2], b[y + 2], s2, IS_FUSED);
      s3 = term(a[x + 3], b[y + 3], s3, IS_FUSED);
      s4 = term(a[x + 4], b[y + 4], s4, IS_FUSED);
      s5 = term(a[x + 5], b[y + 5], s5, IS_FUSED);
      s6 = term(a[x + 6], b[y + 6], s6, IS_FUSED);
      s7 = term(a[x + 7], b[y + 7], s7, IS_FUSED);
    }
    s0 += s4;
    s1 += s5;
    s2 += s6;
    s3 += s7;
    if (HAS_FOUR && i + Kernel.HALF <= n) {
      int x = aAt + i;
      int y = bAt + i;
      s0 = term(a[x], b[y], s0, true);
      s1 = term(a[x + 1], b[y + 1], s1, true);
      s2 = term(a[x + 2], b[y + 2], s2, true);
      s3 = term(a[x + 3], b[y + 3], s3, true);
      i += Kernel.HALF;
    }
    float sum = (s0 + s2) + (s1 + s3);
    for (; i < n; i++) {
      sum = term(a[aAt + i], b[bAt + i], sum, IS_FUSED);
    }
    return sum;
  }

  @Override
  public void sums(
      float[] a,
      int aAt,
      float[] many,
      int at0,
      int at1,
      int at2,
      int at3,
      int n,
      float[] lanes,
      float[] out) {
    out[0] = sum(a, aAt, many, at0, n, lanes);
    out[1] = sum(a, aAt, many, at1, n, lanes);
    out[2] = sum(a, aAt, many, at2, n, lanes);
    out[3] = sum(a, aAt, many, at3, n, lanes);
  }

  @Override
  public void squares(
      float[] many, int at0, int at1, int at2, int at3, int n, float[] lanes, float[] out) {
    out[0] = sum(many, at0, many, at0, n, lanes);
    out[1] = sum(many, at1, many, at1, n, lanes);
    out[2] = sum(many, at2, many, at2, n, lanes);
    out[3] = sum(many, at3, many, at3, n, lanes);
  }

  private static float term(float x, float y, float s, boolean isFused) {
    float left = IS_OF_DIFFERENCES ? x - y : x;
    float right = IS_OF_DIFFERENCES ? left : y;
    if (IS_ABSOLUTE) {
      return s + Math.abs(left);
    }
    return isFused ? Math.fma(left, right, s) : s + left * right;
  }
}
