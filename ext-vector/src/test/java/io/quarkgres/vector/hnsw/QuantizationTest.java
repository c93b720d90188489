package io.quarkgres.vector.hnsw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.FloatArrayBuilder;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.index.BuildProgress;
import io.quarkgres.spi.index.DistanceIndex;
import io.quarkgres.vector.Metric;
import io.quarkgres.vector.index.KeySpace;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Indexes of codes find the nearest once the caller orders their candidates by the vectors. */
class QuantizationTest {
  private static final int ROWS = 3_000;
  private static final int QUERIES = 40;
  private static final int NEIGHBOURS = 10;

  @ParameterizedTest
  @EnumSource(names = {"L2", "NEGATIVE_INNER_PRODUCT", "COSINE"})
  void bytesLoseLittle(Metric metric) {
    assertThat(recall("sq8", metric, 48, 80)).isGreaterThan(0.93);
  }

  @Test
  void signsTellEnoughOfManyDimensions() {
    assertThat(recall("bq", Metric.COSINE, 512, 300)).isGreaterThan(0.85);
  }

  @Test
  void takesAQuarterOrAThirtieth() {
    float[][] rows = rows(new Random(3), 2_048, 768);
    long whole = index("none", Metric.L2, rows).memoryBytes();
    long raw = 4L * 768 * rows.length;
    long links = whole - raw;
    assertThat(links / rows.length).isLessThan(200);
    assertThat(index("sq8", Metric.L2, rows).memoryBytes() - links).isLessThan(raw * 28 / 100);
    assertThat(index("bq", Metric.L2, rows).memoryBytes() - links).isLessThan(raw / 24);
  }

  @Test
  void refusesWhatItCannotDo() {
    assertThatThrownBy(() -> HnswOptions.of(Map.of("quantization", "pq")))
        .isInstanceOf(SqlException.class)
        .hasMessage("invalid value for enum option \"quantization\": pq");
    assertThatThrownBy(() -> index("sq8", Metric.L1, new float[][] {{1, 2}}))
        .isInstanceOf(SqlException.class)
        .hasMessage("quantization is not supported for taxicab distance");
  }

  @Test
  void removesWhatItAdded() {
    float[][] rows = rows(new Random(5), 500, 16);
    HnswIndex index = index("sq8", Metric.L2, rows);
    for (int i = 0; i < rows.length; i += 2) {
      index.remove(key(rows[i]), 0, i);
    }
    assertThat(index.entryCount()).isEqualTo(250);
    assertThat(candidates(index, rows[0], 500)).hasSize(250).allMatch(row -> row % 2 == 1);
  }

  private static double recall(String quantization, Metric metric, int dimensions, int ef) {
    Random random = new Random(11);
    float[][] rows = rows(random, ROWS, dimensions);
    float[][] queries = rows(random, QUERIES, dimensions);
    HnswIndex index = index(quantization, metric, rows);
    int hits = 0;
    for (float[] query : queries) {
      Comparator<Integer> nearer =
          Comparator.comparingDouble(row -> metric.distance(query, 0, rows[row], 0, dimensions));
      Set<Integer> nearest =
          new HashSet<>(IntStream.range(0, ROWS).boxed().sorted(nearer).limit(NEIGHBOURS).toList());
      hits +=
          (int)
              candidates(index, query, ef).stream()
                  .sorted(nearer)
                  .limit(NEIGHBOURS)
                  .filter(nearest::contains)
                  .count();
    }
    return hits / (double) (QUERIES * NEIGHBOURS);
  }

  /** Returns so many rows as a caller has to take. */
  private static Set<Integer> candidates(HnswIndex index, float[] query, int ef) {
    DistanceIndex.SearchOptions options = new VectorTable.Options(ef, "off");
    assertThat(index.rerankCount(options)).isEqualTo(ef);
    long[] ids = new long[ef];
    Set<Integer> result = new HashSet<>();
    DistanceIndex.Cursor cursor = index.search(VectorTable.column(query), options, row -> true);
    while (result.size() < ef) {
      int n = cursor.next(ids, new double[ef]);
      if (n == 0) {
        break;
      }
      Arrays.stream(ids, 0, n).forEach(row -> result.add((int) row));
    }
    return result;
  }

  private static HnswIndex index(String quantization, Metric metric, float[][] rows) {
    HnswOptions options = HnswOptions.of(Map.of("quantization", quantization));
    KeySpace space = new KeySpace.Dense(metric, false, rows[0].length);
    HnswIndex index =
        new HnswIndex("i", space, HnswIndexMethod.vectors(space, options.quantization()), options);
    FloatArrayBuilder builder = new FloatArrayBuilder(rows.length);
    for (float[] row : rows) {
      builder.append(row);
    }
    int[] positions = IntStream.range(0, rows.length).toArray();
    long[] ids = Arrays.stream(positions).asLongStream().toArray();
    index.insertAll(
        new Block(rows.length, builder.build()), positions, ids, rows.length, new BuildProgress());
    index.finishBuild(new BuildProgress());
    return index;
  }

  private static Block key(float[] values) {
    FloatArrayBuilder builder = new FloatArrayBuilder(1);
    builder.append(values);
    return new Block(1, builder.build());
  }

  /** Points around 50 centres. */
  private static float[][] rows(Random random, int n, int dimensions) {
    Random centres = new Random(99);
    float[][] middle = new float[50][dimensions];
    for (float[] centre : middle) {
      for (int i = 0; i < dimensions; i++) {
        centre[i] = (float) centres.nextGaussian();
      }
    }
    float[][] result = new float[n][dimensions];
    for (float[] row : result) {
      float[] centre = middle[random.nextInt(middle.length)];
      for (int i = 0; i < dimensions; i++) {
        row[i] = centre[i] + (float) random.nextGaussian() * 0.7f;
      }
    }
    return result;
  }
}
