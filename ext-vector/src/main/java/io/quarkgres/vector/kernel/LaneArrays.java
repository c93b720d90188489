package io.quarkgres.vector.kernel;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The loops over arrays with eight lanes; see {@link LaneKernel}. Thread: any. */
final class LaneArrays extends ArrayKernel {
  private static final Sum SUM = Specialised.sum(MethodHandles.lookup());
  private static final boolean IS_OF_DIFFERENCES = SUM.isOfDifferences;
  private static final boolean IS_ABSOLUTE = SUM.isAbsolute;
  private static final boolean IS_FUSED = SUM.isFused;
  private static final boolean HAS_FOUR = SUM.hasFour;

  private static final VectorSpecies<Float> EIGHT = FloatVector.SPECIES_256;

  LaneArrays() {}

  @Override
  public float sum(float[] a, int aAt, float[] b, int bAt, int n, float[] lanes) {
    FloatVector s = FloatVector.zero(EIGHT);
    int i = 0;
    for (; i + Kernel.LANES <= n; i += Kernel.LANES) {
      s = term(eight(a, aAt + i), eight(b, bAt + i), s);
    }
    s.intoArray(lanes, 0);
    return end(lanes, 0, a, aAt, b, bAt, i, n);
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
    FloatVector s = FloatVector.zero(EIGHT);
    FloatVector t = FloatVector.zero(EIGHT);
    FloatVector u = FloatVector.zero(EIGHT);
    FloatVector v = FloatVector.zero(EIGHT);
    int i = 0;
    for (; i + Kernel.LANES <= n; i += Kernel.LANES) {
      FloatVector x = eight(a, aAt + i);
      s = term(x, eight(many, at0 + i), s);
      t = term(x, eight(many, at1 + i), t);
      u = term(x, eight(many, at2 + i), u);
      v = term(x, eight(many, at3 + i), v);
    }
    keep(s, t, u, v, lanes);
    out[0] = end(lanes, 0, a, aAt, many, at0, i, n);
    out[1] = end(lanes, Kernel.LANES, a, aAt, many, at1, i, n);
    out[2] = end(lanes, 2 * Kernel.LANES, a, aAt, many, at2, i, n);
    out[3] = end(lanes, 3 * Kernel.LANES, a, aAt, many, at3, i, n);
  }

  @Override
  public void squares(
      float[] many, int at0, int at1, int at2, int at3, int n, float[] lanes, float[] out) {
    FloatVector s = FloatVector.zero(EIGHT);
    FloatVector t = FloatVector.zero(EIGHT);
    FloatVector u = FloatVector.zero(EIGHT);
    FloatVector v = FloatVector.zero(EIGHT);
    int i = 0;
    for (; i + Kernel.LANES <= n; i += Kernel.LANES) {
      s = square(eight(many, at0 + i), s);
      t = square(eight(many, at1 + i), t);
      u = square(eight(many, at2 + i), u);
      v = square(eight(many, at3 + i), v);
    }
    keep(s, t, u, v, lanes);
    out[0] = end(lanes, 0, many, at0, many, at0, i, n);
    out[1] = end(lanes, Kernel.LANES, many, at1, many, at1, i, n);
    out[2] = end(lanes, 2 * Kernel.LANES, many, at2, many, at2, i, n);
    out[3] = end(lanes, 3 * Kernel.LANES, many, at3, many, at3, i, n);
  }

  private static FloatVector square(FloatVector x, FloatVector s) {
    return term(x, x, s);
  }

  private static void keep(
      FloatVector s, FloatVector t, FloatVector u, FloatVector v, float[] lanes) {
    s.intoArray(lanes, 0);
    t.intoArray(lanes, Kernel.LANES);
    u.intoArray(lanes, 2 * Kernel.LANES);
    v.intoArray(lanes, 3 * Kernel.LANES);
  }

  /**
   * Joins eight sums that lie in {@code lanes}, and adds the elements from {@code i} on. It works
   * on single floats, since one by one lanes are costly to take out of a vector.
   */
  private static float end(
      float[] lanes, int at, float[] a, int aAt, float[] b, int bAt, int i, int n) {
    float s0 = lanes[at] + lanes[at + 4];
    float s1 = lanes[at + 1] + lanes[at + 5];
    float s2 = lanes[at + 2] + lanes[at + 6];
    float s3 = lanes[at + 3] + lanes[at + 7];
    int done = i;
    if (HAS_FOUR && done + Kernel.HALF <= n) {
      int x = aAt + done;
      int y = bAt + done;
      s0 = term(a[x], b[y], s0, true);
      s1 = term(a[x + 1], b[y + 1], s1, true);
      s2 = term(a[x + 2], b[y + 2], s2, true);
      s3 = term(a[x + 3], b[y + 3], s3, true);
      done += Kernel.HALF;
    }
    float sum = (s0 + s2) + (s1 + s3);
    for (; done < n; done++) {
      sum = term(a[aAt + done], b[bAt + done], sum, IS_FUSED);
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

  private static FloatVector eight(float[] array, int at) {
    return FloatVector.fromArray(EIGHT, array, at);
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
