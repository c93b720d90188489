package io.quarkgres.vector.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.FloatArrayBuilder;
import io.quarkgres.spi.index.BuildProgress;
import io.quarkgres.vector.Metric;
import io.quarkgres.vector.index.KeySpace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The same calls make the same graph; lists are whole and sorted; searches keep their order. */
class HnswGraphTest {
  private static final int DIMENSIONS = 12;

  private static HnswIndex load(long seed, int rows) {
    KeySpace.Dense space = new KeySpace.Dense(Metric.L2, false, DIMENSIONS);
    Vectors vectors = HnswIndexMethod.vectors(space, Quantization.NONE);
    HnswIndex index = new HnswIndex("i", space, vectors, HnswOptions.of(Map.of()));
    Random random = new Random(seed);
    FloatArrayBuilder builder = new FloatArrayBuilder(rows);
    int[] positions = new int[rows];
    long[] ids = new long[rows];
    for (int i = 0; i < rows; i++) {
      builder.append(VectorTable.random(random, DIMENSIONS));
      positions[i] = i;
      ids[i] = i;
    }
    index.insertAll(new Block(rows, builder.build()), positions, ids, rows, new BuildProgress());
    return index;
  }

  @Test
  void aLoadMakesTheSameGraphAgain() {
    int[][][] lists = load(1, 3_000).lists();
    assertThat(load(1, 3_000).lists()).isDeepEqualTo(lists);
    assertThat(load(2, 3_000).lists()).isNotEqualTo(lists);
  }

  @Test
  void singleInsertionsAndRemovalsAreDeterministicToo() {
    assertThat(churn().lists()).isDeepEqualTo(churn().lists());
  }

  private static HnswIndex churn() {
    Random random = new Random(9);
    VectorTable table = new VectorTable("vector_l2_ops", Metric.L2, DIMENSIONS);
    for (long row = 0; row < 1_500; row++) {
      table.insert(row, VectorTable.random(random, DIMENSIONS));
      if (row % 3 == 2) {
        table.remove(row - random.nextInt(2));
      }
    }
    return table.index;
  }

  @Test
  void listsAreSortedWithinBoundsAndLeadEverywhere() {
    HnswIndex index = churn();
    int[][][] lists = index.lists();
    for (int node = 0; node < lists.length; node++) {
      for (int level = 0; level < lists[node].length; level++) {
        int[] list = lists[node][level];
        assertThat(list.length).isLessThanOrEqualTo(level == 0 ? 32 : 16);
        Set<Integer> distinct = new HashSet<>();
        for (int neighbour : list) {
          assertThat(neighbour & Nodes.NODE).isNotEqualTo(node).isLessThan(lists.length);
          assertThat(distinct.add(neighbour & Nodes.NODE)).isTrue();
          assertThat(lists[neighbour & Nodes.NODE].length).isGreaterThan(level);
        }
      }
    }
  }

  @Test
  void aGraphOfRemovedNodesGoesOn() {
    Random random = new Random(11);
    VectorTable table = new VectorTable("vector_l2_ops", Metric.L2, DIMENSIONS);
    long row = 0;
    for (int round = 0; round < 5; round++) {
      for (long last : List.copyOf(table.rows.keySet())) {
        table.remove(last);
      }
      for (int i = 0; i < 14; i++) {
        table.insert(row++, VectorTable.random(random, DIMENSIONS));
      }
    }
    for (int i = 0; i < 1_000; i++) {
      table.insert(row++, VectorTable.random(random, DIMENSIONS));
    }
    assertThat(unreachable(table.index)).isZero();
    assertThat(unreachable(churn())).isZero();
    assertThat(unreachable(load(6, 3_000))).isZero();
  }

  /** Returns how many live nodes no path of the lowest level leads to. */
  private static int unreachable(HnswIndex index) {
    int[][][] lists = index.lists();
    Set<Integer> reached = new HashSet<>(List.of(index.graph().entryNode()));
    List<Integer> open = new ArrayList<>(reached);
    while (!open.isEmpty()) {
      for (int neighbour : lists[open.removeLast()][0]) {
        if (reached.add(neighbour & Nodes.NODE)) {
          open.add(neighbour & Nodes.NODE);
        }
      }
    }
    int n = 0;
    for (int node = 0; node < lists.length; node++) {
      n += index.nodes().isLive(node) && !reached.contains(node) ? 1 : 0;
    }
    return n;
  }

  @Test
  void rowsComeInOrderWhereThatWasAskedFor() {
    HnswIndex index = load(3, 5_000);
    Random random = new Random(5);
    for (int i = 0; i < 20; i++) {
      float[] query = VectorTable.random(random, DIMENSIONS);
      for (String mode : List.of("off", "strict_order", "relaxed_order")) {
        List<Double> distances = new ArrayList<>();
        Set<Long> rows = new HashSet<>();
        try (var cursor =
            index.search(
                VectorTable.column(query),
                new VectorTable.Options(20, mode),
                row -> row % 10 == 0)) {
          long[] ids = new long[16];
          double[] found = new double[16];
          for (int n = cursor.next(ids, found); n > 0; n = cursor.next(ids, found)) {
            for (int j = 0; j < n; j++) {
              rows.add(ids[j]);
              distances.add(found[j]);
            }
          }
        }
        assertThat(rows).hasSize(500).allMatch(row -> row % 10 == 0);
        assertThat(distances).hasSize(500);
        if (!mode.equals("relaxed_order")) {
          // What comes late is what the graph missed; it comes behind all others.
          assertThat(distances.subList(0, 400)).isSorted();
        }
      }
    }
  }

  @Test
  void memoryBeyondTheVectorsIsSmall() {
    HnswIndex index = load(4, 5_000);
    assertThat(index.memoryBytes() / 5_000 - 4 * DIMENSIONS).isLessThan(200);
  }
}
