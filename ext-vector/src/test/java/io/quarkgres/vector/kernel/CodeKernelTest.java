package io.quarkgres.vector.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The loops over codes with lanes give what the plain ones do. */
class CodeKernelTest {
  private static final int CODE_MAX = 127;
  private static final int PADDING = 5;

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 15, 16, 17, 31, 32, 63, 64, 65, 100, 128, 129, 768, 1000, 2000})
  void addsProducts(int n) {
    Random random = new Random(n);
    byte[] a = new byte[PADDING + n];
    byte[] b = new byte[PADDING + n];
    try (Arena arena = Arena.ofConfined()) {
      for (int round = 0; round < 20; round++) {
        long expected = 0;
        for (int i = PADDING; i < a.length; i++) {
          a[i] = code(random, round);
          b[i] = code(random, round);
          expected += a[i] * b[i];
        }
        long x = arena.allocateFrom(ValueLayout.JAVA_BYTE, a).address() + PADDING;
        long y = arena.allocateFrom(ValueLayout.JAVA_BYTE, b).address() + PADDING;
        for (CodeKernel kernel : new CodeKernel[] {CodeKernel.FASTEST, CodeKernel.plain()}) {
          assertThat(kernel.products(x, y, n)).isEqualTo((int) expected);
        }
      }
    }
  }

  /** Any code, or in the first rounds the greatest only, with the same sign or any. */
  private static byte code(Random random, int round) {
    return (byte)
        switch (round) {
          case 0 -> CODE_MAX;
          case 1 -> -CODE_MAX;
          case 2 -> random.nextBoolean() ? CODE_MAX : -CODE_MAX;
          default -> random.nextInt(2 * CODE_MAX + 1) - CODE_MAX;
        };
  }
}
