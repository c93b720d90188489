package io.quarkgres.vector.hnsw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.quarkgres.spi.index.BuildProgress;
import io.quarkgres.vector.Metric;
import io.quarkgres.vector.index.KeySpace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Searches and new nodes are guided by upper halves, as long as these are of use. */
class GuidanceTest {
  private static final int ROWS = 3_000;
  private static final int DIMENSIONS = 96;

  /** From so many dimensions on codes lead while an index is built. */
  private static final int WIDE = 256;

  private static final int NEIGHBOURS = 10;
  private static final int QUERIES = 60;

  @ParameterizedTest
  @CsvSource({
    "vector_l2_ops, L2",
    "vector_l1_ops, L1",
    "vector_cosine_ops, COSINE",
    "vector_ip_ops, NEGATIVE_INNER_PRODUCT",
    "halfvec_l2_ops, L2"
  })
  void guidedSearchesFindWhatIsNear(String operatorClass, Metric metric) {
    List<float[]> rows = clustered(new Random(1), ROWS, 0);
    VectorTable loaded = new VectorTable(operatorClass, metric, DIMENSIONS);
    loaded.load(0, rows);
    VectorTable single = new VectorTable(operatorClass, metric, DIMENSIONS);
    for (int row = 0; row < ROWS; row++) {
      single.insert(row, rows.get(row));
    }
    double found = recall(single, 0);
    assertThat(found).isGreaterThan(0.95);
    assertThat(recall(loaded, 0)).isGreaterThan(found - 0.01);
    assertThat(loaded.index.graph().searchGuidance().isTrusted(0)).isTrue();
  }

  @Test
  void aLoadIsTheSameEachTime() {
    for (int offset : new int[] {0, 10_000}) {
      List<float[]> rows = clustered(new Random(2), ROWS, offset);
      VectorTable first = loadedInTwoParts(rows);
      VectorTable second = loadedInTwoParts(rows);
      assertThat(first.index.lists()).isDeepEqualTo(second.index.lists());
    }
  }

  private static VectorTable loadedInTwoParts(List<float[]> rows) {
    VectorTable table = new VectorTable("vector_l2_ops", Metric.L2, DIMENSIONS);
    table.load(0, rows.subList(0, ROWS / 2));
    table.load(ROWS / 2, rows.subList(ROWS / 2, ROWS));
    return table;
  }

  /** All lies so far off that the upper halves of all vectors are the same. */
  @Test
  void guidesThatCannotTellNearFromFarAreLeftAlone() {
    VectorTable table = new VectorTable("vector_l2_ops", Metric.L2, DIMENSIONS);
    table.load(0, clustered(new Random(3), ROWS, 10_000));
    assertThat(recall(table, 10_000)).isGreaterThan(0.95);
    assertThat(table.index.graph().searchGuidance().isTrusted(0)).isFalse();
  }

  @Test
  void wideVectorsAreLedByCodesUntilTheBuildEnds() {
    List<float[]> rows = clustered(new Random(10), ROWS, 0, WIDE);
    VectorTable table = new VectorTable("vector_cosine_ops", Metric.COSINE, WIDE);
    table.insertAll(0, rows.subList(0, ROWS / 2));
    long building = table.index.memoryBytes();
    assertThat(table.index.nodes().vectors().isBuilding()).isTrue();
    table.load(ROWS / 2, rows.subList(ROWS / 2, ROWS));
    assertThat(table.index.nodes().vectors().isBuilding()).isFalse();
    assertThat(table.index.memoryBytes()).isLessThan(2 * building - (long) ROWS * WIDE / 2);
    assertThat(recall(table, 0)).isGreaterThan(0.95);

    VectorTable again = new VectorTable("vector_cosine_ops", Metric.COSINE, WIDE);
    again.load(0, rows);
    VectorTable third = new VectorTable("vector_cosine_ops", Metric.COSINE, WIDE);
    third.load(0, rows);
    assertThat(again.index.lists()).isDeepEqualTo(third.index.lists());

    VectorTable single = new VectorTable("vector_cosine_ops", Metric.COSINE, WIDE);
    rows.forEach(row -> single.insert(single.rows.size(), row));
    assertThat(again.index.memoryBytes())
        .isCloseTo(single.index.memoryBytes(), withinPercentage(1));
    for (float[] row : clustered(new Random(11), 300, 0, WIDE)) {
      again.insert(again.rows.size(), row);
    }
    for (long row = 0; row < 300; row++) {
      again.remove(row);
    }
    assertThat(recall(again, 0)).isGreaterThan(0.95);
  }

  /** Zero vectors have no angle: the first part of the build adds nothing. */
  @Test
  void aBuildThatBeginsWithWhatIsNotIndexed() {
    VectorTable table = new VectorTable("vector_cosine_ops", Metric.COSINE, WIDE);
    table.insertAll(0, Collections.nCopies(300, new float[WIDE]));
    List<float[]> rows = clustered(new Random(13), 2_000, 0, WIDE);
    table.load(300, rows);
    assertThat(table.index.entryCount()).isEqualTo(2_000);
    assertThat(table.search(rows.get(77), 40, 1, row -> true)).containsExactly(377L);
  }

