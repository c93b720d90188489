package io.quarkgres.vector.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.spi.contract.ColumnKeys;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.DoubleColumn;
import io.quarkgres.spi.data.FloatArrayColumn;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.LongColumn;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.index.BuildProgress;
import io.quarkgres.spi.index.DistanceIndex;
import io.quarkgres.spi.index.IndexSpec;
import io.quarkgres.spi.store.BlockCursor;
import io.quarkgres.spi.store.Interruption;
import io.quarkgres.spi.store.IsolationLevel;
import io.quarkgres.spi.store.RowLockMode;
import io.quarkgres.spi.store.RowPredicate;
import io.quarkgres.spi.store.Snapshot;
import io.quarkgres.spi.store.Storage;
import io.quarkgres.spi.store.TableIndex;
import io.quarkgres.spi.store.TableStore;
import io.quarkgres.spi.store.Transaction;
import io.quarkgres.spi.store.UniqueConflict;
import io.quarkgres.spi.store.WaitPolicy;
import io.quarkgres.storage.memory.MemoryStorage;
import io.quarkgres.vector.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Writers insert, update, delete and roll back rows of their own while readers search: what a
 * search yields is what its snapshot sees, at the right distance, and as many rows as there are.
 */
class HnswStoragePropertyTest {
  private static final int DIMENSIONS = 66;
  private static final int[] ALL = {0, 1};
  private static final int NEAREST = 10;

  private Storage storage;
  private TableStore table;
  private TableIndex index;

  @BeforeEach
  void open() {
    storage = new MemoryStorage();
    storage.register(new HnswIndexMethod());
    table = storage.createTable(List.of(Layout.INT64, Layout.FLOAT_ARRAY));
    Transaction t = begin();
    IndexSpec spec =
        new IndexSpec(
            "i",
            "hnsw",
            List.of(Layout.FLOAT_ARRAY),
            List.of(DIMENSIONS),
            List.of("vector_l2_ops"),
            ColumnKeys.of(1),
            null,
            false,
            false,
            false,
            Map.of("m", "4", "ef_construction", "16"));
    index = table.addIndex(t, spec, new UniqueConflict(), new long[1], new BuildProgress());
    t.commit();
  }

