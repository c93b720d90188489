package io.quarkgres.vector.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.FloatArrayBuilder;
import io.quarkgres.spi.index.BuildProgress;
import io.quarkgres.vector.Metric;
import io.quarkgres.vector.index.KeySpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A graph that was written down and comes back with the same rows, or with others among them. */
class SavedGraphTest {
  private static final int DIMENSIONS = 12;
  private static final int ROWS = 3_000;
  private static final int NEAREST = 10;

  /** The storage's numbers have more in their upper bits. */
  private static final long GENERATION = 1L << 42;

  private final Random random = new Random(17);

  private static HnswIndex index() {
    KeySpace space = new KeySpace.Dense(Metric.L2, false, DIMENSIONS);
    return new HnswIndex(
        "i", space, HnswIndexMethod.vectors(space, Quantization.NONE), HnswOptions.of(Map.of()));
  }

  private List<float[]> vectors(int n) {
    List<float[]> result = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      result.add(VectorTable.random(random, DIMENSIONS));
    }
    return result;
  }

  private static void insert(HnswIndex index, List<float[]> vectors, long generation) {
    int n = vectors.size();
    FloatArrayBuilder builder = new FloatArrayBuilder(n);
    vectors.forEach(builder::append);
    int[] positions = new int[n];
    long[] rows = new long[n];
    Arrays.setAll(positions, i -> i);
    Arrays.setAll(rows, i -> i | generation);
    index.insertAll(new Block(n, builder.build()), positions, rows, n, new BuildProgress());
  }

  private static List<byte[]> saved(HnswIndex index) {
    List<byte[]> pages = new ArrayList<>();
    index.save(page -> pages.add(page.toByteArray()));
    return pages;
  }

  @Test
  void theSameRowsMakeTheSameGraph() {
    HnswIndex first = index();
    List<float[]> vectors = vectors(ROWS);
    insert(first, vectors, GENERATION);
    HnswIndex second = index();
    second.restore(saved(first), row -> row & GENERATION - 1);
    insert(second, vectors, 0);
    second.finishBuild(new BuildProgress());
    assertThat(second.lists()).isDeepEqualTo(first.lists());
    assertThat(second.graph().entryNode()).isEqualTo(first.graph().entryNode());
    assertThat(second.entryCount()).isEqualTo(ROWS);
  }

  @Test
  void rowsThatAreNewOrOthersOrGoneAreRightToo() {
    HnswIndex first = index();
    List<float[]> vectors = vectors(ROWS);
    insert(first, vectors, 0);
    for (int i = 0; i < ROWS; i += 10) {
      vectors.set(i, VectorTable.random(random, DIMENSIONS));
    }
    List<float[]> less = new ArrayList<>(vectors.subList(0, ROWS - 200));
    check(restored(first, less), less);
    vectors.addAll(vectors(300));
    check(restored(first, vectors), vectors);
    check(restored(index(), vectors), vectors);
    check(restored(first, List.of()), List.of());
  }

  private static HnswIndex restored(HnswIndex from, List<float[]> vectors) {
    HnswIndex result = index();
    result.restore(saved(from), row -> row);
    if (!vectors.isEmpty()) {
      insert(result, vectors, 0);
    }
    result.finishBuild(new BuildProgress());
    return result;
  }

  private void check(HnswIndex index, List<float[]> vectors) {
    assertThat(index.entryCount()).isEqualTo(vectors.size());
    int found = 0;
    int wanted = 0;
    for (float[] query : vectors(40)) {
      Set<Long> exact = exact(vectors, query);
      wanted += exact.size();
      long[] rows = new long[NEAREST];
      double[] distances = new double[NEAREST];
      try (var cursor =
          index.search(
              VectorTable.column(query), new VectorTable.Options(60, "off"), row -> true)) {
        int n = cursor.next(rows, distances);
        for (int i = 0; i < n; i++) {
          found += exact.contains(rows[i]) ? 1 : 0;
        }
      }
    }
    assertThat(found).isGreaterThanOrEqualTo((int) (0.95 * wanted));
  }

  private static Set<Long> exact(List<float[]> vectors, float[] query) {
    List<Long> rows = new ArrayList<>();
    for (long i = 0; i < vectors.size(); i++) {
      rows.add(i);
    }
    rows.sort(Comparator.comparingDouble(row -> distance(vectors.get(row.intValue()), query)));
    return new HashSet<>(rows.subList(0, Math.min(NEAREST, rows.size())));
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return sum;
  }
}
