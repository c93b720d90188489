package io.quarkgres.vector.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All kernels add alike, to the last bit, at lengths around the number of lanes, and rightly. */
class KernelTest {
  private static final int PADDING = 3;

  @Test
  void theTestsRunWithLanes() {
    assertThat(Lanes.ARE_THERE).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 7, 8, 9, 11, 12, 13, 15, 16, 17, 31, 384, 1537})
  void addsInOneOrder(int n) {
    Random random = new Random(n);
    float[] a = floats(random, PADDING + n);
    float[] b = floats(random, PADDING + n);
    try (Arena arena = Arena.ofConfined()) {
      for (Sum sum : Sum.values()) {
        float expected = expected(sum, a, b, n);
        float same = expected(sum, a, a, n);
        assertThat((double) expected).isCloseTo(exact(sum, a, b, n), Offset.offset(1e-5 * (n + 1)));
        long x = arena.allocateFrom(ValueLayout.JAVA_FLOAT, a).address();
        long y = arena.allocateFrom(ValueLayout.JAVA_FLOAT, b).address();
        for (Kernel kernel : new Kernel[] {Kernel.plain(sum), Kernel.of(sum)}) {
          check(kernel, sum, x, y, n, expected, same);
        }
        for (ArrayKernel kernel : new ArrayKernel[] {ArrayKernel.plain(sum), ArrayKernel.of(sum)}) {
          check(kernel, sum, a, b, n, expected, same);
        }
      }
    }
  }

  private static void check(
      Kernel kernel, Sum sum, long a, long b, int n, float expected, float same) {
    long x = a + 4L * PADDING;
    long y = b + 4L * PADDING;
    float[] lanes = new float[Kernel.LANES_MAX];
    assertThat(kernel.sum(x, y, n, lanes)).as("%s %s", sum, n).isEqualTo(expected);
    float[] out = new float[5];
    kernel.sums(x, y, x, y, x, n, lanes, out, 1);
    assertThat(out).as("%s %s", sum, n).containsExactly(0, expected, same, expected, same);
  }

  private static void check(
      ArrayKernel kernel, Sum sum, float[] x, float[] y, int n, float expected, float same) {
    int at = PADDING;
    float[] lanes = new float[Kernel.LANES_MAX];
    assertThat(kernel.sum(x, at, y, at, n, lanes)).as("%s %s", sum, n).isEqualTo(expected);
    float[] out = new float[4];
    kernel.sums(x, at, y, at, at - 1, at, at - 2, n, lanes, out);
    float one = kernel.sum(x, at, y, at - 1, n, lanes);
    float two = kernel.sum(x, at, y, at - 2, n, lanes);
    assertThat(out).as("%s %s", sum, n).containsExactly(expected, one, expected, two);
    if (sum.isOfDifferences) {
      return;
    }
    kernel.squares(x, at, at - 1, at, at - 1, n, lanes, out);
    float before = kernel.sum(x, at - 1, x, at - 1, n, lanes);
    assertThat(out).as("%s %s", sum, n).containsExactly(same, before, same, before);
  }

  /** The order that {@link Sum} states, element by element. */
  private static float expected(Sum sum, float[] a, float[] b, int n) {
    float[] s = new float[8];
    int i = 0;
    for (; i + 8 <= n; i += 8) {
      for (int lane = 0; lane < 8; lane++) {
        s[lane] = term(sum, a[PADDING + i + lane], b[PADDING + i + lane], s[lane], sum.isFused);
      }
    }
    for (int lane = 0; lane < 4; lane++) {
      s[lane] += s[lane + 4];
    }
    if (sum.hasFour && i + 4 <= n) {
      for (int lane = 0; lane < 4; lane++) {
        s[lane] = term(sum, a[PADDING + i + lane], b[PADDING + i + lane], s[lane], true);
      }
      i += 4;
    }
    float result = (s[0] + s[2]) + (s[1] + s[3]);
    for (; i < n; i++) {
      result = term(sum, a[PADDING + i], b[PADDING + i], result, sum.isFused);
    }
    return result;
  }

  private static float term(Sum sum, float x, float y, float s, boolean isFused) {
    return switch (sum) {
      case SQUARED_DIFFERENCES, HALF_SQUARED_DIFFERENCES ->
          isFused ? Math.fma(x - y, x - y, s) : s + (x - y) * (x - y);
      case PRODUCTS, FUSED_PRODUCTS, HALF_PRODUCTS -> isFused ? Math.fma(x, y, s) : s + x * y;
      case ABSOLUTE_DIFFERENCES, HALF_ABSOLUTE_DIFFERENCES -> s + Math.abs(x - y);
    };
  }

  private static double exact(Sum sum, float[] a, float[] b, int n) {
    double result = 0;
    for (int i = PADDING; i < PADDING + n; i++) {
      double x = a[i];
      double y = b[i];
      result +=
          switch (sum) {
            case SQUARED_DIFFERENCES, HALF_SQUARED_DIFFERENCES -> (x - y) * (x - y);
            case PRODUCTS, FUSED_PRODUCTS, HALF_PRODUCTS -> x * y;
            case ABSOLUTE_DIFFERENCES, HALF_ABSOLUTE_DIFFERENCES -> Math.abs(x - y);
          };
    }
    return result;
  }

  private static float[] floats(Random random, int n) {
    float[] result = new float[n];
    for (int i = 0; i < n; i++) {
      result[i] = random.nextFloat() * 2 - 1;
    }
    return result;
  }
}
