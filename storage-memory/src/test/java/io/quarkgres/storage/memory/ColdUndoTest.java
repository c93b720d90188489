package io.quarkgres.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.spi.contract.Ledger;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.store.BlockCursor;
import io.quarkgres.spi.store.Interruption;
import io.quarkgres.spi.store.IsolationLevel;
import io.quarkgres.spi.store.LockOutcome;
import io.quarkgres.spi.store.RowLockMode;
import io.quarkgres.spi.store.Snapshot;
import io.quarkgres.spi.store.TableIndex;
import io.quarkgres.spi.store.Transaction;
import io.quarkgres.spi.store.WaitPolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Old versions of rows in the cold file: snapshots that stay open while rows are updated and
 * deleted again and again find what they found at first, by scans, by row ids and by indexes whose
 * keys change, and changes are undone by savepoints and wholly. A model knows the rows.
 *
 * <p>Longer: {@code -Dquarkgres.cold.seeds=N}.
 */
class ColdUndoTest {
  private static final int ROWS = 1_500;
  private static final int STEPS = 50;
  private static final int OLD_MAX = 5;

  /** Its values change with each version; some are longer than an index keeps beside an entry. */
  private static final int TEXT = 6;

  private final List<Old> olds = new ArrayList<>();
  private final List<TableIndex> indexes = new ArrayList<>();
  private Map<Long, SampleRows.Sample> rows = new HashMap<>();
  private MemoryStorage storage;
  private SampleRows samples;
  private Random random;
  private String where;
  private long nextId;

  /** A snapshot that stays open, and the rows there were when it was taken. */
  private record Old(Transaction t, Snapshot snapshot, Map<Long, SampleRows.Sample> rows) {}

  private Transaction begin(IsolationLevel level) {
    return storage.begin(level, new Interruption());
  }

  private void run(long seed, long limit) {
    random = new Random(seed);
    where = "seed " + seed;
    storage = new MemoryStorage(MemoryLimit.of(limit, null));
    samples = new SampleRows(storage);
    Transaction t = begin(IsolationLevel.READ_COMMITTED);
    indexes.add(samples.index(t, true, 0));
    indexes.add(samples.index(t, false, TEXT));
    insert(t, ROWS, rows);
    t.commit();
    for (int i = 0; i < STEPS; i++) {
      step(i);
    }
    while (!olds.isEmpty()) {
      check(olds.removeFirst(), true);
    }
    end();
  }

  private void step(int i) {
    if (i == STEPS / 2) {
      Transaction t = begin(IsolationLevel.READ_COMMITTED);
      indexes.add(samples.index(t, false, TEXT));
      t.commit();
    }
    switch (random.nextInt(8)) {
      case 0 -> open();
      case 1 -> {
        if (!olds.isEmpty()) {
          check(olds.get(random.nextInt(olds.size())), false);
        }
      }
      case 2 -> storage.columnMemory().relieve(Long.MAX_VALUE);
      case 3 -> storage.reclaim();
      default -> change();
    }
  }

  private void open() {
    if (olds.size() == OLD_MAX) {
      check(olds.remove(random.nextInt(OLD_MAX)), true);
    }
    Transaction t = begin(IsolationLevel.REPEATABLE_READ);
    olds.add(new Old(t, t.snapshot(), Map.copyOf(rows)));
  }

  /** Changes rows in one transaction, some for nothing, and then perhaps all for nothing. */
  private void change() {
    Map<Long, SampleRows.Sample> after = new HashMap<>(rows);
    Transaction t = begin(IsolationLevel.READ_COMMITTED);
    for (int i = random.nextInt(4); i >= 0; i--) {
      Map<Long, SampleRows.Sample> before = new HashMap<>(after);
      int mark = t.savepoint();
      statement(t, after);
      if (random.nextInt(4) == 0) {
        storage.columnMemory().relieve(Long.MAX_VALUE);
      }
      if (random.nextInt(3) == 0) {
        t.rollbackTo(mark);
        after = before;
      } else {
        t.release(mark);
      }
      try (Snapshot snapshot = t.snapshot()) {
        fetch(snapshot, after);
      }
    }
    if (random.nextInt(4) == 0) {
      t.rollback();
    } else {
      t.commit();
      rows = after;
    }
  }

