package io.quarkgres.vector.kernel;

import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;

/**
 * The plain loops, for a process without the Vector API. Never used itself, but through copies made
 * by {@link Specialised}. Thread: any.
 */
final class PlainKernel extends Kernel {
  private static final Sum SUM = Specialised.sum(MethodHandles.lookup());
  private static final boolean IS_OF_DIFFERENCES = SUM.isOfDifferences;
  private static final boolean IS_ABSOLUTE = SUM.isAbsolute;
  private static final boolean IS_FUSED = SUM.isFused;
  private static final boolean HAS_FOUR = SUM.hasFour;
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

  PlainKernel() {}

  @Override
  public float sum(long a, long b, int n, float[] lanes) {
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
      long x = a + 4L * i;
      long y = b + 4L * i;
      s0 = term(get(x), get(y), s0, IS_FUSED);
      s1 = term(get(x + 4), get(y + 4), s1, IS_FUSED);
      s2 = term(get(x + 8), get(y + 8), s2, IS_FUSED);
      s3 = term(get(x + 12), get(y + 12), s3, IS_FUSED);
      s4 = term(get(x + 16), get(y + 16), s4, IS_FUSED);
      s5 = term(get(x + 20), get(y + 20), s5, IS_FUSED);
      s6 = term(get(x + 24), get(y + 24), s6, IS_FUSED);
      s7 = term(get(x + 28), get(y + 28), s7, IS_FUSED);
    }
    s0 += s4;
    s1 += s5;
    s2 += s6;
    s3 += s7;
    if (HAS_FOUR && i + HALF <= n) {
      long x = a + 4L * i;
      long y = b + 4L * i;
      s0 = term(get(x), get(y), s0, true);
      s1 = term(get(x + 4), get(y + 4), s1, true);
      s2 = term(get(x + 8), get(y + 8), s2, true);
      s3 = term(get(x + 12), get(y + 12), s3, true);
      i += HALF;
    }
    float sum = (s0 + s2) + (s1 + s3);
    for (; i < n; i++) {
      sum = term(get(a + 4L * i), get(b + 4L * i), sum, IS_FUSED);
    }
    return sum;
  }

  @Override
  public void sums(
      long a, long b, long c, long d, long e, int n, float[] lanes, float[] out, int at) {
    out[at] = sum(a, b, n, lanes);
    out[at + 1] = sum(a, c, n, lanes);
    out[at + 2] = sum(a, d, n, lanes);
    out[at + 3] = sum(a, e, n, lanes);
  }

  private static float term(float x, float y, float s, boolean isFused) {
    float left = IS_OF_DIFFERENCES ? x - y : x;
    float right = IS_OF_DIFFERENCES ? left : y;
    if (IS_ABSOLUTE) {
      return s + Math.abs(left);
    }
    return isFused ? Math.fma(left, right, s) : s + left * right;
  }

  private static float get(long address) {
    return Memory.ALL.get(FLOAT, address);
  }
}
