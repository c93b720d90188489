package io.quarkgres.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.spi.contract.Ledger;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.index.KeyRange;
import io.quarkgres.spi.store.Interruption;
import io.quarkgres.spi.store.IsolationLevel;
import io.quarkgres.spi.store.LockOutcome;
import io.quarkgres.spi.store.Snapshot;
import io.quarkgres.spi.store.TableIndex;
import io.quarkgres.spi.store.Transaction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Threads insert, move and delete a handful of unique keys at once: no key is ever there twice. */
class UniqueStressTest {
  private static final int THREADS = 6;
  private static final int KEYS = 4;
  private static final int ROUNDS = 6000;

  private final MemoryStorage storage = new MemoryStorage();
  private final Ledger ledger = new Ledger(storage);
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private TableIndex byId;

  private Transaction begin() {
    return storage.begin(IsolationLevel.READ_COMMITTED, new Interruption());
  }

  @Test
  void aKeyIsNeverThereTwice() throws InterruptedException {
    Transaction t = begin();
    byId = ledger.index(t, Ledger.spec("by_id", true, Ledger.ID));
    t.commit();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Random random = new Random(i);
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                try {
                  work(random);
                } catch (Throwable e) {
                  failure.compareAndSet(null, e);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failure.get()).isNull();
    storage.reclaim();
    assertThat(storage.statistics().undoRecords()).isZero();
    assertThat(byId.entryCount()).isEqualTo(ledger.scan(begin()).size());
  }

  private void work(Random random) {
    for (int i = 0; i < ROUNDS && failure.get() == null; i++) {
      Transaction t = begin();
      try {
        for (int step = random.nextInt(3); step >= 0; step--) {
          change(t, random);
        }
        check(t);
        if (random.nextInt(4) > 0) {
          t.commit();
        } else {
          t.rollback();
        }
      } catch (SqlException e) {
        if (e.state() != SqlState.T_R_DEADLOCK_DETECTED) {
          throw e;
        }
      } finally {
        t.rollback();
      }
    }
  }

  private void change(Transaction t, Random random) {
    long key = random.nextInt(KEYS);
    List<Long> rows = rows(t);
    long row = rows.isEmpty() ? -1 : rows.get(random.nextInt(rows.size()));
    int what = row < 0 ? 0 : random.nextInt(4);
    if (what < 2) {
      ledger.insert(t, key, 0, "x");
      return;
    }
    LockOutcome outcome = ledger.lock(t, row);
    if (outcome != LockOutcome.LOCKED && outcome != LockOutcome.CHANGED) {
      return;
    }
    if (what == 2) {
      ledger.table().delete(t, new long[] {row}, 1);
    } else {
      ledger.set(t, row, Ledger.ID, key);
    }
    t.nextCommand();
  }

  private List<Long> rows(Transaction t) {
    try (Snapshot snapshot = t.snapshot()) {
      return Ledger.drain(ledger.table().scan(snapshot, new int[] {-1}, List.of())).stream()
          .map(Long::valueOf)
          .toList();
    }
  }

  private void check(Transaction t) {
    try (Snapshot snapshot = t.snapshot()) {
      List<String> scanned = ledger.scan(snapshot);
      Set<String> keys = new HashSet<>();
      for (String row : scanned) {
        assertThat(keys.add(row.split("\\|")[0])).as(scanned.toString()).isTrue();
      }
      assertThat(Ledger.scan(byId, snapshot, KeyRange.ALL))
          .containsExactlyInAnyOrderElementsOf(scanned);
    }
  }
}
