package io.quarkgres.vector.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The loops over halves with eight lanes; see {@link LaneKernel}. Thread: any. */
final class LaneHalves extends HalvesKernel {
  private static final Sum SUM = Specialised.sum(MethodHandles.lookup());
  private static final boolean IS_OF_DIFFERENCES = SUM.isOfDifferences;
  private static final boolean IS_ABSOLUTE = SUM.isAbsolute;

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_256;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  LaneHalves() {}

  @Override
  public void join(MemorySegment from, long at, int pairs, MemorySegment to, long toAt) {
    long bytes = 4L * pairs;
    for (long i = 0; i < bytes; i += 4 * LANES) {
      IntVector upper = IntVector.fromMemorySegment(INTS, from, at + i, ORDER);
      IntVector lower = IntVector.fromMemorySegment(INTS, from, at + bytes + i, ORDER);
      IntVector first = upper.and(UPPER).add(lower.lanewise(VectorOperators.ASHR, HALF_BITS));
      IntVector second =
          upper
              .lanewise(VectorOperators.LSHL, HALF_BITS)
              .add(
                  lower
                      .lanewise(VectorOperators.LSHL, HALF_BITS)
                      .lanewise(VectorOperators.ASHR, HALF_BITS));
      first.intoMemorySegment(to, toAt + i, ORDER);
      second.intoMemorySegment(to, toAt + bytes + i, ORDER);
    }
  }

  @Override
  public void round(MemorySegment from, long at, int pairs, MemorySegment to) {
    long bytes = 4L * pairs;
    for (long i = 0; i < bytes; i += 4 * LANES) {
      IntVector upper = IntVector.fromMemorySegment(INTS, from, at + i, ORDER);
      upper.and(UPPER).intoMemorySegment(to, i, ORDER);
      upper.lanewise(VectorOperators.LSHL, HALF_BITS).intoMemorySegment(to, bytes + i, ORDER);
    }
  }

  @Override
  public void sums(
      long a, long b, long c, long d, long e, int pairs, float[] lanes, float[] out, int at) {
    FloatVector s = FloatVector.zero(FLOATS);
    FloatVector t = FloatVector.zero(FLOATS);
    FloatVector u = FloatVector.zero(FLOATS);
    FloatVector v = FloatVector.zero(FLOATS);
    long bytes = 4L * pairs;
    for (long i = 0; i < bytes; i += 4 * LANES) {
      FloatVector x = FloatVector.fromMemorySegment(FLOATS, Memory.ALL, a + i, ORDER);
      FloatVector y = FloatVector.fromMemorySegment(FLOATS, Memory.ALL, a + bytes + i, ORDER);
      IntVector pair1 = IntVector.fromMemorySegment(INTS, Memory.ALL, b + i, ORDER);
      FloatVector p1 = pair1.and(UPPER).reinterpretAsFloats();
      FloatVector q1 = pair1.lanewise(VectorOperators.LSHL, HALF_BITS).reinterpretAsFloats();
      FloatVector g1 = IS_OF_DIFFERENCES ? x.sub(p1) : x;
      FloatVector h1 = IS_OF_DIFFERENCES ? y.sub(q1) : y;
      s =
          IS_ABSOLUTE
              ? s.add(g1.abs()).add(h1.abs())
              : h1.fma(IS_OF_DIFFERENCES ? h1 : q1, g1.fma(IS_OF_DIFFERENCES ? g1 : p1, s));
      IntVector pair2 = IntVector.fromMemorySegment(INTS, Memory.ALL, c + i, ORDER);
      FloatVector p2 = pair2.and(UPPER).reinterpretAsFloats();
      FloatVector q2 = pair2.lanewise(VectorOperators.LSHL, HALF_BITS).reinterpretAsFloats();
      FloatVector g2 = IS_OF_DIFFERENCES ? x.sub(p2) : x;
      FloatVector h2 = IS_OF_DIFFERENCES ? y.sub(q2) : y;
      t =
          IS_ABSOLUTE
              ? t.add(g2.abs()).add(h2.abs())
              : h2.fma(IS_OF_DIFFERENCES ? h2 : q2, g2.fma(IS_OF_DIFFERENCES ? g2 : p2, t));
      IntVector pair3 = IntVector.fromMemorySegment(INTS, Memory.ALL, d + i, ORDER);
      FloatVector p3 = pair3.and(UPPER).reinterpretAsFloats();
      FloatVector q3 = pair3.lanewise(VectorOperators.LSHL, HALF_BITS).reinterpretAsFloats();
      FloatVector g3 = IS_OF_DIFFERENCES ? x.sub(p3) : x;
      FloatVector h3 = IS_OF_DIFFERENCES ? y.sub(q3) : y;
      u =
          IS_ABSOLUTE
              ? u.add(g3.abs()).add(h3.abs())
              : h3.fma(IS_OF_DIFFERENCES ? h3 : q3, g3.fma(IS_OF_DIFFERENCES ? g3 : p3, u));
      IntVector pair4 = IntVector.fromMemorySegment(INTS, Memory.ALL, e + i, ORDER);
      FloatVector p4 = pair4.and(UPPER).reinterpretAsFloats();
      FloatVector q4 = pair4.lanewise(VectorOperators.LSHL, HALF_BITS).reinterpretAsFloats();
      FloatVector g4 = IS_OF_DIFFERENCES ? x.sub(p4) : x;
      FloatVector h4 = IS_OF_DIFFERENCES ? y.sub(q4) : y;
      v =
          IS_ABSOLUTE
              ? v.add(g4.abs()).add(h4.abs())
              : h4.fma(IS_OF_DIFFERENCES ? h4 : q4, g4.fma(IS_OF_DIFFERENCES ? g4 : p4, v));
    }
    s.intoArray(lanes, 0);
    t.intoArray(lanes, LANES);
    u.intoArray(lanes, 2 * LANES);
    v.intoArray(lanes, 3 * LANES);
    out[at] = joined(lanes, 0);
    out[at + 1] = joined(lanes, LANES);
    out[at + 2] = joined(lanes, 2 * LANES);
    out[at + 3] = joined(lanes, 3 * LANES);
  }
}
