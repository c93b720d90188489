package io.quarkgres.vector.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The loops over codes with lanes: eight bytes become eight ints. Thread: any. */
final class LaneCodes extends CodeKernel {
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_64;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_256;

  @Override
  public int products(MemorySegment a, long aAt, MemorySegment b, long bAt, int n) {
    IntVector even = IntVector.zero(INTS);
    IntVector odd = IntVector.zero(INTS);
    int i = 0;
    for (; i + 2 * Kernel.LANES <= n; i += 2 * Kernel.LANES) {
      even = even.add(ints(a, aAt + i).mul(ints(b, bAt + i)));
      odd = odd.add(ints(a, aAt + i + Kernel.LANES).mul(ints(b, bAt + i + Kernel.LANES)));
    }
    return even.add(odd).reduceLanes(VectorOperators.ADD) + products(a, aAt, b, bAt, i, n);
  }

  private static IntVector ints(MemorySegment segment, long at) {
    return (IntVector)
        ByteVector.fromMemorySegment(BYTES, segment, at, ByteOrder.nativeOrder())
            .castShape(INTS, 0);
  }
}
