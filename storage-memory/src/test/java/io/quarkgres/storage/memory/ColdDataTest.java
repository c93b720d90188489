package io.quarkgres.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.store.BlockCursor;
import io.quarkgres.spi.store.Interruption;
import io.quarkgres.spi.store.IsolationLevel;
import io.quarkgres.spi.store.LockOutcome;
import io.quarkgres.spi.store.RowLockMode;
import io.quarkgres.spi.store.Snapshot;
import io.quarkgres.spi.store.TableIndex;
import io.quarkgres.spi.store.TableStore;
import io.quarkgres.spi.store.Transaction;
import io.quarkgres.spi.store.WaitPolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/**
 * A table of four times its memory, changed and read by several at once. Each row's values follow
 * from its number and version, so that any that do not belong together are seen.
 *
 * <p>Longer: {@code -Dquarkgres.cold.seeds=N}.
 */
class ColdDataTest {
  private static final int ROWS = 12_000;
  private static final int WRITERS = 3;
  private static final int STEPS = 40;

  private final AtomicBoolean isDone = new AtomicBoolean();
  private MemoryStorage storage;
  private SampleRows samples;
  private TableIndex byId;

  /** Each update changes its keys. */
  private TableIndex byText;

  private void open(long limit) {
    storage = new MemoryStorage(MemoryLimit.of(limit, null));
    samples = new SampleRows(storage);
    Transaction t = begin();
    byId = samples.indexById(t);
    byText = samples.index(t, false, 6);
    t.commit();
  }

  private Transaction begin() {
    return storage.begin(IsolationLevel.READ_COMMITTED, new Interruption());
  }

  /** One who owns every third row, and knows their versions. */
  private final class Writer {
    private final Random random;
    private final String where;
    private Map<Long, SampleRows.Sample> rows = new HashMap<>();
    private long nextId;

    Writer(int number, long seed) {
      this.random = new Random(seed * WRITERS + number);
      this.where = "seed " + seed + " writer " + number;
      this.nextId = number;
    }

    Map<Long, SampleRows.Sample> run() {
      change(ROWS / WRITERS / 2, 0, 0);
      change(ROWS / WRITERS / 2, 0, 0);
      for (int i = 0; i < STEPS; i++) {
        switch (random.nextInt(6)) {
          case 0 -> change(random.nextInt(1500), 0, random.nextInt(800));
          case 1, 2 -> change(random.nextInt(4), random.nextInt(3), random.nextInt(3));
          case 3 -> change(0, random.nextInt(2000), 0);
          default -> look();
        }
      }
      return rows;
    }

    private void change(int inserted, int updated, int deleted) {
      Map<Long, SampleRows.Sample> after = new HashMap<>(rows);
      Transaction t = begin();
      for (int n = inserted; n > 0; n -= Block.ROWS_MAX) {
        insert(t, Math.min(n, Block.ROWS_MAX), after);
      }
      lock(t, picked(updated), after, false);
      lock(t, picked(deleted), after, true);
      if (random.nextInt(4) == 0) {
        t.rollback();
      } else {
        t.commit();
        rows = after;
      }
    }

    private void insert(Transaction t, int n, Map<Long, SampleRows.Sample> after) {
      List<SampleRows.Sample> fresh = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        fresh.add(new SampleRows.Sample(nextId, 0));
        nextId += WRITERS;
      }
      long[] ids = samples.insert(t, fresh);
      for (int i = 0; i < n; i++) {
        after.put(ids[i], fresh.get(i));
      }
    }

    private long[] picked(int n) {
      long[] all = rows.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
      int count = Math.min(n, all.length);
      int from = all.length == count ? 0 : random.nextInt(all.length - count);
      return Arrays.copyOfRange(all, from, from + count);
    }

    private void lock(
        Transaction t, long[] ids, Map<Long, SampleRows.Sample> after, boolean isDeleted) {
      TableStore table = samples.table();
      long[] mine = Arrays.stream(ids).filter(after::containsKey).toArray();
      for (long id : mine) {
        try (Snapshot snapshot = t.snapshot()) {
          assertThat(table.lock(t, snapshot, id, RowLockMode.UPDATE, WaitPolicy.WAIT))
              .as(where)
              .isEqualTo(LockOutcome.LOCKED);
        }
      }
      if (isDeleted) {
        table.delete(t, mine, mine.length);
        Arrays.stream(mine).forEach(after::remove);
      } else {
        for (int from = 0; from < mine.length; from += Block.ROWS_MAX) {
          long[] some =
              Arrays.copyOfRange(mine, from, Math.min(mine.length, from + Block.ROWS_MAX));
          samples.update(t, some, Arrays.stream(some).mapToObj(after::get).toList());
          Arrays.stream(some).forEach(id -> after.compute(id, (x, row) -> row.next()));
        }
      }
      t.nextCommand();
    }

