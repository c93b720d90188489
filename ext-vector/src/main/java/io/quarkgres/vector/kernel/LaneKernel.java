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
      s = term(eight(a + at), eight(b + at), s);
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
      FloatVector x = eight(a + byteAt);
      s = term(x, eight(b + byteAt), s);
      t = term(x, eight(c + byteAt), t);
      u = term(x, eight(d + byteAt), u);
      v = term(x, eight(e + byteAt), v);
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

  private static FloatVector term(FloatVector x, FloatVector y, FloatVector s) {
    FloatVector left = IS_OF_DIFFERENCES ? x.sub(y) : x;
    FloatVector right = IS_OF_DIFFERENCES ? left : y;
    if (IS_ABSOLUTE) {
      return s.add(left.abs());
    }
    return IS_FUSED ? left.fma(right, s) : s.add(left.mul(right));
  }

  private static FloatVector eight(long address) {
    return FloatVector.fromMemorySegment(EIGHT, Memory.ALL, address, ORDER);
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
