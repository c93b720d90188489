package io.quarkgres.vector.kernel;

import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops over codes with lanes. Codes become shorts, of which a register holds twice as many as
 * of ints. Two products of codes and their sum still fit into a short, as -128 is no code; then the
 * upper and the lower half of an int are added to it apart. Thread: any.
 */
final class LaneCodes extends CodeKernel {
  private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(SHORTS.vectorBitSize() / 2));
  private static final int STEP = SHORTS.length();

  private static final VectorSpecies<Integer> FEW_INTS = IntVector.SPECIES_256;
  private static final VectorSpecies<Byte> FEW_BYTES = ByteVector.SPECIES_64;
  private static final int FEW = FEW_INTS.length();

  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  @Override
  public int products(long a, long b, int n) {
    IntVector even = IntVector.zero(INTS);
    IntVector odd = IntVector.zero(INTS);
    int i = 0;
    for (; i + 2 * STEP <= n; i += 2 * STEP) {
      ShortVector a1 =
          (ShortVector)
              ByteVector.fromMemorySegment(BYTES, Memory.ALL, a + i, ORDER).castShape(SHORTS, 0);
      ShortVector b1 =
          (ShortVector)
              ByteVector.fromMemorySegment(BYTES, Memory.ALL, b + i, ORDER).castShape(SHORTS, 0);
      ShortVector a2 =
          (ShortVector)
              ByteVector.fromMemorySegment(BYTES, Memory.ALL, a + i + STEP, ORDER)
                  .castShape(SHORTS, 0);
      ShortVector b2 =
          (ShortVector)
              ByteVector.fromMemorySegment(BYTES, Memory.ALL, b + i + STEP, ORDER)
                  .castShape(SHORTS, 0);
      IntVector both = a1.mul(b1).add(a2.mul(b2)).reinterpretAsInts();
      even = even.add(both.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16));
      odd = odd.add(both.lanewise(VectorOperators.ASHR, 16));
    }
    int sum = even.add(odd).reduceLanes(VectorOperators.ADD);
    if (i + FEW <= n) {
      IntVector few = IntVector.zero(FEW_INTS);
      for (; i + FEW <= n; i += FEW) {
        IntVector x =
            (IntVector)
                ByteVector.fromMemorySegment(FEW_BYTES, Memory.ALL, a + i, ORDER)
                    .castShape(FEW_INTS, 0);
        IntVector y =
            (IntVector)
                ByteVector.fromMemorySegment(FEW_BYTES, Memory.ALL, b + i, ORDER)
                    .castShape(FEW_INTS, 0);
        few = few.add(x.mul(y));
      }
      sum += few.reduceLanes(VectorOperators.ADD);
    }
    return sum + products(a, b, i, n);
  }
}
