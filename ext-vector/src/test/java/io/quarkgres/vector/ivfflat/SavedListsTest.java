package io.quarkgres.vector.ivfflat;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.FloatArrayBuilder;
import io.quarkgres.spi.index.BuildProgress;
import io.quarkgres.spi.index.DistanceIndex;
import io.quarkgres.vector.Metric;
import io.quarkgres.vector.index.KeySpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Lists that were written down and come back with the same rows, or with others among them. */
class SavedListsTest {
  private static final int DIMENSIONS = 5;
  private static final int LISTS = 16;
  private static final int ROWS = 4_000;

  /** The storage's numbers have more in their upper bits. */
  private static final long GENERATION = 1L << 42;

  private final Random random = new Random(23);

  private record Probes(int integer) implements DistanceIndex.SearchOptions {
    @Override
    public int integer(String setting) {
      return integer;
    }

    @Override
    public String text(String setting) {
      return String.valueOf(integer);
    }
  }

  private static ListIndex index() {
    return new ListIndex("i", new KeySpace.Dense(Metric.L2, false, DIMENSIONS), LISTS);
  }

  private List<float[]> vectors(int n, float offset) {
    List<float[]> result = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      float[] vector = new float[DIMENSIONS];
      for (int d = 0; d < DIMENSIONS; d++) {
        vector[d] = offset + 10 * random.nextInt(4) + random.nextFloat();
      }
      result.add(vector);
    }
    return result;
  }

  private static void insert(ListIndex index, List<float[]> vectors, int from, long generation) {
    int n = vectors.size() - from;
    FloatArrayBuilder builder = new FloatArrayBuilder(Math.max(1, n));
    vectors.subList(from, vectors.size()).forEach(builder::append);
    int[] positions = new int[n];
    long[] rows = new long[n];
    Arrays.setAll(positions, i -> i);
    Arrays.setAll(rows, i -> i + from | generation);
    index.insertAll(new Block(n, builder.build()), positions, rows, n, new BuildProgress());
  }

  private static ListIndex trained(List<float[]> vectors) {
    ListIndex result = index();
    insert(result, vectors, 0, 0);
    result.finishBuild(new BuildProgress());
    return result;
  }

  /** Makes an index of rows of which half came when the centres were there. */
  private static ListIndex grown(List<float[]> vectors, long generation) {
    ListIndex result = index();
    insert(result, vectors.subList(0, vectors.size() / 2), 0, generation);
    result.finishBuild(new BuildProgress());
    insert(result, vectors, vectors.size() / 2, generation);
    return result;
  }

  private static ListIndex restored(ListIndex from, List<float[]> vectors) {
    List<byte[]> pages = new ArrayList<>();
    from.save(page -> pages.add(page.toByteArray()));
    ListIndex result = index();
    result.restore(pages, row -> row & GENERATION - 1);
    insert(result, vectors, 0, 0);
    result.finishBuild(new BuildProgress());
    return result;
  }

  /** Returns what the first round finds. */
  private static List<Long> found(ListIndex index, float[] query, int probes) {
    FloatArrayBuilder column = new FloatArrayBuilder(1);
    column.append(query);
    List<Long> result = new ArrayList<>();
    long[] rows = new long[ROWS];
    try (var cursor = index.search(column.build(), new Probes(probes), row -> true)) {
      int n = cursor.next(rows, new double[ROWS]);
      for (int i = 0; i < n; i++) {
        result.add(rows[i] & GENERATION - 1);
      }
    }
    return result;
  }

  private static List<Long> exact(List<float[]> vectors, float[] query) {
    return LongStream.range(0, vectors.size())
        .boxed()
        .sorted(Comparator.comparingDouble(row -> distance(vectors.get(row.intValue()), query)))
        .toList();
  }

  private static double distance(float[] a, float[] b) {
    return Metric.L2.distance(a, 0, b, 0, DIMENSIONS);
  }

  @Test
  void theSameRowsAreInTheSameLists() {
    List<float[]> vectors = vectors(ROWS / 2, 0);
    vectors.addAll(vectors(ROWS / 2, 7));
    ListIndex first = grown(vectors, GENERATION);
    ListIndex second = restored(first, vectors);
    assertThat(second.listLengths()).isEqualTo(first.listLengths());
    for (float[] query : vectors(20, 3)) {
      assertThat(found(second, query, 1)).isEqualTo(found(first, query, 1));
    }
    assertThat(trained(vectors).listLengths())
        .as("centres found by all rows are others")
        .isNotEqualTo(first.listLengths());
  }

  @Test
  void rowsThatAreNewOrOthersOrGoneAreRightToo() {
    List<float[]> vectors = vectors(ROWS, 0);
    ListIndex first = trained(vectors);
    for (int i = 0; i < ROWS; i += 10) {
      vectors.set(i, vectors(1, 100).getFirst());
    }
    List<float[]> less = vectors.subList(0, ROWS - 300);
    ListIndex second = restored(first, less);
    assertThat(second.entryCount()).isEqualTo(less.size());
    for (float[] query : vectors(10, 0)) {
      assertThat(found(second, query, 10 * LISTS)).isEqualTo(exact(less, query));
    }
    assertThat(found(second, less.get(10), 1).getFirst())
        .as("in the list nearest to it, not in the one it was in")
        .isEqualTo(10L);
  }

  @Test
  void anIndexThatHasGrownSeveralTimesFindsNewCentres() {
    List<float[]> vectors = vectors(ROWS / 5, 0);
    ListIndex first = trained(vectors);
    vectors.addAll(vectors(ROWS - vectors.size(), 50));
    int average = ROWS / LISTS;
    assertThat(Arrays.stream(restored(first, vectors).listLengths()).max().getAsInt())
        .isLessThan(8 * average);
  }

  @Test
  void anIndexThatWasEmptyComesBackWithoutCentres() {
    List<float[]> vectors = vectors(100, 0);
    ListIndex index = restored(trained(List.of()), vectors);
    assertThat(index.listLengths()).containsExactly(100);
    float[] query = vectors(1, 0).getFirst();
    assertThat(found(index, query, 1)).isEqualTo(exact(vectors, query));
  }
}
