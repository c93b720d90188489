package io.quarkgres.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.spi.contract.Ledger;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.BytesBuilder;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.LongBuilder;
import io.quarkgres.spi.index.KeyRange;
import io.quarkgres.spi.store.Interruption;
import io.quarkgres.spi.store.IsolationLevel;
import io.quarkgres.spi.store.Snapshot;
import io.quarkgres.spi.store.TableIndex;
import io.quarkgres.spi.store.Transaction;
import io.quarkgres.spi.store.UniqueConflict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Old snapshots beside many small transactions keep what they see, and little else. */
class UnseenChangesTest {
  private static final int UPDATES = 100_000;

  /** What is looked through at a time, and some. */
  private static final long RECORDS_MAX = 3_000;

  private final MemoryStorage storage = new MemoryStorage();
  private final Ledger ledger = new Ledger(storage);

  private Transaction begin() {
    return storage.begin(IsolationLevel.READ_COMMITTED, new Interruption());
  }

  private void update(long row, int column, Object value) {
    Transaction t = begin();
    assertThat(ledger.update(t, row, column, value)).isTrue();
    t.commit();
  }

  private long inserted(Object... values) {
    Transaction t = begin();
    long row = ledger.insert(t, values[0], values[1], values[2]);
    t.commit();
    return row;
  }

  @Test
  void aHotRowUnderASnapshotKeepsFewVersions() {
    long row = inserted(1, 0, "note");
    Transaction reader = begin();
    Snapshot old = reader.snapshot();
    Snapshot middle = null;
    long most = 0;
    for (int i = 1; i <= UPDATES; i++) {
      update(row, Ledger.BALANCE, i);
      most = Math.max(most, storage.reclaimer().records());
      if (i == UPDATES / 2) {
        middle = reader.snapshot();
      }
    }
    assertThat(most).isLessThan(RECORDS_MAX);
    assertThat(ledger.scan(old)).containsExactly("1|0|note");
    assertThat(ledger.fetch(old, row)).isEqualTo("1|0|note");
    assertThat(ledger.scan(middle)).containsExactly("1|" + UPDATES / 2 + "|note");
    assertThat(ledger.scan(begin())).containsExactly("1|" + UPDATES + "|note");
    storage.reclaimer().removeUnseen();
    assertThat(storage.reclaimer().records()).isLessThanOrEqualTo(3);
    old.close();
    middle.close();
    requireNothingLeft();
  }

  @Test
  void columnsTakenInTurns() {
    long row = inserted(1, 0, "first");
    Transaction reader = begin();
    Snapshot old = reader.snapshot();
    for (int i = 1; i <= 10_000; i++) {
      update(row, Ledger.BALANCE, i);
      update(row, Ledger.NOTE, "note " + i);
    }
    assertThat(storage.reclaimer().records()).isLessThan(RECORDS_MAX);
    assertThat(ledger.fetch(old, row)).isEqualTo("1|0|first");
    old.close();
    requireNothingLeft();
  }

  /** A change that another one stands on, and that one is undone. */
  @Test
  void anOpenChangeAboveIsUndone() {
    long row = inserted(1, 0, "first");
    Transaction reader = begin();
    Snapshot old = reader.snapshot();
    for (int i = 1; i <= 10; i++) {
      update(row, Ledger.BALANCE, i);
    }
    Transaction open = begin();
    ledger.update(open, row, Ledger.BALANCE, 100);
    storage.reclaimer().removeUnseen();
    assertThat(storage.reclaimer().records()).isEqualTo(2);
    assertThat(ledger.fetch(old, row)).isEqualTo("1|0|first");
    open.rollback();
    assertThat(ledger.fetch(begin(), row)).isEqualTo("1|10|first");
    assertThat(ledger.fetch(old, row)).isEqualTo("1|0|first");
    old.close();
    requireNothingLeft();
  }

  @Test
  void keysOfIndexesStayFindable() {
    Transaction first = begin();
    TableIndex byBalance = ledger.index(first, Ledger.spec("by_balance", false, Ledger.BALANCE));
    long row = ledger.insert(first, 1, 0, "first");
    first.commit();
    Transaction reader = begin();
    Snapshot old = reader.snapshot();
    for (int i = 1; i <= 100; i++) {
      update(row, Ledger.NOTE, "note " + i);
      update(row, Ledger.BALANCE, i);
      storage.reclaimer().removeUnseen();
    }
    assertThat(Ledger.scan(byBalance, old, KeyRange.ALL)).containsExactly("1|0|first");
    try (Snapshot now = begin().snapshot()) {
      assertThat(Ledger.scan(byBalance, now, KeyRange.ALL)).containsExactly("1|100|note 100");
    }
    old.close();
    requireNothingLeft();
    assertThat(byBalance.entryCount()).isOne();
  }

  private void requireNothingLeft() {
    storage.reclaim();
    assertThat(storage.reclaimer().records()).isZero();
    assertThat(storage.reclaimer().bytes()).isZero();
  }

  /** Some rows with some columns, by number of the row. */
  private final class Model {
    private static final int ROWS = 1_100;
    private final Random random;
    private final List<Snapshot> snapshots = new ArrayList<>();
    private final List<Map<Long, Object[]>> seen = new ArrayList<>();
    private Map<Long, Object[]> rows = new TreeMap<>();
    private final Transaction reader = begin();

    Model(long seed) {
      random = new Random(seed);
      Transaction t = begin();
      for (int i = 0; i < ROWS; i++) {
        rows.put(ledger.insert(t, i, 0, "first"), new Object[] {i, 0, "first"});
      }
      t.commit();
    }

