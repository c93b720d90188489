package io.quarkgres.vector.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.spi.index.DistanceIndex;
import io.quarkgres.vector.Metric;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random insertions, removals and filtered searches against a plain map: whole vectors, halves. */
class HnswIndexPropertyTest {
  @ParameterizedTest
  @CsvSource({"1, 8", "2, 8", "3, 8", "1, 64", "2, 70"})
  void holdsWhatWasInsertedAndNotRemoved(long seed, int dimensions) {
    Random random = new Random(seed);
    VectorTable table = new VectorTable("vector_l2_ops", Metric.L2, dimensions);
    long next = 0;
    for (int step = 0; step < 6; step++) {
      for (int i = 0; i < 600; i++) {
        table.insert(next++, VectorTable.random(random, dimensions));
      }
      List<Long> rows = new ArrayList<>(table.rows.keySet());
      for (int i = 0; i < random.nextInt(700); i++) {
        Long row = rows.get(random.nextInt(rows.size()));
        if (table.rows.containsKey(row)) {
          table.remove(row);
        }
      }
      assertThat(table.index.entryCount()).as("seed %s", seed).isEqualTo(table.rows.size());
      checkSearch(table, random, row -> true);
      checkSearch(table, random, row -> row % 50 == 3);
      checkSearch(table, random, row -> false);
    }
  }

  @ParameterizedTest
  @CsvSource({"4, 8", "4, 70"})
  void survivesRemovalOfNearlyAll(long seed, int dimensions) {
    Random random = new Random(seed);
    VectorTable table = new VectorTable("vector_cosine_ops", Metric.COSINE, dimensions);
    for (long row = 0; row < 4_000; row++) {
      table.insert(row, VectorTable.random(random, dimensions));
    }
    for (long row = 0; row < 4_000; row++) {
      if (row % 100 != 0) {
        table.remove(row);
      }
    }
    checkSearch(table, random, row -> true);
    for (long row = 4_000; row < 4_500; row++) {
      table.insert(row, VectorTable.random(random, dimensions));
    }
    checkSearch(table, random, row -> true);
  }

  /** Every accepted row comes exactly once, and the first ones are nearly the nearest. */
  private static void checkSearch(
      VectorTable table, Random random, DistanceIndex.RowFilter filter) {
    float[] query = VectorTable.random(random, table.dimensions());
    List<Long> exact = table.exact(query, filter);
    List<Long> all = table.search(query, 20, Integer.MAX_VALUE, filter);
    assertThat(all).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(exact);
    int n = Math.min(10, exact.size());
    HashSet<Long> first = new HashSet<>(all.subList(0, n));
    first.retainAll(exact.subList(0, n));
    assertThat(first.size()).isGreaterThanOrEqualTo(n / 2);
  }
}