  private void statement(Transaction t, Map<Long, SampleRows.Sample> after) {
    switch (random.nextInt(6)) {
      case 0 -> insert(t, random.nextInt(400), after);
      case 1 -> delete(t, locked(t, after, random.nextInt(400)), after);
      case 2 -> update(t, locked(t, after, after.size()), after); // whole chunks
      default -> update(t, locked(t, after, 1 + random.nextInt(40)), after);
    }
  }

  private void insert(Transaction t, int n, Map<Long, SampleRows.Sample> after) {
    for (int left = n; left > 0; left -= Block.ROWS_MAX) {
      List<SampleRows.Sample> fresh = new ArrayList<>();
      for (int i = Math.min(left, Block.ROWS_MAX); i > 0; i--) {
        fresh.add(new SampleRows.Sample(nextId++, 0));
      }
      long[] ids = samples.insert(t, fresh);
      for (int i = 0; i < ids.length; i++) {
        after.put(ids[i], fresh.get(i));
      }
    }
  }

  /** Locks rows, a run of them or such as lie apart in any order. */
  private long[] locked(Transaction t, Map<Long, SampleRows.Sample> after, int n) {
    List<Long> all = new ArrayList<>(after.keySet());
    if (random.nextBoolean()) {
      Collections.shuffle(all, random);
    } else {
      all.sort(null);
    }
    int from = all.size() <= n ? 0 : random.nextInt(all.size() - n);
    long[] ids =
        all.subList(from, Math.min(all.size(), from + n)).stream().mapToLong(x -> x).toArray();
    try (Snapshot snapshot = t.snapshot()) {
      for (long id : ids) {
        assertThat(samples.table().lock(t, snapshot, id, RowLockMode.UPDATE, WaitPolicy.WAIT))
            .as(where)
            .isEqualTo(LockOutcome.LOCKED);
      }
    }
    return ids;
  }

  private void delete(Transaction t, long[] ids, Map<Long, SampleRows.Sample> after) {
    samples.table().delete(t, ids, ids.length);
    t.nextCommand();
    Arrays.stream(ids).forEach(after::remove);
  }

  private void update(Transaction t, long[] ids, Map<Long, SampleRows.Sample> after) {
    for (int from = 0; from < ids.length; from += Block.ROWS_MAX) {
      long[] some = Arrays.copyOfRange(ids, from, Math.min(ids.length, from + Block.ROWS_MAX));
      samples.update(t, some, Arrays.stream(some).mapToObj(after::get).toList());
      Arrays.stream(some).forEach(id -> after.compute(id, (x, row) -> row.next()));
    }
  }

  /** Reads what an old snapshot sees, in one way or, at the end, in two. */
  private void check(Old old, boolean isLast) {
    int way = random.nextInt(2 + indexes.size());
    if (isLast || way == 0) {
      scan(old.snapshot, old.rows);
    }
    if (way == 1) {
      fetch(old.snapshot, old.rows);
    } else if (way > 1) {
      samples.requireIndexed(indexes.get(way - 2), old.snapshot, old.rows, where + " by " + way);
    }
    if (isLast) {
      old.snapshot.close();
      old.t.commit();
    }
  }

  private void scan(Snapshot snapshot, Map<Long, SampleRows.Sample> expected) {
    Map<Long, SampleRows.Sample> byId = new HashMap<>();
    expected.values().forEach(row -> byId.put(row.id(), row));
    int count = 0;
    try (BlockCursor cursor = samples.table().scan(snapshot, SampleRows.ALL, List.of())) {
      for (Block block = cursor.next(); block != null; block = cursor.next()) {
        for (int i = 0; i < block.rowCount(); i++) {
          int position = block.selection().position(i);
          SampleRows.Sample row = samples.row(block, position);
          assertThat(row).as(where).isEqualTo(byId.get(row.id()));
          if (count++ % SampleRows.CHECKED_PART == 0) {
            samples.requireSame(block, position, row, where);
          }
        }
      }
    }
    assertThat(count).as(where).isEqualTo(expected.size());
  }

