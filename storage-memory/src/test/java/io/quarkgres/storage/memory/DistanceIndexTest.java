package io.quarkgres.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.spi.contract.ColumnKeys;
import io.quarkgres.spi.contract.Ledger;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.DoubleColumn;
import io.quarkgres.spi.data.LongColumn;
import io.quarkgres.spi.index.DistanceIndex;
import io.quarkgres.spi.index.IndexMethod;
import io.quarkgres.spi.index.IndexSpec;
import io.quarkgres.spi.store.BlockCursor;
import io.quarkgres.spi.store.Interruption;
import io.quarkgres.spi.store.IsolationLevel;
import io.quarkgres.spi.store.Snapshot;
import io.quarkgres.spi.store.TableIndex;
import io.quarkgres.spi.store.TableStore;
import io.quarkgres.spi.store.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An extension's index by distance is kept like any other: each snapshot finds its versions. */
class DistanceIndexTest {
  /** No method of these tests reads a setting. */
  private static final DistanceIndex.SearchOptions OPTIONS =
      new DistanceIndex.SearchOptions() {
        @Override
        public int integer(String setting) {
          throw new IllegalArgumentException(setting);
        }

        @Override
        public String text(String setting) {
          throw new IllegalArgumentException(setting);
        }
      };

  /** Exact search over all entries by |value - query|. */
  private static final class Line implements DistanceIndex {
    final Map<Long, Long> valueByEntry = new ConcurrentHashMap<>();

    @Override
    public void insert(Block keys, int position, long rowId) {
      valueByEntry.put(rowId, ((LongColumn) keys.column(0)).values()[position]);
    }

    @Override
    public void remove(Block keys, int position, long rowId) {
      valueByEntry.remove(rowId, ((LongColumn) keys.column(0)).values()[position]);
    }

    @Override
    public long entryCount() {
      return valueByEntry.size();
    }

    @Override
    public long memoryBytes() {
      return 0;
    }

    @Override
    public Cursor search(Column query, SearchOptions options, RowFilter filter) {
      long at = ((LongColumn) query).values()[0];
      List<Map.Entry<Long, Long>> found = new ArrayList<>();
      for (Map.Entry<Long, Long> entry : valueByEntry.entrySet()) {
        if (filter.accepts(entry.getKey())) {
          found.add(entry);
        }
      }
      return nearest(at, found);
    }

    @Override
    public boolean canSearchAmong() {
      return true;
    }

    @Override
    public Cursor searchAmong(Column query, SearchOptions options, long[] rowIds, int n) {
      List<Map.Entry<Long, Long>> found = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        Long value = valueByEntry.get(rowIds[i]);
        if (value != null) {
          found.add(Map.entry(rowIds[i], value));
        }
      }
      return nearest(((LongColumn) query).values()[0], found);
    }

