package io.quarkgres.vector.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.spi.index.DistanceIndex;
import io.quarkgres.vector.Metric;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The first ten neighbours against an exact scan, and against the port over the same rows. */
class HnswRecallTest {
  private static final int ROWS = 4_000;
  private static final int DIMENSIONS = 24;

  /** From so many dimensions on searches are led by the upper halves of numbers. */
  private static final int WIDE = 64;

  private static final int QUERIES = 60;
  private static final int NEIGHBOURS = 10;

  @ParameterizedTest
  @CsvSource({
    "vector_l2_ops, L2, false",
    "vector_l2_ops, L2, true",
    "vector_cosine_ops, COSINE, true",
    "vector_l1_ops, L1, false",
    "vector_ip_ops, NEGATIVE_INNER_PRODUCT, false"
  })
  void findsAtLeastWhatThePortFinds(String operatorClass, Metric metric, boolean isClustered) {
    Data data = new Data(42, isClustered);
    VectorTable table = new VectorTable(operatorClass, metric, DIMENSIONS);
    PortIndex port = new PortIndex(metric, DIMENSIONS, ROWS);
    for (long row = 0; row < ROWS; row++) {
      float[] values = data.next();
      table.insert(row, values);
      port.insert(row, values);
    }
    List<float[]> queries = data.nextOnes(QUERIES);
    for (int ef : new int[] {40, 100}) {
      double ours = recall(table, queries, ef);
      double theirs = 0;
      for (float[] query : queries) {
        theirs += hits(exact(table, query), port.search(query, ef, NEIGHBOURS));
      }
      assertThat(ours).as("ef %s", ef).isGreaterThanOrEqualTo(theirs / (QUERIES * NEIGHBOURS));
    }
    assertThat(recall(table, queries, ROWS)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void deletingAndInsertingHalfOfTheRowsCostsNoRecall(boolean isClustered) {
    Data data = new Data(43, isClustered);
    VectorTable table = new VectorTable("vector_l2_ops", Metric.L2, DIMENSIONS);
    for (long row = 0; row < ROWS; row++) {
      table.insert(row, data.next());
    }
    List<float[]> queries = data.nextOnes(QUERIES);
    double before = recall(table, queries, 40);
    for (long row = 0; row < ROWS; row += 2) {
      table.remove(row);
    }
    double halved = recall(table, queries, 40);
    for (long row = ROWS; row < ROWS + ROWS / 2; row++) {
      table.insert(row, data.next());
    }
    double after = recall(table, queries, 40);

    assertThat(halved).isGreaterThan(before - 0.005);
    assertThat(after).isGreaterThan(before - 0.005);
    // Removed places were given to new rows.
    assertThat(table.index.nodes().count()).isLessThan(ROWS + ROWS / 8);
  }

  /** What passes a filter is found as surely as the nearest of all are without one. */
  @ParameterizedTest
  @CsvSource({"false", "true"})
  void aFilterCostsNoRecall(boolean isClustered) {
    Data data = new Data(44, isClustered);
    VectorTable table = new VectorTable("vector_l2_ops", Metric.L2, DIMENSIONS);
    for (long row = 0; row < ROWS; row++) {
      table.insert(row, data.next());
    }
    List<float[]> queries = data.nextOnes(QUERIES);
    double all = recall(table, queries, 20);
    for (int part : new int[] {2, 5, 10}) {
      double found = 0;
      for (float[] query : queries) {
        List<Long> exact = table.exact(query, row -> passes(row, part)).subList(0, NEIGHBOURS);
        found += hits(exact, passing(table, query, part));
      }
      assertThat(found / (QUERIES * NEIGHBOURS)).as("one of %s", part).isGreaterThan(all - 0.005);
    }
  }

  /** A search among some entries finds the nearest of them, as many as are asked for. */
  @ParameterizedTest
  @CsvSource({
    "vector_l2_ops, L2",
    "vector_cosine_ops, COSINE",
    "vector_ip_ops, NEGATIVE_INNER_PRODUCT",
    "vector_l1_ops, L1"
  })
  void amongSomeTheNearestAreFound(String operatorClass, Metric metric) {
    Data data = new Data(46, false);
    VectorTable table = new VectorTable(operatorClass, metric, WIDE);
    for (long row = 0; row < ROWS; row++) {
      table.insert(row, data.next(WIDE));
    }
    for (long row = 0; row < ROWS; row += 7) {
      table.remove(row);
    }
    for (int part : new int[] {1, 5, 100, ROWS / 3}) {
      long[] some = LongStream.range(0, 2L * ROWS).filter(row -> passes(row, part)).toArray();
      float[] query = data.next(WIDE);
      List<Long> expected = table.exact(query, row -> passes(row, part));
      assertThat(table.searchAmong(query, some, NEIGHBOURS))
          .as("one of %s", part)
          .isEqualTo(expected.subList(0, Math.min(NEIGHBOURS, expected.size())));
      assertThat(table.searchAmong(query, some, ROWS))
          .as("all of one of %s", part)
          .containsExactlyInAnyOrderElementsOf(expected);
    }
    assertThat(table.searchAmong(data.next(WIDE), new long[] {ROWS, 7}, NEIGHBOURS)).isEmpty();
  }

  /** Rows with the same vector, as repeated texts have it, do not cut off the others. */
  @ParameterizedTest
  @CsvSource({
    "10, vector_l2_ops, L2",
    "50, vector_l2_ops, L2",
    "10, vector_cosine_ops, COSINE",
    "50, vector_ip_ops, NEGATIVE_INNER_PRODUCT"
  })
  void copiesDoNotCutOffOthers(int copies, String operatorClass, Metric metric) {
    Data data = new Data(45, false);
    VectorTable table = new VectorTable(operatorClass, metric, DIMENSIONS);
    List<float[]> queries = new ArrayList<>();
    float[] values = null;
    for (long row = 0; row < ROWS; row++) {
      if (row % copies == 0) {
        values = data.next();
        queries.add(values);
      }
      table.insert(row, values);
    }
    // Each of these has no copy.
    for (long row = ROWS; row < ROWS + 100; row++) {
      values = data.next();
      queries.add(values);
      table.insert(row, values);
    }

    int found = 0;
    for (float[] query : queries) {
      long nearest = table.exact(query, row -> true).getFirst();
      long first = table.search(query, 40, 1, row -> true).getFirst();
      found +=
          first == nearest || Math.max(first, nearest) < ROWS && first / copies == nearest / copies
              ? 1
              : 0;
    }
    assertThat(found).isGreaterThan(queries.size() * 9 / 10);
  }

  /** One row of so many passes, whatever its vector is. */
  private static boolean passes(long row, int part) {
    return (row * 0x9e3779b97f4a7c15L >>> 33) % part == 0;
  }

  /** Takes the first rows that pass, as a query does: more are looked for if these are too few. */
  private static List<Long> passing(VectorTable table, float[] query, int part) {
    List<Long> result = new ArrayList<>();
    long[] ids = new long[NEIGHBOURS];
    Options options = new Options(20, part);
    try (var cursor = table.index.search(VectorTable.column(query), options, row -> true)) {
      int n = cursor.next(ids, new double[NEIGHBOURS]);
      while (n > 0 && result.size() < NEIGHBOURS) {
        for (int i = 0; i < n && result.size() < NEIGHBOURS; i++) {
          if (passes(ids[i], part)) {
            result.add(ids[i]);
          }
        }
        n = cursor.next(ids, new double[NEIGHBOURS]);
      }
    }
    return result;
  }

  /** Those of a query whose filter lets one row of so many pass. */
  private record Options(int efSearch, int part) implements DistanceIndex.SearchOptions {
    @Override
    public double share() {
      return 1.0 / part;
    }

    @Override
    public int wanted() {
      return NEIGHBOURS * part;
    }

    @Override
    public int integer(String setting) {
      return setting.equals("hnsw.ef_search") ? efSearch : 20_000;
    }

    @Override
    public String text(String setting) {
      return "off";
    }
  }

  private static double recall(VectorTable table, List<float[]> queries, int efSearch) {
    double found = 0;
    for (float[] query : queries) {
      found += hits(exact(table, query), table.search(query, efSearch, NEIGHBOURS, row -> true));
    }
    return found / (queries.size() * NEIGHBOURS);
  }

  private static List<Long> exact(VectorTable table, float[] query) {
    return table.exact(query, row -> true).subList(0, NEIGHBOURS);
  }

  private static int hits(List<Long> exact, Iterable<Long> searched) {
    Set<Long> both = new HashSet<>(exact);
    int n = 0;
    for (Long row : searched) {
      n += both.remove(row) ? 1 : 0;
    }
    return n;
  }

  /** Random vectors, around 40 centres or around none. */
  private static final class Data {
    private final Random random;
    private final List<float[]> centres = new ArrayList<>();

    Data(long seed, boolean isClustered) {
      random = new Random(seed);
      for (int i = 0; isClustered && i < 40; i++) {
        centres.add(VectorTable.random(random, DIMENSIONS));
      }
    }

    float[] next(int dimensions) {
      return VectorTable.random(random, dimensions);
    }

    float[] next() {
      float[] result = VectorTable.random(random, DIMENSIONS);
      if (!centres.isEmpty()) {
        float[] centre = centres.get(random.nextInt(centres.size()));
        for (int i = 0; i < DIMENSIONS; i++) {
          result[i] = centre[i] + result[i] / 2;
        }
      }
      return result;
    }

    List<float[]> nextOnes(int n) {
      List<float[]> result = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        result.add(next());
      }
      return result;
    }
  }
}
