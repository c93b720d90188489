package io.quarkgres.vector.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.vector.FloatSums;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both kernels add as the operators do, to the last bit, at lengths around the number of lanes. */
class KernelTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9, 11, 12, 13, 15, 16, 17, 31, 384, 1537})
  void addsInTheOrderOfTheOperators(int n) {
    Random random = new Random(n);
    float[] a = VectorTable.random(random, n);
    float[] b = VectorTable.random(random, n);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment x = arena.allocateFrom(ValueLayout.JAVA_FLOAT, a);
      MemorySegment y = arena.allocateFrom(ValueLayout.JAVA_FLOAT, b);
      for (Kernel.Sum sum : Kernel.Sum.values()) {
        float expected = expected(sum, a, b, n);
        for (Kernel kernel : new Kernel[] {new PlainKernel(sum), SimdKernel.of(sum)}) {
          assertThat(kernel.sum(x, 0, y, 0, n)).as("%s %s", sum, n).isEqualTo(expected);
          float[] out = new float[5];
          kernel.sums(x, 0, y, 0, x, 0, y, 0, x, 0, n, out, 1);
          assertThat(out)
              .containsExactly(
                  0, expected, expected(sum, a, a, n), expected, expected(sum, a, a, n));
        }
      }
    }
  }

  private static float expected(Kernel.Sum sum, float[] a, float[] b, int n) {
    return switch (sum) {
      case SQUARED_DIFFERENCES -> FloatSums.squaredDifferences(a, 0, b, 0, n);
      case PRODUCTS -> FloatSums.products(a, 0, b, 0, n);
      case FUSED_PRODUCTS -> FloatSums.fusedProducts(a, 0, b, 0, n);
      case ABSOLUTE_DIFFERENCES -> FloatSums.absoluteDifferences(a, 0, b, 0, n);
    };
  }
}
