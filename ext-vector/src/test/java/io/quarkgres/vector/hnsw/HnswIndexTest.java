package io.quarkgres.vector.hnsw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.index.IndexSpec;
import io.quarkgres.vector.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options, limits, keys that are not indexed, several versions of a row, and threads. */
class HnswIndexTest {
  @ParameterizedTest
  @CsvSource({
    "m, 1, 22023, 'value 1 out of bounds for option \"m\"'",
    "m, 101, 22023, 'value 101 out of bounds for option \"m\"'",
    "m, abc, 22023, 'invalid value for integer option \"m\": abc'",
    "m, 50, 22023, ef_construction must be greater than or equal to 2 * m",
    "ef_construction, 3, 22023, 'value 3 out of bounds for option \"ef_construction\"'",
    "ef_construction, 1001, 22023, 'value 1001 out of bounds for option \"ef_construction\"'",
    "ef_construction, 4, 22023, ef_construction must be greater than or equal to 2 * m",
    "foo, 1, 22023, 'unrecognized parameter \"foo\"'"
  })
  void refusesBadOptions(String name, String value, String state, String message) {
    refuses(VectorTable.spec("vector_l2_ops", 3, Map.of(name, value)), state, message);
  }

  @Test
  void refusesColumnsThatCannotBeIndexed() {
    refuses(
        VectorTable.spec("vector_l2_ops", -1, Map.of()),
        "22023",
        "column does not have dimensions");
    refuses(
        VectorTable.spec("vector_l2_ops", 2001, Map.of()),
        "54000",
        "column cannot have more than 2000 dimensions for hnsw index");
    refuses(
        new IndexSpec(
            "i",
            "hnsw",
            List.of(Layout.FLOAT_ARRAY, Layout.FLOAT_ARRAY),
            List.of(3, 3),
            List.of("vector_l2_ops", "vector_l2_ops"),
            null,
            null,
            false,
            false,
            false,
            Map.of()),
        "0A000",
        "access method \"hnsw\" does not support multicolumn indexes");
  }

  private static void refuses(IndexSpec spec, String state, String message) {
    assertThatThrownBy(() -> new HnswIndexMethod().create(spec))
        .isInstanceOfSatisfying(
            SqlException.class, e -> assertThat(e.state().code()).isEqualTo(state))
        .hasMessage(message);
  }

  @Test
  void leavesOutNullsAndByCosineZeros() {
    VectorTable cosine = new VectorTable("vector_cosine_ops", Metric.COSINE, 2);
    cosine.insert(1, new float[] {1, 2});
    cosine.index.insert(VectorTable.key(null), 0, 2);
    cosine.index.insert(VectorTable.key(new float[] {0, 0}), 0, 3);
    assertThat(cosine.search(new float[] {1, 1}, 40, 9, row -> true)).containsExactly(1L);

    VectorTable l2 = new VectorTable("vector_l2_ops", Metric.L2, 2);
    l2.insert(3, new float[] {0, 0});
    assertThat(l2.search(new float[] {1, 1}, 40, 9, row -> true)).containsExactly(3L);
  }

  @Test
  void byCosineEverythingIsFarFromZero() {
    VectorTable table = new VectorTable("vector_cosine_ops", Metric.COSINE, 2);
    table.insert(1, new float[] {1, 2});
    table.insert(2, new float[] {2, 1});
    double[] distances = new double[4];
    long[] rows = new long[4];
    int n =
        table
            .index
            .search(
                VectorTable.column(new float[] {0, 0}),
                new VectorTable.Options(40, "off"),
                row -> true)
            .next(rows, distances);
    assertThat(n).isEqualTo(2);
    assertThat(distances[0]).isNaN();
  }

  @Test
  void aQueryOfOtherDimensionsIsRefused() {
    VectorTable table = new VectorTable("vector_l2_ops", Metric.L2, 3);
    assertThat(table.search(new float[] {1, 2}, 40, 9, row -> true)).isEmpty();
    table.insert(1, new float[] {1, 2, 3});
    assertThatThrownBy(() -> table.search(new float[] {1, 2}, 40, 9, row -> true))
        .hasMessage("different vector dimensions 2 and 3");
  }

  @Test
  void aRowMayHaveSeveralVectors() {
    VectorTable table = new VectorTable("vector_l2_ops", Metric.L2, 1);
    float[] first = {1};
    float[] second = {5};
    table.index.insert(VectorTable.key(first), 0, 7);
    table.index.insert(VectorTable.key(second), 0, 7);
    table.index.insert(VectorTable.key(second), 0, 7);
    assertThat(table.index.entryCount()).isEqualTo(2);
    table.index.remove(VectorTable.key(first), 0, 7);
    table.index.remove(VectorTable.key(first), 0, 7);
    table.rows.put(7L, second);
    assertThat(table.index.entryCount()).isEqualTo(1);
    assertThat(table.search(new float[] {0}, 40, 9, row -> true)).containsExactly(7L);
  }

  @Test
  void writersAndSearchesRunSideBySide() throws Exception {
    int threads = 4;
    int rowsEach = 1_500;
    VectorTable table = new VectorTable("vector_l2_ops", Metric.L2, 6);
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> running = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        int thread = t;
        running.add(pool.submit(() -> writeAndSearch(table, thread, rowsEach)));
      }
      for (Future<?> one : running) {
        one.get();
      }
    }
    // Every third row of each thread was removed again.
    assertThat(table.index.entryCount()).isEqualTo((long) threads * (rowsEach - rowsEach / 3));
    long[] rows = new long[64];
    var cursor =
        table.index.search(
            VectorTable.column(new float[6]), new VectorTable.Options(40, "off"), row -> true);
    List<Long> found = new ArrayList<>();
    for (int n = cursor.next(rows, new double[64]); n > 0; n = cursor.next(rows, new double[64])) {
      for (int i = 0; i < n; i++) {
        found.add(rows[i]);
      }
    }
    assertThat(found)
        .doesNotHaveDuplicates()
        .hasSize(threads * (rowsEach - rowsEach / 3))
        .allMatch(row -> row % 3 != 0);
  }

  private static void writeAndSearch(VectorTable table, int thread, int rows) {
    Random random = new Random(thread);
    for (int i = 0; i < rows; i++) {
      long row = (long) thread * rows + i;
      float[] values = VectorTable.random(random, 6);
      table.index.insert(VectorTable.key(values), 0, row);
      if (row % 3 == 0) {
        table.index.remove(VectorTable.key(values), 0, row);
      }
      if (i % 50 == 0) {
        table
            .index
            .search(VectorTable.column(values), new VectorTable.Options(40, "off"), any -> true)
            .next(new long[8], new double[8]);
      }
    }
  }
}