  /** Codes and upper halves are the same for all vectors. */
  @Test
  void codesThatCannotTellNearFromFarAreGivenUp() {
    VectorTable table = new VectorTable("vector_l2_ops", Metric.L2, WIDE);
    table.insertAll(0, clustered(new Random(12), ROWS, 10_000, WIDE));
    assertThat(table.index.nodes().vectors().isBuilding()).isFalse();
    table.index.finishBuild(new BuildProgress());
    assertThat(recall(table, 10_000)).isGreaterThan(0.95);
  }

  @Test
  void guidesAreAskedAgainAfterAWhile() {
    Vectors vectors =
        HnswIndexMethod.vectors(
            new KeySpace.Dense(Metric.L2, false, DIMENSIONS), Quantization.NONE);
    Guidance guidance = new Guidance(vectors);
    assertThat(guidance.isTrusted(1)).isTrue();
    guidance.lost();
    for (int i = 0; i < 10_000; i++) {
      assertThat(guidance.isTrusted(1)).isFalse();
    }
    assertThat(guidance.isTrusted(1)).isTrue();
  }

  /** What all distances are off by alike does not matter, nor what is little beside their range. */
  @Test
  void guidesAreJudgedByTheOrderTheyGive() {
    int n = 20;
    float[] exact = new float[n];
    float[] shifted = new float[n];
    float[] mixed = new float[n];
    for (int i = 0; i < n; i++) {
      exact[i] = 100 + i;
      shifted[i] = 150 + i + (i % 2) * 0.1f;
      mixed[i] = 100 + i * 7 % n;
    }
    assertThat(Guidance.isSure(shifted, exact, n)).isTrue();
    assertThat(Guidance.isSure(mixed, exact, n)).isFalse();
    assertThat(Guidance.isSure(mixed, exact, 5)).isTrue();
    assertThat(Guidance.isSure(exact, exact, n)).isTrue();
    exact[3] = Float.NaN;
    assertThat(Guidance.isSure(shifted, exact, n)).isFalse();
  }

  /** The upper half of a float next to the greatest is infinite. */
  @Test
  void theGreatestNumbersAreFound() {
    VectorTable table = new VectorTable("vector_ip_ops", Metric.NEGATIVE_INNER_PRODUCT, DIMENSIONS);
    table.load(0, clustered(new Random(6), ROWS, 0));
    float[] great = new float[DIMENSIONS];
    great[5] = Float.MAX_VALUE;
    table.insert(ROWS, great);
    assertThat(table.index.graph().searchGuidance().isTrusted(0)).isFalse();
    float[] query = new float[DIMENSIONS];
    query[5] = 0.25f;
    query[6] = 1;
    assertThat(table.search(query, 40, 1, row -> true)).containsExactly((long) ROWS);
    query[5] = 0;
    assertThat(table.search(query, 40, ROWS, row -> true)).contains((long) ROWS);
  }

  @Test
  void allTheSameIsFoundEachOnce() {
    VectorTable table = new VectorTable("vector_cosine_ops", Metric.COSINE, DIMENSIONS);
    float[] same = VectorTable.random(new Random(8), DIMENSIONS);
    table.load(0, Collections.nCopies(2_000, same));
    List<Long> found =
        table.search(VectorTable.random(new Random(9), DIMENSIONS), 40, 3_000, r -> true);
    assertThat(found).hasSize(2_000).doesNotHaveDuplicates();
    assertThat(table.index.graph().searchGuidance().isTrusted(0)).isTrue();
  }

  private static double recall(VectorTable table, int offset) {
    double hits = 0;
    for (float[] query : clustered(new Random(5), QUERIES, offset, table.dimensions())) {
      Set<Long> near = new HashSet<>(table.exact(query, row -> true).subList(0, NEIGHBOURS));
      near.retainAll(table.search(query, 60, NEIGHBOURS, row -> true));
      hits += near.size();
    }
    return hits / (QUERIES * NEIGHBOURS);
  }

  private static List<float[]> clustered(Random random, int n, int offset) {
    return clustered(random, n, offset, DIMENSIONS);
  }

  private static List<float[]> clustered(Random random, int n, int offset, int dimensions) {
    Random centres = new Random(7);
    List<float[]> middle = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      middle.add(VectorTable.random(centres, dimensions));
    }
    List<float[]> result = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      float[] centre = middle.get(random.nextInt(middle.size()));
      float[] row = VectorTable.random(random, dimensions);
      for (int d = 0; d < dimensions; d++) {
        // Numbers that a halfvec has, too, without an offset.
        row[d] = offset + Math.round((centre[d] + row[d] / 2) * 64) / 64f;
      }
      result.add(row);
    }
    return result;
  }
}
