package io.quarkgres.vector.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Halves are the floats again when put together, and upper halves nearly add up to the same. */
class HalvesKernelTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 15, 16, 17, 64, 100, 768})
  void bothHalvesAreTheFloatBitForBit(int n) {
    Random random = new Random(n);
    float[] floats = new float[n];
    for (int i = 0; i < n; i++) {
      int bits = random.nextInt();
      float any = Float.intBitsToFloat(bits);
      floats[i] = Float.isFinite(any) ? any : -0f;
    }
    floats[0] = Float.MAX_VALUE;
    floats[n / 2] = Float.MIN_VALUE;
    int pairs = HalvesKernel.pairs(n);
    assertThat(2 * pairs).isBetween(n, n + 16);
    float[] expected = Arrays.copyOf(floats, 2 * pairs);
    for (HalvesKernel kernel : kernels(Sum.PRODUCTS)) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment halves = arena.allocate(8L * pairs + 4);
        MemorySegment again = arena.allocate(8L * pairs + 4);
        HalvesKernel.split(floats, halves, 4, pairs);
        kernel.join(halves, 4, pairs, again, 4);
        float[] joined = again.asSlice(4).toArray(ValueLayout.JAVA_FLOAT_UNALIGNED);
        assertThat(bits(joined)).containsExactly(bits(expected));
      }
    }
  }

  @Test
  void saysWhenAnUpperHalfIsInfinite() {
    MemorySegment to = Arena.ofAuto().allocate(64);
    float greatest = Float.intBitsToFloat(0x7f7f7fff);
    float beyond = Math.nextUp(greatest);
    assertThat(HalvesKernel.split(new float[] {1, greatest, -greatest}, to, 0, 8)).isTrue();
    assertThat(HalvesKernel.split(new float[] {1, beyond}, to, 0, 8)).isFalse();
    assertThat(HalvesKernel.split(new float[] {-Float.MAX_VALUE}, to, 0, 8)).isFalse();
    assertThat(HalvesKernel.split(new float[15], to, 0, 8)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 65, 100, 768})
  void sumsAreThoseOfRoundedFloatsInOneOrder(int n) {
    Random random = new Random(n);
    int pairs = HalvesKernel.pairs(n);
    float[] target = Arrays.copyOf(floats(random, n), 2 * pairs);
    float[][] rows = new float[4][];
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment[] halves = new MemorySegment[rows.length];
      MemorySegment a = arena.allocateFrom(ValueLayout.JAVA_FLOAT, target);
      for (int i = 0; i < rows.length; i++) {
        rows[i] = floats(random, n);
        halves[i] = arena.allocate(8L * pairs + 4L * i, 4);
        HalvesKernel.split(rows[i], halves[i], 4L * i, pairs);
      }
      for (Sum sum : Sum.values()) {
        float[] first = null;
        for (HalvesKernel kernel : kernels(sum)) {
          float[] out = new float[6];
          kernel.sums(
              a.address(),
              halves[0].address(),
              halves[1].address() + 4,
              halves[2].address() + 8,
              halves[3].address() + 12,
              pairs,
              new float[Kernel.LANES_MAX],
              out,
              1);
          for (int i = 0; i < rows.length; i++) {
            Offset<Double> near = Offset.offset(1e-5 * n);
            assertThat((double) out[i + 1]).isCloseTo(sum(sum, target, rounded(rows[i])), near);
          }
          first = first == null ? out : first;
          assertThat(out).as(sum.name()).containsExactly(first);
        }
      }
    }
  }

  @Test
  void roundsToWhatTheUpperHalvesStandFor() {
    float[] floats = floats(new Random(3), 100);
    int pairs = HalvesKernel.pairs(100);
    for (HalvesKernel kernel : kernels(Sum.PRODUCTS)) {
      MemorySegment halves = Arena.ofAuto().allocate(8L * pairs);
      MemorySegment to = Arena.ofAuto().allocate(8L * pairs);
      HalvesKernel.split(floats, halves, 0, pairs);
      kernel.round(halves, 0, pairs, to);
      float[] expected = Arrays.copyOf(rounded(floats), 2 * pairs);
      assertThat(to.toArray(ValueLayout.JAVA_FLOAT)).containsExactly(expected);
    }
  }

  private static HalvesKernel[] kernels(Sum sum) {
    return new HalvesKernel[] {HalvesKernel.plain(sum), HalvesKernel.of(sum)};
  }

  /** Rounds to eight binary digits, halves up. */
  private static float[] rounded(float[] floats) {
    float[] result = new float[floats.length];
    for (int i = 0; i < floats.length; i++) {
      float unit = Math.scalb(1f, Math.getExponent(floats[i]) - 7);
      result[i] =
          Math.copySign((float) Math.floor(Math.abs(floats[i]) / unit + 0.5) * unit, floats[i]);
    }
    return result;
  }

  private static double sum(Sum sum, float[] a, float[] b) {
    double result = 0;
    for (int i = 0; i < b.length; i++) {
      double difference = (double) a[i] - b[i];
      double term = sum.isOfDifferences ? difference * difference : (double) a[i] * b[i];
      result += sum.isAbsolute ? Math.abs(difference) : term;
    }
    return result;
  }

  private static float[] floats(Random random, int n) {
    float[] result = new float[n];
    for (int i = 0; i < n; i++) {
      result[i] = (float) random.nextGaussian();
    }
    return result;
  }

  private static int[] bits(float[] floats) {
    int[] result = new int[floats.length];
    for (int i = 0; i < floats.length; i++) {
      result[i] = Float.floatToRawIntBits(floats[i]);
    }
    return result;
  }
}
