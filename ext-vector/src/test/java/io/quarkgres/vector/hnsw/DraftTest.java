package io.quarkgres.vector.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.spi.index.BuildProgress;
import io.quarkgres.vector.Metric;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The first load of an index is guided by codes of its vectors, as long as these are of use. */
class DraftTest {
  private static final int ROWS = 3_000;
  private static final int DIMENSIONS = 96;
  private static final int NEIGHBOURS = 10;
  private static final int QUERIES = 60;

  @ParameterizedTest
  @CsvSource({
    "vector_l2_ops, L2",
    "vector_cosine_ops, COSINE",
    "vector_ip_ops, NEGATIVE_INNER_PRODUCT",
    "halfvec_l2_ops, L2"
  })
  void aLoadFindsAsGoodNeighboursAsOneByOne(String operatorClass, Metric metric) {
    List<float[]> rows = clustered(new Random(1), ROWS);
    VectorTable loaded = new VectorTable(operatorClass, metric, DIMENSIONS);
    loaded.load(0, rows);
    assertThat(loaded.index.nodes().hasDraft()).isTrue();
    loaded.index.finishBuild(new BuildProgress());
    assertThat(loaded.index.nodes().hasDraft()).isFalse();

    VectorTable single = new VectorTable(operatorClass, metric, DIMENSIONS);
    for (int row = 0; row < ROWS; row++) {
      single.insert(row, rows.get(row));
    }
    assertThat(recall(loaded)).isGreaterThan(recall(single) - 0.01);
  }

  @Test
  void aLoadIsTheSameEachTimeAndGoesOnWithoutTheDraft() {
    List<float[]> rows = clustered(new Random(2), ROWS);
    VectorTable first = loadedInTwoParts(rows);
    VectorTable second = loadedInTwoParts(rows);
    assertThat(first.index.lists()).isDeepEqualTo(second.index.lists());
    assertThat(recall(first)).isGreaterThan(0.9);
  }

  private static VectorTable loadedInTwoParts(List<float[]> rows) {
    VectorTable table = new VectorTable("vector_l2_ops", Metric.L2, DIMENSIONS);
    table.load(0, rows.subList(0, ROWS / 2));
    table.index.finishBuild(new BuildProgress());
    table.load(ROWS / 2, rows.subList(ROWS / 2, ROWS));
    assertThat(table.index.nodes().hasDraft()).isFalse();
    return table;
  }

  /** One dimension is so far from the others that their codes are all the same. */
  @Test
  void codesThatCannotTellNearFromFarAreGivenUp() {
    List<float[]> rows = farOff(clustered(new Random(3), ROWS));
    VectorTable table = new VectorTable("vector_l2_ops", Metric.L2, DIMENSIONS);
    table.load(0, rows);
    assertThat(table.index.nodes().hasDraft()).isFalse();
    table.index.finishBuild(new BuildProgress());
    List<float[]> queries = farOff(clustered(new Random(5), QUERIES));
    assertThat(recall(table, queries)).isGreaterThan(0.9);
  }

  private static List<float[]> farOff(List<float[]> rows) {
    for (float[] row : rows) {
      row[0] = 10_000;
    }
    return rows;
  }

  @Test
  void shortVectorsAndTaxicabDistancesHaveNone() {
    VectorTable few = new VectorTable("vector_l2_ops", Metric.L2, 12);
    few.load(0, List.of(new float[12], new float[12]));
    assertThat(few.index.nodes().hasDraft()).isFalse();
    VectorTable taxicab = new VectorTable("vector_l1_ops", Metric.L1, DIMENSIONS);
    taxicab.load(0, clustered(new Random(4), 2));
    assertThat(taxicab.index.nodes().hasDraft()).isFalse();
  }

  private static double recall(VectorTable table) {
    return recall(table, clustered(new Random(5), QUERIES));
  }

  private static double recall(VectorTable table, List<float[]> queries) {
    double hits = 0;
    for (float[] query : queries) {
      Set<Long> near = new HashSet<>(table.exact(query, row -> true).subList(0, NEIGHBOURS));
      near.retainAll(table.search(query, 60, NEIGHBOURS, row -> true));
      hits += near.size();
    }
    return hits / (queries.size() * NEIGHBOURS);
  }

  private static List<float[]> clustered(Random random, int n) {
    Random centres = new Random(7);
    List<float[]> middle = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      middle.add(VectorTable.random(centres, DIMENSIONS));
    }
    List<float[]> result = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      float[] centre = middle.get(random.nextInt(middle.size()));
      float[] row = VectorTable.random(random, DIMENSIONS);
      for (int d = 0; d < DIMENSIONS; d++) {
        // Numbers that a halfvec has, too.
        row[d] = Math.round((centre[d] + row[d] / 2) * 64) / 64f;
      }
      result.add(row);
    }
    return result;
  }
}
