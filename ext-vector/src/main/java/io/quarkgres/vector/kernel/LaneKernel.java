package io.quarkgres.vector.kernel;

import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops over eight lanes. Lane i holds the sum that the plain loop calls {@code si}, and the
 * lanes are joined by halves as there; a reduction of the Vector API has no fixed order. Four rows
 * at once keep more loads from memory in flight. Never used itself, but through copies made by
 * {@link Specialised}. Thread: any.
 *
 * <p>Loops over lanes call nothing but the Vector API. When the compiler leaves a method of ours
 * out of line, which depends on what it has compiled before, its vectors become objects, and a sum
 * takes ten times as long.
 */
final class LaneKernel extends Kernel {
  private static final Sum SUM = Specialised.sum(MethodHandles.lookup());
  private static final boolean IS_OF_DIFFERENCES = SUM.isOfDifferences;
  private static final boolean IS_ABSOLUTE = SUM.isAbsolute;
  private static final boolean IS_FUSED = SUM.isFused;
  private static final boolean HAS_FOUR = SUM.hasFour;

  private static final VectorSpecies<Float> EIGHT = FloatVector.SPECIES_256;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  LaneKernel() {}

  @Override
  public float sum(long a, long b, int n, float[] lanes) {
    FloatVector s = FloatVector.zero(EIGHT);
    int i = 0;
    for (; i + LANES <= n; i += LANES) {
      long at = 4L * i;
      FloatVector x = FloatVector.fromMemorySegment(EIGHT, Memory.ALL, a + at, ORDER);
      FloatVector y = FloatVector.fromMemorySegment(EIGHT, Memory.ALL, b + at, ORDER);
      FloatVector d = IS_OF_DIFFERENCES ? x.sub(y) : x;
      FloatVector e = IS_OF_DIFFERENCES ? d : y;
      s = IS_ABSOLUTE ? s.add(d.abs()) : IS_FUSED ? d.fma(e, s) : s.add(d.mul(e));
    }
    s.intoArray(lanes, 0);
    return end(lanes, 0, a, b, i, n);
  }

  @Override
  public void sums(
      long a, long b, long c, long d, long e, int n, float[] lanes, float[] out, int at) {
    FloatVector s = FloatVector.zero(EIGHT);
    FloatVector t = FloatVector.zero(EIGHT);
    FloatVector u = FloatVector.zero(EIGHT);
    FloatVector v = FloatVector.zero(EIGHT);
    int i = 0;
    for (; i + LANES <= n; i += LANES) {
      long byteAt = 4L * i;
      FloatVector x = FloatVector.fromMemorySegment(EIGHT, Memory.ALL, a + byteAt, ORDER);
      FloatVector y1 = FloatVector.fromMemorySegment(EIGHT, Memory.ALL, b + byteAt, ORDER);
      FloatVector d1 = IS_OF_DIFFERENCES ? x.sub(y1) : x;
      FloatVector f1 = IS_OF_DIFFERENCES ? d1 : y1;
      s = IS_ABSOLUTE ? s.add(d1.abs()) : IS_FUSED ? d1.fma(f1, s) : s.add(d1.mul(f1));
      FloatVector y2 = FloatVector.fromMemorySegment(EIGHT, Memory.ALL, c + byteAt, ORDER);
      FloatVector d2 = IS_OF_DIFFERENCES ? x.sub(y2) : x;
      FloatVector f2 = IS_OF_DIFFERENCES ? d2 : y2;
      t = IS_ABSOLUTE ? t.add(d2.abs()) : IS_FUSED ? d2.fma(f2, t) : t.add(d2.mul(f2));
      FloatVector y3 = FloatVector.fromMemorySegment(EIGHT, Memory.ALL, d + byteAt, ORDER);
      FloatVector d3 = IS_OF_DIFFERENCES ? x.sub(y3) : x;
      FloatVector f3 = IS_OF_DIFFERENCES ? d3 : y3;
      u = IS_ABSOLUTE ? u.add(d3.abs()) : IS_FUSED ? d3.fma(f3, u) : u.add(d3.mul(f3));
      FloatVector y4 = FloatVector.fromMemorySegment(EIGHT, Memory.ALL, e + byteAt, ORDER);
      FloatVector d4 = IS_OF_DIFFERENCES ? x.sub(y4) : x;
      FloatVector f4 = IS_OF_DIFFERENCES ? d4 : y4;
      v = IS_ABSOLUTE ? v.add(d4.abs()) : IS_FUSED ? d4.fma(f4, v) : v.add(d4.mul(f4));
    }
    s.intoArray(lanes, 0);
    t.intoArray(lanes, LANES);
    u.intoArray(lanes, 2 * LANES);
    v.intoArray(lanes, 3 * LANES);
    out[at] = end(lanes, 0, a, b, i, n);
    out[at + 1] = end(lanes, LANES, a, c, i, n);
    out[at + 2] = end(lanes, 2 * LANES, a, d, i, n);
    out[at + 3] = end(lanes, 3 * LANES, a, e, i, n);
  }

  /**
   * Joins eight sums that lie in {@code lanes}, and adds the elements from {@code i} on. It works
   * on single floats, since one by one lanes are costly to take out of a vector.
   */
  private static float end(float[] lanes, int at, long a, long b, int i, int n) {
    float s0 = lanes[at] + lanes[at + 4];
    float s1 = lanes[at + 1] + lanes[at + 5];
    float s2 = lanes[at + 2] + lanes[at + 6];
    float s3 = lanes[at + 3] + lanes[at + 7];
    int done = i;
    if (HAS_FOUR && done + HALF <= n) {
      long x = a + 4L * done;
      long y = b + 4L * done;
      s0 = term(get(x), get(y), s0, true);
      s1 = term(get(x + 4), get(y + 4), s1, true);
      s2 = term(get(x + 8), get(y + 8), s2, true);
      s3 = term(get(x + 12), get(y + 12), s3, true);
      done += HALF;
    }
    float sum = (s0 + s2) + (s1 + s3);
    for (; done < n; done++) {
      sum = term(get(a + 4L * done), get(b + 4L * done), sum, IS_FUSED);
    }
    return sum;
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
    return Memory.ALL.get(ValueLayout.JAVA_FLOAT_UNALIGNED, address);
  }
}