    private void look() {
      long[] some = picked(1 + random.nextInt(50));
      Transaction t = begin();
      try (Snapshot snapshot = t.snapshot()) {
        Block found = samples.table().fetch(snapshot, some, some.length, SampleRows.ALL);
        assertThat(found.rowCount()).as(where).isEqualTo(some.length);
        for (int i = 0; i < some.length; i++) {
          samples.requireSame(found, i, rows.get(some[i]), where);
        }
      }
      t.commit();
    }
  }

  /** Scans again and again; a snapshot shows the same rows each time. */
  private int readers(long seed) {
    int rounds = 0;
    while (!isDone.get()) {
      Transaction t = storage.begin(IsolationLevel.REPEATABLE_READ, new Interruption());
      try (Snapshot snapshot = t.snapshot()) {
        long[] first = scanned(snapshot, "seed " + seed);
        assertThat(scanned(snapshot, "seed " + seed)).as("seed %d", seed).isEqualTo(first);
      }
      t.commit();
      rounds++;
    }
    return rounds;
  }

  /** Checks the values of rows; returns their number, and a sum over ids and versions. */
  private long[] scanned(Snapshot snapshot, String where) {
    long count = 0;
    long sum = 0;
    try (BlockCursor cursor = samples.table().scan(snapshot, SampleRows.ALL, List.of())) {
      for (Block block = cursor.next(); block != null; block = cursor.next()) {
        for (int i = 0; i < block.rowCount(); i++) {
          int position = block.selection().position(i);
          SampleRows.Sample row = samples.row(block, position);
          if (i % SampleRows.CHECKED_PART == 0) {
            samples.requireSame(block, position, row, where);
          }
          sum += row.id() * 31 + row.version() * 1_000_003L;
          count++;
        }
      }
    }
    return new long[] {count, sum};
  }

  private void run(long seed, long limit) {
    open(limit);
    List<CompletableFuture<Map<Long, SampleRows.Sample>>> writers = new ArrayList<>();
    for (int w = 0; w < WRITERS; w++) {
      Writer writer = new Writer(w, seed);
      writers.add(async(writer::run));
    }
    CompletableFuture<Integer> reader = async(() -> readers(seed));
    Map<Long, SampleRows.Sample> all = new HashMap<>();
    try {
      writers.forEach(writer -> all.putAll(writer.join()));
    } finally {
      isDone.set(true);
    }
    assertThat(reader.join()).isPositive();
    Transaction t = begin();
    try (Snapshot snapshot = t.snapshot()) {
      assertThat(scanned(snapshot, "seed " + seed)[0]).isEqualTo(all.size());
      samples.requireIndexed(byId, snapshot, all, "seed " + seed);
    }
    t.commit();
    storage.reclaim();
    assertThat(byId.entryCount()).as("seed %d", seed).isEqualTo(all.size());
    assertThat(byText.entryCount()).as("seed %d", seed).isEqualTo(all.size());
    storage.columnMemory().makeRoom();
    storage.close();
  }

  private static <T> CompletableFuture<T> async(Callable<T> action) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread.startVirtualThread(() -> {
      try {
        result.complete(action.call());
      } catch (Throwable e) {
        result.completeExceptionally(e);
      }
    });
    return result;
  }

  @Test
  void manyAtOnce() {
    int seeds = Integer.getInteger("quarkgres.cold.seeds", 3);
    for (long seed = 1; seed <= seeds; seed++) {
      // all rows take about four times the memory; then none at all
      new ColdDataTest().run(seed, seed % 3 == 0 ? 0 : 3 << 19);
    }
  }

  @Test
  void memoryStaysUnderTheLimit() {
    long limit = 2 << 20;
    open(limit);
    Transaction t = begin();
    Map<Long, SampleRows.Sample> all = new HashMap<>();
    long most = 0;
    for (int b = 0; b < 56; b++) {
      List<SampleRows.Sample> rows = new ArrayList<>();
      for (int i = 0; i < Block.ROWS_MAX; i++) {
        rows.add(new SampleRows.Sample(b * 1024L + i, 0));
      }
      long[] ids = samples.insert(t, rows);
      for (int i = 0; i < ids.length; i++) {
        all.put(ids[i], rows.get(i));
      }
      most = Math.max(most, storage.columnMemory().used());
    }
    t.commit();
    assertThat(samples.table().memoryBytes()).isGreaterThan(4 * limit);
    Transaction reader = begin();
    try (Snapshot snapshot = reader.snapshot()) {
      for (int i = 0; i < 3; i++) {
        assertThat(scanned(snapshot, "scan " + i)[0]).isEqualTo(all.size());
        most = Math.max(most, storage.columnMemory().used());
      }
      samples.requireIndexed(byId, snapshot, all, "all");
      most = Math.max(most, storage.columnMemory().used());
    }
    // what one block of rows brings may come on top
    assertThat(most).isLessThan(limit + limit / 2);
    assertThat(storage.columnMemory().file().framesRead()).isPositive();
    storage.close();
  }
}
