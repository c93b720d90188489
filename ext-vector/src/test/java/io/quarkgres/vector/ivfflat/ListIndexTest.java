package io.quarkgres.vector.ivfflat;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
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
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Lists with centres: whole results, near ones first, through growth and removals. */
class ListIndexTest {
  private static final int DIMENSIONS = 6;
  private static final Metric METRIC = Metric.L2;

  private final Random random = new Random(3);
  private final TreeMap<Long, float[]> rows = new TreeMap<>();
  private final ListIndex index =
      new ListIndex("i", new KeySpace.Dense(METRIC, false, DIMENSIONS), 8);

  private record Probes(int integer) implements DistanceIndex.SearchOptions {
    @Override
    public int integer(String setting) {
      assertThat(setting).isEqualTo("ivfflat.probes");
      return integer;
    }

    @Override
    public String text(String setting) {
      return String.valueOf(integer(setting));
    }
  }

  private float[] point() {
    float[] result = new float[DIMENSIONS];
    for (int i = 0; i < DIMENSIONS; i++) {
      result[i] = random.nextInt(10) * 10 + random.nextFloat();
    }
    return result;
  }

  private static Column column(float[] values) {
    FloatArrayBuilder builder = new FloatArrayBuilder(1);
    builder.append(values);
    return builder.build();
  }

  private static Block block(float[] values) {
    return new Block(1, column(values));
  }

  private void insert(long row) {
    float[] values = point();
    rows.put(row, values);
    index.insert(block(values), 0, row);
    index.insert(block(values), 0, row);
  }

  private void remove(long row) {
    Block key = block(rows.remove(row));
    index.remove(key, 0, row);
    index.remove(key, 0, row);
  }

  private List<Long> found(float[] query, int probes, int count, DistanceIndex.RowFilter filter) {
    DistanceIndex.Cursor cursor = index.search(column(query), new Probes(probes), filter);
    List<Long> result = new ArrayList<>();
    long[] ids = new long[7];
    int n = 1;
    while (n > 0 && result.size() < count) {
      n = cursor.next(ids, new double[ids.length]);
      for (int i = 0; i < n; i++) {
        result.add(ids[i]);
      }
    }
    return result;
  }

  private List<Long> exact(float[] query) {
    Comparator<Long> byDistance =
        Comparator.comparingDouble(row -> METRIC.distance(query, 0, rows.get(row), 0, DIMENSIONS));
    return rows.keySet().stream().sorted(byDistance.thenComparing(row -> row)).toList();
  }

  @Test
  void allProbesAreExact() {
    for (long row = 0; row < 900; row++) {
      insert(row);
    }
    assertThat(index.finishBuild(new BuildProgress())).isNull();
    for (long row = 0; row < 900; row += 3) {
      remove(row);
    }
    for (long row = 1000; row < 4000; row++) {
      insert(row);
    }
    assertThat(index.entryCount()).isEqualTo(rows.size());
    float[] query = point();
    assertThat(found(query, 8, Integer.MAX_VALUE, row -> true)).isEqualTo(exact(query));
  }

  @Test
  void oneProbeGoesOnUntilTheEnd() {
    for (long row = 0; row < 600; row++) {
      insert(row);
    }
    index.finishBuild(new BuildProgress());
    float[] query = point();
    assertThat(found(query, 1, Integer.MAX_VALUE, row -> row % 50 == 0))
        .containsExactlyInAnyOrder(
            0L, 50L, 100L, 150L, 200L, 250L, 300L, 350L, 400L, 450L, 500L, 550L);
  }

  @Test
  void findsMostOfTheNearestInThreeOfEightLists() {
    for (long row = 0; row < 2000; row++) {
      insert(row);
    }
    index.finishBuild(new BuildProgress());
    int hits = 0;
    for (int q = 0; q < 50; q++) {
      float[] query = point();
      List<Long> near = found(query, 3, 10, row -> true);
      hits += (int) exact(query).stream().limit(10).filter(near.subList(0, 10)::contains).count();
    }
    assertThat(hits).isGreaterThan(375);
  }

  @Test
  void saysThatThereIsLittleData() {
    insert(1);
    assertThat(index.finishBuild(new BuildProgress()).message())
        .isEqualTo("ivfflat index created with little data");
  }

  @Test
  void splitsListsThatGrowOutOfProportion() {
    for (long row = 0; row < 2000; row++) {
      insert(row);
    }
    index.finishBuild(new BuildProgress());
    // All that comes later is far from what the centres were found among.
    for (long row = 2000; row < 6000; row++) {
      float[] values = point();
      for (int i = 0; i < DIMENSIONS; i++) {
        values[i] += 1000;
      }
      rows.put(row, values);
      index.insert(block(values), 0, row);
      if (row % 4 == 0) {
        remove(row - 2000);
      }
    }
    float[] query = rows.get(5001L);
    assertThat(found(query, 100, Integer.MAX_VALUE, row -> true)).isEqualTo(exact(query));
    assertThat(Arrays.stream(index.listLengths()).sum()).isEqualTo(rows.size());
    int average = rows.size() / index.listLengths().length;
    assertThat(Arrays.stream(index.listLengths()).max().getAsInt())
        .isLessThanOrEqualTo(4 * average);
  }

  @Test
  void oneVectorOnlyIsOneList() {
    for (long row = 0; row < 100; row++) {
      insert(row);
    }
    index.finishBuild(new BuildProgress());
    float[] values = point();
    for (long row = 1000; row < 1390; row++) {
      rows.put(row, values);
      index.insert(block(values), 0, row);
    }
    assertThat(found(values, 1, 390, row -> true)).allMatch(row -> row >= 1000).hasSize(390);
  }
}