  private Transaction begin() {
    return storage.begin(IsolationLevel.REPEATABLE_READ, new Interruption());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void searchesSeeWhatTheirSnapshotSees(long seed) throws Exception {
    int writers = 2;
    AtomicInteger writing = new AtomicInteger(writers);
    try (ExecutorService pool = Executors.newFixedThreadPool(writers + 1)) {
      List<Future<?>> running = new ArrayList<>();
      for (int w = 0; w < writers; w++) {
        Random random = new Random(seed * 10 + w);
        running.add(
            pool.submit(() -> {
              try {
                write(random, 60);
              } finally {
                writing.decrementAndGet();
              }
            }));
      }
      running.add(
          pool.submit(() -> {
            Random random = new Random(seed);
            do {
              check(random);
            } while (writing.get() > 0);
          }));
      for (Future<?> one : running) {
        one.get();
      }
    }
    check(new Random(seed));
  }

  private void write(Random random, int transactions) {
    List<Long> rows = new ArrayList<>();
    for (int i = 0; i < transactions; i++) {
      Transaction t = begin();
      List<Long> after = new ArrayList<>(rows);
      for (int j = random.nextInt(6); j >= 0; j--) {
        insert(t, random, after);
      }
      for (int j = random.nextInt(12); j > 0 && !after.isEmpty(); j--) {
        long row = after.get(random.nextInt(after.size()));
        lock(t, row);
        if (random.nextInt(3) == 0) {
          Block values = new Block(1, VectorTable.column(vector(random)));
          table.update(t, new long[] {row}, new int[] {1}, values, new UniqueConflict());
        } else if (random.nextBoolean()) {
          table.delete(t, new long[] {row}, 1);
          after.remove(row);
        }
        t.nextCommand();
      }
      if (random.nextInt(4) == 0) {
        t.rollback();
      } else {
        t.commit();
        rows = after;
      }
    }
  }

  private void insert(Transaction t, Random random, List<Long> rows) {
    int n = 1 + random.nextInt(30);
    for (int i = 0; i < n; i++) {
      long[] rowIds = new long[1];
      Block row =
          new Block(
              1,
              new LongColumn(new long[] {random.nextLong()}, null, 1),
              VectorTable.column(vector(random)));
      table.insert(t, row, rowIds, new UniqueConflict());
      rows.add(rowIds[0]);
    }
    t.nextCommand();
  }

  private void lock(Transaction t, long row) {
    try (Snapshot snapshot = t.snapshot()) {
      table.lock(t, snapshot, row, RowLockMode.UPDATE, WaitPolicy.WAIT);
    }
  }

  private static float[] vector(Random random) {
    return random.nextInt(20) == 0 ? null : VectorTable.random(random, DIMENSIONS);
  }

  private void check(Random random) {
    float[] query = VectorTable.random(random, DIMENSIONS);
    Transaction t = begin();
    try (Snapshot snapshot = t.snapshot()) {
      Map<Long, Double> visible = visible(snapshot, query);
      Map<Long, Double> all = search(snapshot, query, 10, Integer.MAX_VALUE);
      assertThat(all).isEqualTo(visible);
      int n = Math.min(NEAREST, visible.size());
      assertThat(search(snapshot, query, NEAREST, n)).hasSize(n);
      List<Double> sorted = visible.values().stream().sorted().toList().subList(0, n);
      // With as many candidates as there are entries the search is exact.
      assertThat(search(snapshot, query, 1000, n).values())
          .containsExactlyInAnyOrderElementsOf(sorted);
      Map<Long, Double> odd = new TreeMap<>(visible);
      odd.keySet().removeIf(value -> (value & 1) == 0);
      assertThat(search(snapshot, query, 10, Integer.MAX_VALUE, new OddRows())).isEqualTo(odd);
    }
    t.commit();
  }

  private Map<Long, Double> visible(Snapshot snapshot, float[] query) {
    Map<Long, Double> result = new TreeMap<>();
    try (BlockCursor cursor = table.scan(snapshot, ALL, List.of())) {
      for (Block block = cursor.next(); block != null; block = cursor.next()) {
        FloatArrayColumn vectors = (FloatArrayColumn) block.column(1);
        for (int i = 0; i < block.rowCount(); i++) {
          int p = block.selection().position(i);
          if (!vectors.isNull(p)) {
            double distance = Metric.L2.distance(query, 0, vectors.copy(p), 0, DIMENSIONS);
            result.put(((LongColumn) block.column(0)).values()[p], distance);
          }
        }
      }
    }
    return result;
  }

  /** Passes rows whose first column is odd. */
  private static final class OddRows implements RowPredicate {
    @Override
    public int[] columns() {
      return new int[] {0};
    }

    @Override
    public Selection passing(Block rows) {
      long[] values = ((LongColumn) rows.column(0)).values();
      int[] passing = new int[rows.rowCount()];
      int n = 0;
      for (int i = 0; i < rows.rowCount(); i++) {
        int p = rows.selection().position(i);
        if ((values[p] & 1) != 0) {
          passing[n++] = p;
        }
      }
      return new Selection(passing, n);
    }
  }

  private Map<Long, Double> search(Snapshot snapshot, float[] query, int ef, int limit) {
    return search(snapshot, query, ef, limit, null);
  }

  private Map<Long, Double> search(
      Snapshot snapshot, float[] query, int ef, int limit, RowPredicate condition) {
    Map<Long, Double> result = new TreeMap<>();
    DistanceIndex.SearchOptions options = new VectorTable.Options(ef, "off");
    int[] projection = {0, TableIndex.DISTANCE};
    try (BlockCursor cursor =
        index.nearest(snapshot, VectorTable.column(query), options, condition, projection)) {
      for (Block block = cursor.next();
          block != null && result.size() < limit;
          block = cursor.next()) {
        for (int i = 0; i < block.rowCount() && result.size() < limit; i++) {
          int p = block.selection().position(i);
          Double before =
              result.put(
                  ((LongColumn) block.column(0)).values()[p],
                  ((DoubleColumn) block.column(1)).values()[p]);
          assertThat(before).isNull();
        }
      }
    }
    return result;
  }
}
