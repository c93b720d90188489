package io.quarkgres.vector.hnsw;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.FloatArrayBuilder;
import io.quarkgres.spi.data.FloatArrayColumn;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.index.BuildProgress;
import io.quarkgres.spi.index.DistanceIndex;
import io.quarkgres.spi.index.IndexSpec;
import io.quarkgres.vector.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** An hnsw index beside a plain map of what it should hold. */
final class VectorTable {
  final HnswIndex index;
  final TreeMap<Long, float[]> rows = new TreeMap<>();
  private final Metric metric;
  private final int dimensions;

  VectorTable(String operatorClass, Metric metric, int dimensions) {
    this.metric = metric;
    this.dimensions = dimensions;
    this.index =
        (HnswIndex) new HnswIndexMethod().create(spec(operatorClass, dimensions, Map.of()));
  }

  static IndexSpec spec(String operatorClass, int dimensions, Map<String, String> options) {
    return new IndexSpec(
        "i",
        "hnsw",
        List.of(Layout.FLOAT_ARRAY),
        List.of(dimensions),
        List.of(operatorClass),
        null,
        null,
        false,
        false,
        false,
        options);
  }

  static Block key(float[] values) {
    return new Block(1, column(values));
  }

  static FloatArrayColumn column(float[] values) {
    FloatArrayBuilder builder = new FloatArrayBuilder(1);
    if (values == null) {
      builder.appendNull();
    } else {
      builder.append(values);
    }
    return builder.build();
  }

  static float[] random(Random random, int dimensions) {
    float[] result = new float[dimensions];
    for (int i = 0; i < dimensions; i++) {
      result[i] = (float) random.nextGaussian();
    }
    return result;
  }

  int dimensions() {
    return dimensions;
  }

  void insert(long row, float[] values) {
    index.insert(key(values), 0, row);
    rows.put(row, values);
  }

  /** Builds the index over many rows. */
  void load(long firstRow, List<float[]> all) {
    insertAll(firstRow, all);
    index.finishBuild(new BuildProgress());
  }

  /** Adds many rows at once, as a part of a build. */
  void insertAll(long firstRow, List<float[]> all) {
    FloatArrayBuilder builder = new FloatArrayBuilder(all.size());
    int[] positions = new int[all.size()];
    long[] ids = new long[all.size()];
    for (int i = 0; i < ids.length; i++) {
      builder.append(all.get(i));
      positions[i] = i;
      ids[i] = firstRow + i;
      rows.put(ids[i], all.get(i));
    }
    Block keys = new Block(ids.length, builder.build());
    index.insertAll(keys, positions, ids, ids.length, new BuildProgress());
  }

  void remove(long row) {
    index.remove(key(rows.remove(row)), 0, row);
  }

  double distance(float[] query, long row) {
    return metric.distance(query, 0, rows.get(row), 0, query.length);
  }

  /** Returns the rows that a filter accepts, nearest first, by looking at all. */
  List<Long> exact(float[] query, DistanceIndex.RowFilter filter) {
    return rows.keySet().stream()
        .filter(filter::accepts)
        .sorted(Comparator.comparingDouble(row -> distance(query, row)))
        .toList();
  }

  /** Returns at most {@code limit} rows as the index yields them. */
  List<Long> search(float[] query, int efSearch, int limit, DistanceIndex.RowFilter filter) {
    return taken(query, limit, index.search(column(query), new Options(efSearch, "off"), filter));
  }

  /** Returns at most {@code limit} of some rows as the index yields them. */
  List<Long> searchAmong(float[] query, long[] some, int limit) {
    Options options = new Options(40, "off");
    return taken(query, limit, index.searchAmong(column(query), options, some, some.length));
  }

  private List<Long> taken(float[] query, int limit, DistanceIndex.Cursor cursor) {
    long[] ids = new long[7];
    double[] distances = new double[7];
    List<Long> result = new ArrayList<>();
    while (result.size() < limit) {
      int n = cursor.next(ids, distances);
      if (n == 0) {
        break;
      }
      for (int i = 0; i < n && result.size() < limit; i++) {
        if (distances[i] != distance(query, ids[i])) {
          throw new AssertionError("row " + ids[i] + " is said to be at " + distances[i]);
        }
        result.add(ids[i]);
      }
    }
    return result;
  }

  record Options(int efSearch, String iterativeScan) implements DistanceIndex.SearchOptions {
    @Override
    public int integer(String setting) {
      return switch (setting) {
        case "hnsw.ef_search" -> efSearch;
        case "hnsw.max_scan_tuples" -> 20_000;
        default -> throw new IllegalArgumentException(setting);
      };
    }

    @Override
    public String text(String setting) {
      if (!setting.equals("hnsw.iterative_scan")) {
        throw new IllegalArgumentException(setting);
      }
      return iterativeScan;
    }
  }
}