  private void fetch(Snapshot snapshot, Map<Long, SampleRows.Sample> expected) {
    long[] ids =
        expected.keySet().stream().mapToLong(x -> x).limit(1 + random.nextInt(300)).toArray();
    Block found = samples.table().fetch(snapshot, ids, ids.length, SampleRows.ALL);
    assertThat(found.rowCount()).as(where).isEqualTo(ids.length);
    for (int i = 0; i < ids.length; i++) {
      samples.requireSame(found, i, expected.get(ids[i]), where);
    }
  }

  /** Without snapshots nothing is left of older versions, and without rows nothing at all. */
  private void end() {
    storage.reclaim();
    assertThat(storage.reclaimer().bytes()).as(where).isZero();
    for (TableIndex index : indexes) {
      assertThat(index.entryCount()).as(where).isEqualTo(rows.size());
    }
    Transaction t = begin(IsolationLevel.READ_COMMITTED);
    try (Snapshot snapshot = t.snapshot()) {
      scan(snapshot, rows);
    }
    delete(t, locked(t, rows, rows.size()), new HashMap<>());
    t.commit();
    storage.reclaim();
    assertThat(storage.columnMemory().used()).as(where).isBetween(0L, 30_000L);
    assertThat(storage.columnMemory().file().usedBytes()).as(where).isLessThan(20_000);
    assertThat(storage.columnMemory().file().framesRead()).as(where).isPositive();
    for (TableIndex index : indexes) {
      assertThat(index.entryCount()).as(where).isZero();
    }
    storage.close();
  }

  @Test
  void oldSnapshotsBesideManyChanges() {
    int seeds = Integer.getInteger("quarkgres.cold.seeds", 3);
    for (long seed = 1; seed <= seeds; seed++) {
      new ColdUndoTest().run(seed, seed % 2 == 0 ? 0 : 1 << 18);
    }
  }

  /** What snapshots keep of a row with large values does not fill the memory. */
  @Test
  void aHotRowUnderManySnapshots() {
    long limit = 1 << 20;
    storage = new MemoryStorage(MemoryLimit.of(limit, null));
    Ledger ledger = new Ledger(storage);
    Transaction first = begin(IsolationLevel.READ_COMMITTED);
    long row = ledger.insert(first, 1, 0, "first");
    first.commit();
    Transaction reader = begin(IsolationLevel.READ_COMMITTED);
    List<Snapshot> snapshots = new ArrayList<>();
    long most = 0;
    for (int i = 0; i < 1_000; i++) {
      snapshots.add(reader.snapshot());
      Transaction t = begin(IsolationLevel.READ_COMMITTED);
      ledger.update(t, row, Ledger.NOTE, i + "n".repeat(10_000));
      t.commit();
      most = Math.max(most, storage.columnMemory().used());
    }
    assertThat(most).isLessThan(limit + limit / 4);
    assertThat(storage.columnMemory().file().usedBytes()).isGreaterThan(9_000_000);
    assertThat(ledger.fetch(snapshots.getFirst(), row)).isEqualTo("1|0|first");
    assertThat(ledger.fetch(snapshots.get(500), row)).isEqualTo("1|0|499" + "n".repeat(10_000));
    snapshots.forEach(Snapshot::close);
    reader.commit();
    storage.reclaim();
    assertThat(storage.reclaimer().bytes()).isZero();
    assertThat(storage.columnMemory().used()).isLessThan(limit / 8);
    assertThat(storage.columnMemory().file().usedBytes()).isLessThan(10_000);
    storage.close();
  }
}
