package io.quarkgres.vector.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.vector.Metric;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The first ten neighbours against an exact scan, with fixed seeds, and a floor for each metric.
 */
class HnswRecallTest {
  private static final int ROWS = 4_000;
  private static final int DIMENSIONS = 24;
  private static final int QUERIES = 60;
  private static final int NEIGHBOURS = 10;

  @ParameterizedTest
  @CsvSource({
    "vector_l2_ops, L2, 0.93",
    "vector_cosine_ops, COSINE, 0.93",
    "vector_l1_ops, L1, 0.90",
    "vector_ip_ops, NEGATIVE_INNER_PRODUCT, 0.80"
  })
  void findsTheNeighbours(String operatorClass, Metric metric, double floor) {
    Random random = new Random(42);
    VectorTable table = new VectorTable(operatorClass, metric, DIMENSIONS);
    for (long row = 0; row < ROWS; row++) {
      table.insert(row, VectorTable.random(random, DIMENSIONS));
    }
    double small = recall(table, random, 40);
    double big = recall(table, random, 400);

    assertThat(small).isGreaterThan(floor - 0.15);
    assertThat(big).isGreaterThan(floor + 0.05).isGreaterThan(small);
    assertThat(recall(table, random, 100)).isGreaterThan(floor);
  }

  private static double recall(VectorTable table, Random random, int efSearch) {
    int found = 0;
    for (int i = 0; i < QUERIES; i++) {
      float[] query = VectorTable.random(random, DIMENSIONS);
      List<Long> exact = table.exact(query, row -> true).subList(0, NEIGHBOURS);
      Set<Long> searched = new HashSet<>(table.search(query, efSearch, NEIGHBOURS, row -> true));
      searched.retainAll(exact);
      found += searched.size();
    }
    return (double) found / (QUERIES * NEIGHBOURS);
  }
}
