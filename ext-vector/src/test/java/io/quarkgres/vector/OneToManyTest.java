package io.quarkgres.vector;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.spi.data.FloatArrayColumn;
import io.quarkgres.spi.data.Selection;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Distances to many rows at once are those to each, and no other row is written. */
class OneToManyTest {
  private static final int DIMENSIONS = 21;
  private static final double NOT_ASKED = -77;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 1000, 1023, 1024})
  void givesWhatEachDistanceIs(int count) {
    Random random = new Random(count);
    int[] positions = new int[count];
    for (int i = 0; i < count; i++) {
      positions[i] = 2 * i + 1;
    }
    check(random, count, Selection.dense(count));
    check(random, 2 * count + 1, new Selection(positions, count));
  }

  private static void check(Random random, int size, Selection rows) {
    FloatArrayColumn many = column(random, size);
    FloatArrayColumn one = column(random, 3);
    for (Metric metric : Metric.values()) {
      double[] found = new double[size];
      Arrays.fill(found, NOT_ASKED);
      new OneToMany(metric, metric.sum(false), one, 2).distances(many, rows, found);
      double[] expected = new double[size];
      Arrays.fill(expected, NOT_ASKED);
      for (int i = 0; i < rows.count(); i++) {
        int at = rows.position(i);
        expected[at] =
            metric.distance(
                one.heap(), one.starts()[2], many.heap(), many.starts()[at], DIMENSIONS);
      }
      assertThat(found).as("%s, %s rows", metric, rows.count()).containsExactly(expected);
    }
  }

  private static FloatArrayColumn column(Random random, int size) {
    float[] heap = new float[size * DIMENSIONS];
    int[] starts = new int[size];
    int[] lengths = new int[size];
    for (int i = 0; i < heap.length; i++) {
      heap[i] = random.nextFloat() - 0.5f;
    }
    for (int i = 0; i < size; i++) {
      starts[i] = i * DIMENSIONS;
      lengths[i] = DIMENSIONS;
    }
    return new FloatArrayColumn(heap, starts, lengths, null, size);
  }
}
