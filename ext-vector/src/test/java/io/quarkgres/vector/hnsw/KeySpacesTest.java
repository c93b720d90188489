package io.quarkgres.vector.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.engine.type.text.BitType;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.BytesBuilder;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.index.BuildProgress;
import io.quarkgres.spi.index.DistanceIndex;
import io.quarkgres.spi.index.IndexSpec;
import io.quarkgres.vector.Metric;
import io.quarkgres.vector.index.KeySpace;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Graphs of every type of keys beside exact search: loads, changes, and what was saved. */
class KeySpacesTest {
  private static final int ROWS = 1_000;
  private static final int NEAREST = 10;
  private static final int CENTRES = 40;

  private final Random random = new Random(23);
  private final TreeMap<Long, Column> rows = new TreeMap<>();

  private record Kind(String operatorClass, int size, KeySpace space) {
    HnswIndex index() {
      Layout layout = space instanceof KeySpace.Dense ? Layout.FLOAT_ARRAY : Layout.BYTES;
      IndexSpec spec =
          new IndexSpec(
              "i",
              "hnsw",
              List.of(layout),
              List.of(size),
              List.of(operatorClass),
              null,
              null,
              false,
              false,
              false,
              Map.of());
      return (HnswIndex) new HnswIndexMethod().create(spec);
    }

    @Override
    public String toString() {
      return operatorClass;
    }
  }

  static Stream<Kind> kinds() {
    return Stream.of(
        new Kind("bit_hamming_ops", 200, new KeySpace.Bits(false, 200)),
        new Kind("bit_jaccard_ops", 200, new KeySpace.Bits(true, 200)),
        new Kind("sparsevec_l2_ops", 100, new KeySpace.Sparse(Metric.L2, 100)),
        new Kind("sparsevec_ip_ops", 100, new KeySpace.Sparse(Metric.NEGATIVE_INNER_PRODUCT, 100)),
        new Kind("sparsevec_cosine_ops", 100, new KeySpace.Sparse(Metric.COSINE, 100)),
        new Kind("sparsevec_l1_ops", 100, new KeySpace.Sparse(Metric.L1, 100)),
        new Kind("halfvec_cosine_ops", 40, new KeySpace.Dense(Metric.COSINE, true, 40)));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void graphsFindTheNearest(Kind kind) {
    HnswIndex index = kind.index();
    for (long row = 0; row < ROWS; row++) {
      rows.put(row, value(kind));
    }
    load(index);
    assertThat(recall(kind, index)).isGreaterThan(0.9);
    for (long row = 0; row < ROWS; row += 2) {
      index.remove(new Block(1, rows.remove(row)), 0, row);
      Column fresh = value(kind);
      rows.put(row + ROWS, fresh);
      index.insert(new Block(1, fresh), 0, row + ROWS);
    }
    assertThat(index.entryCount()).isEqualTo(ROWS);
    assertThat(recall(kind, index)).isGreaterThan(0.9);
    List<byte[]> pages = new ArrayList<>();
    index.save(page -> pages.add(page.toByteArray()));
    HnswIndex restored = kind.index();
    restored.restore(pages, row -> row);
    load(restored);
    restored.finishBuild(new BuildProgress());
    assertThat(restored.entryCount()).isEqualTo(ROWS);
    assertThat(recall(kind, restored)).isGreaterThan(0.9);
  }

  private void load(HnswIndex index) {
    int[] first = {0};
    rows.forEach((row, value) ->
        index.insertAll(new Block(1, value), first, new long[] {row}, 1, new BuildProgress()));
  }

  private double recall(Kind kind, HnswIndex index) {
    int hits = 0;
    int queries = 20;
    for (int q = 0; q < queries; q++) {
      Column query = value(kind);
      Object key = kind.space().query(query, 0, false);
      List<Double> exact = new ArrayList<>();
      rows.forEach((row, value) -> exact.add(distance(kind, key, value)));
      exact.sort(Comparator.naturalOrder());
      Set<Long> seen = new HashSet<>();
      long[] ids = new long[NEAREST];
      double[] distances = new double[NEAREST];
      try (DistanceIndex.Cursor cursor =
          index.search(query, new VectorTable.Options(60, "off"), row -> true)) {
        int n = cursor.next(ids, distances);
        assertThat(n).isEqualTo(NEAREST);
        assertThat(cursor.measuredCount()).as("a walk, no scan").isLessThan(ROWS);
        for (int i = 0; i < n; i++) {
          assertThat(seen.add(ids[i])).isTrue();
          assertThat(distances[i]).isEqualTo(distance(kind, key, rows.get(ids[i])));
          hits += distances[i] <= exact.get(NEAREST - 1) ? 1 : 0;
        }
      }
    }
    return hits / (double) (NEAREST * queries);
  }

  private static double distance(Kind kind, Object query, Column value) {
    return kind.space().distance(query, kind.space().stored(value, 0));
  }

  /** Makes a value near to one of some centres. */
  private Column value(Kind kind) {
    Random centre = new Random(random.nextInt(CENTRES));
    return switch (kind.space()) {
      case KeySpace.Bits bits -> bits(bits.length(), centre);
      case KeySpace.Sparse sparse -> sparse(sparse.dimensions(), centre);
      case KeySpace.Dense dense -> dense(dense.dimensions(), centre);
    };
  }

  private Column bits(int length, Random centre) {
    byte[] datum = new byte[BitType.HEADER_BYTES + length / 8];
    ByteBuffer.wrap(datum).putInt(length);
    for (int i = 0; i < length; i++) {
      boolean isSet = centre.nextInt(3) == 0 ^ random.nextInt(8) == 0;
      datum[BitType.HEADER_BYTES + i / 8] |= (byte) (isSet ? 0x80 >> i % 8 : 0);
    }
    return bytes(datum);
  }

  private Column sparse(int dimensions, Random centre) {
    TreeMap<Integer, Float> elements = new TreeMap<>();
    for (int i = 0; i < 20; i++) {
      elements.put(centre.nextInt(dimensions), (float) centre.nextGaussian() / 2);
    }
    for (int i = 0; i < 6; i++) {
      elements.put(random.nextInt(dimensions), (float) random.nextGaussian());
    }
    ByteBuffer datum = ByteBuffer.allocate(8 + 8 * elements.size());
    datum.putInt(dimensions).putInt(elements.size());
    elements.keySet().forEach(datum::putInt);
    elements.values().forEach(datum::putFloat);
    return bytes(datum.array());
  }

  private Column dense(int dimensions, Random centre) {
    float[] values = new float[dimensions];
    for (int i = 0; i < dimensions; i++) {
      double value = centre.nextGaussian() + random.nextGaussian();
      values[i] = Float.float16ToFloat(Float.floatToFloat16((float) value));
    }
    return VectorTable.column(values);
  }

  private static Column bytes(byte[] datum) {
    BytesBuilder builder = new BytesBuilder(1);
    builder.append(datum);
    return builder.build();
  }
}
