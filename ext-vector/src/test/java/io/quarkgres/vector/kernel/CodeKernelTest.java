package io.quarkgres.vector.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The loops over codes with lanes give what the plain ones do. */
class CodeKernelTest {
  private static final int CODE_MAX = 127;
  private static final int PADDING = 5;

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 15, 16, 31, 32, 63, 64, 65, 100, 128, 129, 768, 1000, 2000})
  void addsProducts(int n) {
    Random random = new Random(n);
    byte[] a = new byte[PADDING + n];
    byte[] b = new byte[PADDING + n];
    for (int round = 0; round < 20; round++) {
      long expected = 0;
      for (int i = PADDING; i < a.length; i++) {
        a[i] = code(random, round);
        b[i] = code(random, round);
        expected += a[i] * b[i];
      }
      for (CodeKernel kernel : new CodeKernel[] {CodeKernel.FASTEST, CodeKernel.plain()}) {
        int found =
            kernel.products(
                MemorySegment.ofArray(a), PADDING, MemorySegment.ofArray(b), PADDING, n);
        assertThat(found).isEqualTo((int) expected);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 63, 64, 65, 128, 200, 768, 2000})
  void addsProductsWithFourAtOnce(int n) {
    Random random = new Random(n);
    byte[][] rows = new byte[5][PADDING + n];
    for (int round = 0; round < 20; round++) {
      MemorySegment[] segments = new MemorySegment[rows.length];
      for (int row = 0; row < rows.length; row++) {
        for (int i = PADDING; i < rows[row].length; i++) {
          rows[row][i] = code(random, round);
        }
        segments[row] = MemorySegment.ofArray(rows[row]);
      }
      int[] expected = new int[4];
      for (int row = 1; row < rows.length; row++) {
        for (int i = PADDING; i < rows[row].length; i++) {
          expected[row - 1] += rows[0][i] * rows[row][i];
        }
      }
      for (CodeKernel kernel : new CodeKernel[] {CodeKernel.FASTEST, CodeKernel.plain()}) {
        int[] found = new int[4];
        kernel.products(
            segments[0],
            PADDING,
            segments[1],
            PADDING,
            segments[2],
            PADDING,
            segments[3],
            PADDING,
            segments[4],
            PADDING,
            n,
            found);
        assertThat(found).isEqualTo(expected);
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
