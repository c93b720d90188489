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
      FloatVector x = FloatVector.fromArray(EIGHT, a, aAt + i);
      FloatVector y = FloatVector.fromArray(EIGHT, b, bAt + i);
      FloatVector d = IS_OF_DIFFERENCES ? x.sub(y) : x;
      FloatVector e = IS_OF_DIFFERENCES ? d : y;
      s = IS_ABSOLUTE ? s.add(d.abs()) : IS_FUSED ? d.fma(e, s) : s.add(d.mul(e));
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
      FloatVector x = FloatVector.fromArray(EIGHT, a, aAt + i);
      FloatVector y1 = FloatVector.fromArray(EIGHT, many, at0 + i);
      FloatVector d1 = IS_OF_DIFFERENCES ? x.sub(y1) : x;
      FloatVector e1 = IS_OF_DIFFERENCES ? d1 : y1;
      s = IS_ABSOLUTE ? s.add(d1.abs()) : IS_FUSED ? d1.fma(e1, s) : s.add(d1.mul(e1));
      FloatVector y2 = FloatVector.fromArray(EIGHT, many, at1 + i);
      FloatVector d2 = IS_OF_DIFFERENCES ? x.sub(y2) : x;
      FloatVector e2 = IS_OF_DIFFERENCES ? d2 : y2;
      t = IS_ABSOLUTE ? t.add(d2.abs()) : IS_FUSED ? d2.fma(e2, t) : t.add(d2.mul(e2));
      FloatVector y3 = FloatVector.fromArray(EIGHT, many, at2 + i);
      FloatVector d3 = IS_OF_DIFFERENCES ? x.sub(y3) : x;
      FloatVector e3 = IS_OF_DIFFERENCES ? d3 : y3;
      u = IS_ABSOLUTE ? u.add(d3.abs()) : IS_FUSED ? d3.fma(e3, u) : u.add(d3.mul(e3));
      FloatVector y4 = FloatVector.fromArray(EIGHT, many, at3 + i);
      FloatVector d4 = IS_OF_DIFFERENCES ? x.sub(y4) : x;
      FloatVector e4 = IS_OF_DIFFERENCES ? d4 : y4;
      v = IS_ABSOLUTE ? v.add(d4.abs()) : IS_FUSED ? d4.fma(e4, v) : v.add(d4.mul(e4));
    }
    s.intoArray(lanes, 0);
    t.intoArray(lanes, Kernel.LANES);
    u.intoArray(lanes, 2 * Kernel.LANES);
    v.intoArray(lanes, 3 * Kernel.LANES);
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
      FloatVector x0 = FloatVector.fromArray(EIGHT, many, at0 + i);
      s = IS_FUSED ? x0.fma(x0, s) : s.add(x0.mul(x0));
      FloatVector x1 = FloatVector.fromArray(EIGHT, many, at1 + i);
      t = IS_FUSED ? x1.fma(x1, t) : t.add(x1.mul(x1));
      FloatVector x2 = FloatVector.fromArray(EIGHT, many, at2 + i);
      u = IS_FUSED ? x2.fma(x2, u) : u.add(x2.mul(x2));
      FloatVector x3 = FloatVector.fromArray(EIGHT, many, at3 + i);
      v = IS_FUSED ? x3.fma(x3, v) : v.add(x3.mul(x3));
    }
    s.intoArray(lanes, 0);
    t.intoArray(lanes, Kernel.LANES);
    u.intoArray(lanes, 2 * Kernel.LANES);
    v.intoArray(lanes, 3 * Kernel.LANES);
    out[0] = end(lanes, 0, many, at0, many, at0, i, n);
    out[1] = end(lanes, Kernel.LANES, many, at1, many, at1, i, n);
    out[2] = end(lanes, 2 * Kernel.LANES, many, at2, many, at2, i, n);
    out[3] = end(lanes, 3 * Kernel.LANES, many, at3, many, at3, i, n);
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

  private static float term(float x, float y, float s, boolean isFused) {
    float left = IS_OF_DIFFERENCES ? x - y : x;
    float right = IS_OF_DIFFERENCES ? left : y;
    if (IS_ABSOLUTE) {
      return s + Math.abs(left);
    }
    return isFused ? Math.fma(left, right, s) : s + left * right;
  }
}
