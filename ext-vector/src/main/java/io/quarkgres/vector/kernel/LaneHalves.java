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
      IntVector upper = ints(from, at + i);
      IntVector lower = ints(from, at + bytes + i);
      IntVector first = upper.and(UPPER).add(lower.lanewise(VectorOperators.ASHR, HALF_BITS));
      IntVector second =
          shifted(upper).add(shifted(lower).lanewise(VectorOperators.ASHR, HALF_BITS));
      first.intoMemorySegment(to, toAt + i, ORDER);
      second.intoMemorySegment(to, toAt + bytes + i, ORDER);
    }
  }

  @Override
  public void round(MemorySegment from, long at, int pairs, MemorySegment to) {
    long bytes = 4L * pairs;
    for (long i = 0; i < bytes; i += 4 * LANES) {
      IntVector upper = ints(from, at + i);
      upper.and(UPPER).intoMemorySegment(to, i, ORDER);
      shifted(upper).intoMemorySegment(to, bytes + i, ORDER);
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
      FloatVector x = floats(a + i);
      FloatVector y = floats(a + bytes + i);
      s = terms(x, y, ints(Memory.ALL, b + i), s);
      t = terms(x, y, ints(Memory.ALL, c + i), t);
      u = terms(x, y, ints(Memory.ALL, d + i), u);
      v = terms(x, y, ints(Memory.ALL, e + i), v);
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

  private static FloatVector terms(FloatVector x, FloatVector y, IntVector pair, FloatVector s) {
    return term(y, shifted(pair).reinterpretAsFloats(), term(x, upper(pair), s));
  }

  private static FloatVector upper(IntVector pair) {
    return pair.and(UPPER).reinterpretAsFloats();
  }

  private static IntVector shifted(IntVector pair) {
    return pair.lanewise(VectorOperators.LSHL, HALF_BITS);
  }

  private static FloatVector term(FloatVector x, FloatVector y, FloatVector s) {
    FloatVector left = IS_OF_DIFFERENCES ? x.sub(y) : x;
    FloatVector right = IS_OF_DIFFERENCES ? left : y;
    return IS_ABSOLUTE ? s.add(left.abs()) : left.fma(right, s);
  }

  private static FloatVector floats(long address) {
    return FloatVector.fromMemorySegment(FLOATS, Memory.ALL, address, ORDER);
  }

  private static IntVector ints(MemorySegment segment, long at) {
    return IntVector.fromMemorySegment(INTS, segment, at, ORDER);
  }
}
