package io.quarkgres.vector.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops over sixteen lanes: with half as many steps as {@link LaneKernel} has, twice as much is
 * asked of the memory at once. Lanes are joined by halves, and every step is fused. Never used
 * itself, but through copies made by {@link Specialised}. Thread: any.
 */
final class WideSums implements Sums {
  private static final Sum SUM = Specialised.sum(MethodHandles.lookup());
  private static final boolean IS_OF_DIFFERENCES = SUM.isOfDifferences;
  private static final boolean IS_ABSOLUTE = SUM.isAbsolute;

  private static final VectorSpecies<Float> SIXTEEN = FloatVector.SPECIES_512;
  private static final VectorSpecies<Float> EIGHT = FloatVector.SPECIES_256;
  private static final int LANES = 16;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  WideSums() {}

  @Override
  public float sum(MemorySegment a, long aAt, MemorySegment b, long bAt, int n, float[] lanes) {
    FloatVector s = FloatVector.zero(SIXTEEN);
    int i = 0;
    for (; i + LANES <= n; i += LANES) {
      long at = 4L * i;
      s = term(sixteen(a, aAt + at), sixteen(b, bAt + at), s);
    }
    return end(s, lanes, a, aAt, b, bAt, i, n);
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
    FloatVector s = FloatVector.zero(SIXTEEN);
    FloatVector t = FloatVector.zero(SIXTEEN);
    FloatVector u = FloatVector.zero(SIXTEEN);
    FloatVector v = FloatVector.zero(SIXTEEN);
    int i = 0;
    for (; i + LANES <= n; i += LANES) {
      long byteAt = 4L * i;
      FloatVector x = sixteen(a, aAt + byteAt);
      s = term(x, sixteen(b, bAt + byteAt), s);
      t = term(x, sixteen(c, cAt + byteAt), t);
      u = term(x, sixteen(d, dAt + byteAt), u);
      v = term(x, sixteen(e, eAt + byteAt), v);
    }
    out[at] = end(s, lanes, a, aAt, b, bAt, i, n);
    out[at + 1] = end(t, lanes, a, aAt, c, cAt, i, n);
    out[at + 2] = end(u, lanes, a, aAt, d, dAt, i, n);
    out[at + 3] = end(v, lanes, a, aAt, e, eAt, i, n);
  }

  /** Joins sixteen sums and adds the elements from {@code i} on. */
  private static float end(
      FloatVector s,
      float[] lanes,
      MemorySegment a,
      long aAt,
      MemorySegment b,
      long bAt,
      int i,
      int n) {
    s.intoArray(lanes, 0);
    FloatVector.fromArray(EIGHT, lanes, 0)
        .add(FloatVector.fromArray(EIGHT, lanes, EIGHT.length()))
        .intoArray(lanes, 0);
    float s0 = lanes[0] + lanes[4];
    float s1 = lanes[1] + lanes[5];
    float s2 = lanes[2] + lanes[6];
    float s3 = lanes[3] + lanes[7];
    float sum = (s0 + s2) + (s1 + s3);
    for (int done = i; done < n; done++) {
      float x = get(a, aAt + 4L * done);
      float y = get(b, bAt + 4L * done);
      float left = IS_OF_DIFFERENCES ? x - y : x;
      sum = IS_ABSOLUTE ? sum + Math.abs(left) : Math.fma(left, IS_OF_DIFFERENCES ? left : y, sum);
    }
    return sum;
  }

  private static FloatVector term(FloatVector x, FloatVector y, FloatVector s) {
    FloatVector left = IS_OF_DIFFERENCES ? x.sub(y) : x;
    return IS_ABSOLUTE ? s.add(left.abs()) : left.fma(IS_OF_DIFFERENCES ? left : y, s);
  }

  private static FloatVector sixteen(MemorySegment segment, long at) {
    return FloatVector.fromMemorySegment(SIXTEEN, segment, at, ORDER);
  }

  private static float get(MemorySegment segment, long at) {
    return segment.get(ValueLayout.JAVA_FLOAT_UNALIGNED, at);
  }
}
