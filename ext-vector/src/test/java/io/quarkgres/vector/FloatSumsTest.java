package io.quarkgres.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The unrolled loops against plain sums of doubles, at lengths around the number of lanes. */
class FloatSumsTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 9, 15, 16, 17, 31, 384, 1537})
  void agreesWithPlainSums(int n) {
    Random random = new Random(n);
    int aStart = 3;
    int bStart = 5;
    float[] a = floats(random, n + aStart);
    float[] b = floats(random, n + bStart);
    double squares = 0;
    double products = 0;
    double absolutes = 0;
    for (int i = 0; i < n; i++) {
      double x = a[aStart + i];
      double y = b[bStart + i];
      squares += (x - y) * (x - y);
      products += x * y;
      absolutes += Math.abs(x - y);
    }
    Offset<Double> bound = Offset.offset(1e-5 * (n + 1));
    assertThat((double) FloatSums.squaredDifferences(a, aStart, b, bStart, n))
        .isCloseTo(squares, bound);
    assertThat((double) FloatSums.products(a, aStart, b, bStart, n)).isCloseTo(products, bound);
    assertThat((double) FloatSums.absoluteDifferences(a, aStart, b, bStart, n))
        .isCloseTo(absolutes, bound);
  }

  private static float[] floats(Random random, int n) {
    float[] result = new float[n];
    for (int i = 0; i < n; i++) {
      result[i] = random.nextFloat() * 2 - 1;
    }
    return result;
  }
}
