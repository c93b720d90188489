package io.quarkgres.vector.kernel;

import java.lang.foreign.MemorySegment;
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
  public float sum(MemorySegment a, long aAt, MemorySegment b, long bAt, int n, float[] lanes) {
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
      long x = aAt + 4L * i;
      long y = bAt + 4L * i;
      s0 = term(get(a, x), get(b, y), s0, IS_FUSED);
      s1 = term(get(a, x + 4), get(b, y + 4), s1, IS_FUSED);
      s2 = term(get(a, x + 8), get(b, y + 8), s2, IS_FUSED);
      s3 = term(get(a, x + 12), get(b, y + 12), s3, IS_FUSED);
      s4 = term(get(a, x + 16), get(b, y + 16), s4, IS_FUSED);
      s5 = term(get(a, x + 20), get(b, y + 20), s5, IS_FUSED);
      s6 = term(get(a, x + 24), get(b, y + 24), s6, IS_FUSED);
      s7 = term(get(a, x + 28), get(b, y + 28), s7, IS_FUSED);
    }
    s0 += s4;
    s1 += s5;
    s2 += s6;
    s3 += s7;
    if (HAS_FOUR && i + HALF <= n) {
      long x = aAt + 4L * i;
      long y = bAt + 4L * i;
      s0 = term(get(a, x), get(b, y), s0, true);
      s1 = term(get(a, x + 4), get(b, y + 4), s1, true);
      s2 = term(get(a, x + 8), get(b, y + 8), s2, true);
      s3 = term(get(a, x + 12), get(b, y + 12), s3, true);
      i += HALF;
    }
    float sum = (s0 + s2) + (s1 + s3);
    for (; i < n; i++) {
      sum = term(get(a, aAt + 4L * i), get(b, bAt + 4L * i), sum, IS_FUSED);
    }
    return sum;
  }

  @Override
  public void sums(
      MemorySegment a,
      long aAt,
      MemorySegment b,
      long bAt,
      MemorySegment c,
      long cAt,
      MemorySegment d,
      long dAt,
      MemorySegment e,
      long eAt,
      int n,
      float[] lanes,
      float[] out,
      int at) {
    out[at] = sum(a, aAt, b, bAt, n, lanes);
    out[at + 1] = sum(a, aAt, c, cAt, n, lanes);
    out[at + 2] = sum(a, aAt, d, dAt, n, lanes);
    out[at + 3] = sum(a, aAt, e, eAt, n, lanes);
  }

  @Override
  public void squares(
      MemorySegment a, long at0, long at1, long at2, long at3, int n, float[] lanes, float[] out) {
    out[0] = sum(a, at0, a, at0, n, lanes);
    out[1] = sum(a, at1, a, at1, n, lanes);
    out[2] = sum(a, at2, a, at2, n, lanes);
    out[3] = sum(a, at3, a, at3, n, lanes);
  }

  private static float term(float x, float y, float s, boolean isFused) {
    float left = IS_OF_DIFFERENCES ? x - y : x;
    float right = IS_OF_DIFFERENCES ? left : y;
    if (IS_ABSOLUTE) {
      return s + Math.abs(left);
    }
    return isFused ? Math.fma(left, right, s) : s + left * right;
  }

  private static float get(MemorySegment segment, long at) {
    return segment.get(FLOAT, at);
  }
}
