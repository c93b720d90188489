package io.quarkgres.bench.vector;

import com.github.jelmerk.hnswlib.core.SearchResult;
import com.github.jelmerk.hnswlib.core.hnsw.HnswIndex;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.FloatArrayBuilder;
import io.quarkgres.spi.data.FloatArrayColumn;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.index.BuildProgress;
import io.quarkgres.spi.index.DistanceIndex;
import io.quarkgres.spi.index.IndexSpec;
import io.quarkgres.vector.FloatSums;
import io.quarkgres.vector.hnsw.HnswIndexMethod;
import io.quarkgres.vector.kernel.Sum;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Builds the index and the port over the same clustered vectors (L2, m = 16, ef_construction = 64)
 * and prints build time, memory beyond the raw vectors, and recall of 10 neighbours with queries a
 * second of the searching thread's CPU time.
 *
 * <p>Arguments: rows, dimensions, queries, and {@code port}, {@code alone}, or {@code sq8} for the
 * index alone with codes. Thread: main.
 */
public final class HnswBench {
  private static final int[] EFS = {20, 40, 80, 160, 320, 640};
  private static final int NEIGHBOURS = 10;
  private static final int ROUNDS = 3;
  private static final int CHUNK = 1024;

  private final int dimensions;
  private final Map<String, String> options;
  private final float[][] rows;
  private final float[][] queries;
  private final int[][] truth;

  private HnswBench(int count, int dimensions, int queryCount, Map<String, String> options) {
    this.dimensions = dimensions;
    this.options = options;
    Clusters clusters = new Clusters(dimensions, 7);
    this.rows = clusters.next(count);
    this.queries = clusters.next(queryCount);
    this.truth = new int[queryCount][];
    for (int q = 0; q < queryCount; q++) {
      truth[q] = exact(queries[q]);
    }
  }

  /** Runs the comparison. */
  public static void main(String[] arguments) {
    HnswBench bench =
        new HnswBench(
            Integer.parseInt(arguments[0]),
            Integer.parseInt(arguments[1]),
            Integer.parseInt(arguments[2]),
            arguments[3].equals("sq8") ? Map.of("quantization", "sq8") : Map.of());
    bench.own();
    if (arguments[3].equals("port")) {
      bench.port();
    }
  }

  private int[] exact(float[] query) {
    long[] best = new long[NEIGHBOURS];
    Arrays.fill(best, Long.MAX_VALUE);
    for (int i = 0; i < rows.length; i++) {
      float distance = FloatSums.sum(Sum.SQUARED_DIFFERENCES, query, 0, rows[i], 0, dimensions);
      long ranked = (long) Float.floatToIntBits(distance) << 32 | i;
      if (ranked < best[NEIGHBOURS - 1]) {
        int at = NEIGHBOURS - 1;
        while (at > 0 && best[at - 1] > ranked) {
          best[at] = best[at - 1];
          at--;
        }
        best[at] = ranked;
      }
    }
    return Arrays.stream(best).mapToInt(b -> (int) b).toArray();
  }

  private void own() {
    System.gc();
    for (int threads : new int[] {1, 2}) {
      long wall = System.nanoTime();
      long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      DistanceIndex index = create();
      if (threads == 1) {
        for (int i = 0; i < rows.length; i++) {
          index.insert(block(i, i + 1), 0, i);
        }
      } else {
        load(index);
      }
      double cpuSeconds =
          (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1e9;
      print(
          "quarkgres %s: %.1f s wall, %.1f s CPU of the caller, %d bytes/vector beyond raw",
          threads == 1 ? "one by one" : "load on all processors",
          (System.nanoTime() - wall) / 1e9,
          cpuSeconds,
          index.memoryBytes() / rows.length - 4L * dimensions);
      for (int ef : EFS) {
        measure("quarkgres", ef, (query, found) -> search(index, ef, query, found));
      }
    }
  }

  private DistanceIndex create() {
    return new HnswIndexMethod()
        .create(
            new IndexSpec(
                "bench",
                "hnsw",
                List.of(Layout.FLOAT_ARRAY),
                List.of(dimensions),
                List.of("vector_l2_ops"),
                null,
                null,
                false,
                false,
                false,
                options));
  }

  private Block block(int from, int to) {
    FloatArrayBuilder builder = new FloatArrayBuilder(to - from);
    for (int i = from; i < to; i++) {
      builder.append(rows[i]);
    }
    return new Block(to - from, builder.build());
  }

  private void load(DistanceIndex index) {
    for (int from = 0; from < rows.length; from += CHUNK) {
      int n = Math.min(CHUNK, rows.length - from);
      int[] positions = new int[n];
      long[] ids = new long[n];
      for (int i = 0; i < n; i++) {
        positions[i] = i;
        ids[i] = (long) from + i;
      }
      index.insertAll(block(from, from + n), positions, ids, n, new BuildProgress());
    }
    index.finishBuild(new BuildProgress());
  }

  private static void search(DistanceIndex index, int ef, float[] query, int[] found) {
    FloatArrayBuilder builder = new FloatArrayBuilder(1);
    builder.append(query);
    FloatArrayColumn column = builder.build();
    long[] ids = new long[NEIGHBOURS];
    double[] distances = new double[NEIGHBOURS];
    try (DistanceIndex.Cursor cursor = index.search(column, new Options(ef), row -> true)) {
      int n = cursor.next(ids, distances);
      for (int i = 0; i < n; i++) {
        found[i] = (int) ids[i];
      }
    }
  }

  private record Options(int ef) implements DistanceIndex.SearchOptions {
    @Override
    public int integer(String setting) {
      return setting.equals("hnsw.ef_search") ? ef : 20_000;
    }

    @Override
    public String text(String setting) {
      return "off";
    }
  }

  private void port() {
    long wall = System.nanoTime();
    HnswIndex<Integer, float[], PortItem, Float> index =
        HnswIndex.newBuilder(
                dimensions,
                (float[] a, float[] b) ->
                    FloatSums.sum(Sum.SQUARED_DIFFERENCES, a, 0, b, 0, dimensions),
                rows.length)
            .withM(16)
            .withEfConstruction(64)
            .withEf(1)
            .build();
    for (int i = 0; i < rows.length; i++) {
      index.add(new PortItem(i, rows[i]));
    }
    print("port one by one: %.1f s wall", (System.nanoTime() - wall) / 1e9);
    for (int ef : EFS) {
      index.setEf(ef);
      measure("port", ef, (query, found) -> search(index, query, found));
    }
  }

  private static void search(
      HnswIndex<Integer, float[], PortItem, Float> index, float[] query, int[] found) {
    int n = 0;
    for (SearchResult<PortItem, Float> one : index.findNearest(query, NEIGHBOURS)) {
      found[n++] = one.item().id();
    }
  }

  /** A search that fills in the rows found. */
  private interface Search {
    void run(float[] query, int[] found);
  }

  private void measure(String name, int ef, Search search) {
    int[] found = new int[NEIGHBOURS];
    double[] seconds = new double[ROUNDS];
    int hits = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      hits = 0;
      for (int q = 0; q < queries.length; q++) {
        Arrays.fill(found, -1);
        search.run(queries[q], found);
        for (int id : found) {
          for (int near : truth[q]) {
            hits += id == near ? 1 : 0;
          }
        }
      }
      seconds[round] = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1e9;
    }
    Arrays.sort(seconds);
    print(
        "%-10s ef %3d recall %.4f queries/CPU s %.0f",
        name,
        ef,
        hits / (double) (NEIGHBOURS * queries.length),
        queries.length / seconds[ROUNDS / 2]);
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