    void step() {
      switch (random.nextInt(20)) {
        case 0 -> {
          snapshots.add(reader.snapshot());
          seen.add(new HashMap<>(rows));
        }
        case 1 -> close();
        case 2, 3, 4 -> storage.reclaimer().removeUnseen();
        case 5 -> storage.reclaim();
        default -> change();
      }
    }

    void close() {
      if (!snapshots.isEmpty()) {
        int i = random.nextInt(snapshots.size());
        try (Snapshot snapshot = snapshots.remove(i)) {
          List<String> expected = seen.remove(i).values().stream().map(Model::text).toList();
          assertThat(ledger.scan(snapshot)).containsExactlyInAnyOrderElementsOf(expected);
        }
      }
    }

    private static String text(Object[] row) {
      return row[0] + "|" + row[1] + "|" + row[2];
    }

    private void change() {
      Map<Long, Object[]> after = new TreeMap<>(rows);
      Transaction t = begin();
      for (int i = random.nextInt(3); i >= 0; i--) {
        int mark = t.savepoint();
        Map<Long, Object[]> before = new TreeMap<>(after);
        updateSome(t, after);
        if (random.nextInt(4) == 0) {
          storage.reclaimer().removeUnseen();
          t.rollbackTo(mark);
          after = before;
        }
      }
      if (random.nextInt(5) == 0) {
        t.rollback();
      } else {
        t.commit();
        rows = after;
      }
    }

    /** Sets one or two columns of some rows of the first chunk, often the same. */
    private void updateSome(Transaction t, Map<Long, Object[]> after) {
      int column = 1 + random.nextInt(2);
      boolean isBoth = random.nextInt(4) == 0;
      TreeSet<Long> ids = new TreeSet<>();
      List<Long> all = new ArrayList<>(after.keySet());
      for (int i = random.nextInt(random.nextBoolean() ? 4 : 30); i >= 0; i--) {
        ids.add(all.get(random.nextInt(random.nextBoolean() ? 5 : 40)));
      }
      int[] columns = isBoth ? new int[] {1, 2} : new int[] {column};
      ColumnBuilder[] values = new ColumnBuilder[columns.length];
      for (int c = 0; c < columns.length; c++) {
        values[c] = ColumnBuilder.of(ledger.table().columns().get(columns[c]), ids.size());
      }
      for (long id : ids) {
        ledger.lock(t, id);
        Object[] row = after.get(id).clone();
        for (int c = 0; c < columns.length; c++) {
          set(values[c], row, columns[c]);
        }
        after.put(id, row);
      }
      Block block =
          values.length == 1
              ? new Block(ids.size(), values[0].build())
              : new Block(ids.size(), values[0].build(), values[1].build());
      ledger
          .table()
          .update(
              t, ids.stream().mapToLong(x -> x).toArray(), columns, block, new UniqueConflict());
      t.nextCommand();
    }

    private void set(ColumnBuilder builder, Object[] row, int column) {
      int value = random.nextInt(1_000_000);
      if (column == Ledger.BALANCE) {
        row[column] = value;
        ((LongBuilder) builder).append(value);
      } else {
        row[column] = "note " + value;
        ((BytesBuilder) builder).append("note " + value);
      }
    }
  }

  @Test
  void manySnapshotsBesideManyChanges() {
    for (long seed = 1; seed <= 10; seed++) {
      UnseenChangesTest run = new UnseenChangesTest();
      Model model = run.new Model(seed);
      for (int i = 0; i < 400; i++) {
        model.step();
      }
      while (!model.snapshots.isEmpty()) {
        model.close();
      }
      assertThat(run.ledger.scan(run.begin()))
          .containsExactlyInAnyOrderElementsOf(
              model.rows.values().stream().map(Model::text).toList());
      run.requireNothingLeft();
    }
  }

  /** Readers follow the chains without a lock while changes are taken out of them. */
  @Test
  void scansBesideWriters() throws InterruptedException {
    long[] rows = new long[20];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = inserted(i, 1, "first");
    }
    AtomicBoolean isDone = new AtomicBoolean();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    List<Thread> readers = new ArrayList<>();
    for (int r = 0; r < 3; r++) {
      readers.add(
          Thread.ofPlatform()
              .uncaughtExceptionHandler((thread, e) -> failure.set(e))
              .start(() -> {
                while (!isDone.get()) {
                  readTwice();
                }
              }));
    }
    Random random = new Random(1);
    for (int i = 0; i < 30_000; i++) {
      // the balances keep their sum
      Transaction t = begin();
      int from = random.nextInt(rows.length);
      int to = (from + 1 + random.nextInt(rows.length - 1)) % rows.length;
      move(t, rows[from], -1);
      move(t, rows[to], 1);
      t.commit();
      if (i % 100 == 0) {
        storage.reclaimer().removeUnseen();
      }
    }
    isDone.set(true);
    for (Thread reader : readers) {
      reader.join();
    }
    assertThat(failure.get()).isNull();
    requireNothingLeft();
  }

  private void readTwice() {
    Transaction t = storage.begin(IsolationLevel.REPEATABLE_READ, new Interruption());
    List<String> first = ledger.scan(t);
    assertThat(first.stream().mapToLong(UnseenChangesTest::balance).sum()).isEqualTo(20);
    for (int i = 0; i < 50; i++) {
      assertThat(ledger.scan(t)).isEqualTo(first);
    }
    t.commit();
  }

  private static long balance(String row) {
    return Long.parseLong(row.split("\\|")[1]);
  }

  private void move(Transaction t, long row, int by) {
    ledger.lock(t, row);
    ledger.set(t, row, Ledger.BALANCE, balance(ledger.fetch(t, row)) + by);
    t.nextCommand();
  }
}