    private static Cursor nearest(long at, List<Map.Entry<Long, Long>> found) {
      found.sort((a, b) -> Long.compare(Math.abs(a.getValue() - at), Math.abs(b.getValue() - at)));
      int[] next = {0};
      return (rowIds, distances) -> {
        int n = 0;
        while (n < 3 && next[0] < found.size()) {
          rowIds[n] = found.get(next[0]).getKey();
          distances[n++] = Math.abs(found.get(next[0]++).getValue() - at);
        }
        return n;
      };
    }
  }

  private final List<Line> lines = new ArrayList<>();
  private MemoryStorage storage;
  private Ledger ledger;
  private TableIndex index;

  MemoryStorage newStorage() {
    return new MemoryStorage();
  }

  @BeforeEach
  void open() {
    storage = newStorage();
    storage.register(
        new IndexMethod() {
          @Override
          public String name() {
            return "line";
          }

          @Override
          public DistanceIndex create(IndexSpec spec) {
            lines.add(new Line());
            return lines.getLast();
          }
        });
    ledger = new Ledger(storage);
    Transaction t = begin();
    index = addIndex(t);
    t.commit();
  }

  private TableIndex addIndex(Transaction t) {
    return ledger.index(
        t, Ledger.spec("line", "line", false, false, ColumnKeys.of(Ledger.BALANCE)));
  }

  private Transaction begin() {
    return storage.begin(IsolationLevel.READ_COMMITTED, new Interruption());
  }

  /** Searches among all rows, and among those that a scan finds: both have to find the same. */
  private List<String> nearest(TableIndex index, Snapshot snapshot, long value) {
    Column query = new LongColumn(new long[] {value}, null, 1);
    int[] projection = {0, TableIndex.DISTANCE, 1};
    List<String> found = rows(index.nearest(snapshot, query, OPTIONS, null, projection));
    long[] seen = new long[64];
    int n = 0;
    try (BlockCursor scan =
        ledger.table().scan(snapshot, new int[] {TableStore.ROW_ID}, List.of())) {
      for (Block block = scan.next(); block != null; block = scan.next()) {
        for (int i = 0; i < block.rowCount(); i++) {
          seen[n++] = ((LongColumn) block.column(0)).values()[block.selection().position(i)];
        }
      }
    }
    assertThat(rows(index.nearestAmong(snapshot, query, OPTIONS, seen, n, projection)))
        .isEqualTo(found);
    return found;
  }

  private static List<String> rows(BlockCursor cursor) {
    List<String> rows = new ArrayList<>();
    for (Block block = cursor.next(); block != null; block = cursor.next()) {
      for (int i = 0; i < block.rowCount(); i++) {
        int p = block.selection().position(i);
        rows.add(
            ((LongColumn) block.column(0)).values()[p]
                + ":"
                + ((LongColumn) block.column(2)).values()[p]
                + "@"
                + (long) ((DoubleColumn) block.column(1)).values()[p]);
      }
    }
    return rows;
  }

  private List<String> nearest(Transaction t, long value) {
    try (Snapshot snapshot = t.snapshot()) {
      return nearest(index, snapshot, value);
    }
  }

  @Test
  void yieldsVisibleRowsByDistance() {
    Transaction t = begin();
    for (int i = 0; i < 10; i++) {
      ledger.insert(t, i, i * 10, "x");
    }
    ledger.insert(t, 99, null, "no value");
    assertThat(nearest(t, 32)).hasSize(10).startsWith("3:30@2", "4:40@8", "2:20@12");
    assertThat(nearest(begin(), 32)).isEmpty();
    t.rollback();
    assertThat(lines.getFirst().entryCount()).isZero();
  }

  @Test
  void eachSnapshotFindsARowByItsOwnVersion() {
    Transaction t = begin();
    long row = ledger.insert(t, 1, 10, "x");
    long gone = ledger.insert(t, 2, 20, "x");
    t.commit();
    Transaction old = storage.begin(IsolationLevel.REPEATABLE_READ, new Interruption());
    assertThat(nearest(old, 0)).containsExactly("1:10@10", "2:20@20");
    Transaction writer = begin();
    ledger.update(writer, row, Ledger.BALANCE, 500);
    ledger.update(writer, row, Ledger.BALANCE, 10);
    ledger.update(writer, row, Ledger.BALANCE, 100);
    int mark = writer.savepoint();
    ledger.update(writer, row, Ledger.BALANCE, 600);
    ledger.update(writer, row, Ledger.BALANCE, null);
    assertThat(nearest(writer, 0)).containsExactly("2:20@20");
    writer.rollbackTo(mark);
    ledger.delete(writer, gone);
    assertThat(nearest(writer, 0)).containsExactly("1:100@100");
    assertThat(nearest(old, 0)).containsExactly("1:10@10", "2:20@20");
    writer.commit();
    Transaction builder = begin();
    TableIndex late = addIndex(builder);
    builder.commit();
    try (Snapshot before = old.snapshot();
        Snapshot now = begin().snapshot()) {
      for (TableIndex each : List.of(index, late)) {
        assertThat(nearest(each, before, 0)).containsExactly("1:10@10", "2:20@20");
        assertThat(nearest(each, now, 0)).containsExactly("1:100@100");
      }
    }
    old.commit();
    storage.reclaim();
    assertThat(lines.get(0).entryCount()).isEqualTo(1);
    assertThat(lines.get(1).entryCount()).isEqualTo(1);
    assertThat(nearest(begin(), 0)).containsExactly("1:100@100");
  }

  @Test
  void aSlotUsedAgainIsANewRow() {
    for (int round = 0; round < 5; round++) {
      Transaction t = begin();
      long row = ledger.insert(t, round, round, "x");
      ledger.update(t, row, Ledger.BALANCE, round + 100);
      t.commit();
      assertThat(nearest(begin(), 0)).hasSize(1);
      Transaction deleter = begin();
      ledger.delete(deleter, row);
      deleter.commit();
      storage.reclaim();
    }
    assertThat(lines.getFirst().entryCount()).isZero();
  }
}
