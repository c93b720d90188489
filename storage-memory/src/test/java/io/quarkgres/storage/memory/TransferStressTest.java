package io.quarkgres.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.spi.contract.ColumnKeys;
import io.quarkgres.spi.contract.Ledger;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.index.KeyRange;
import io.quarkgres.spi.store.Interruption;
import io.quarkgres.spi.store.IsolationLevel;
import io.quarkgres.spi.store.LockOutcome;
import io.quarkgres.spi.store.RowLockMode;
import io.quarkgres.spi.store.Snapshot;
import io.quarkgres.spi.store.TableIndex;
import io.quarkgres.spi.store.Transaction;
import io.quarkgres.spi.store.WaitPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * Many threads move money between accounts, by updates, by moving rows along an index, and by
 * deleting and inserting; whoever looks, by scan or by index, always sees the same sum.
 */
class TransferStressTest {
  private static final int ACCOUNTS = 60;
  private static final long START = 1000;
  private static final int WRITERS = 8;
  private static final int TRANSFERS = 1500;

  private final MemoryStorage storage = new MemoryStorage();
  private final Ledger ledger = new Ledger(storage);
  private TableIndex byId;
  private TableIndex byBalance;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final AtomicInteger deadlocks = new AtomicInteger();

  private Transaction begin() {
    return storage.begin(IsolationLevel.READ_COMMITTED, new Interruption());
  }

  @Test
  void theSumStays() throws InterruptedException {
    Transaction t = begin();
    byId = ledger.index(t, Ledger.spec("by_id", true, Ledger.ID));
    byBalance = ledger.index(t, Ledger.spec("by_balance", false, Ledger.BALANCE));
    for (int i = 0; i < ACCOUNTS; i++) {
      ledger.put(t, i, START, "account " + i);
    }
    t.commit();
    CountDownLatch done = new CountDownLatch(WRITERS);
    AtomicBoolean stop = new AtomicBoolean();
    List<Thread> readers = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      Random random = new Random(100 + i);
      Thread.ofVirtual()
          .start(() -> {
            guarded(() -> write(random));
            done.countDown();
          });
    }
    for (int i = 0; i < 3; i++) {
      int kind = i;
      readers.add(
          Thread.ofVirtual()
              .start(() -> {
                while (!stop.get() && failure.get() == null) {
                  guarded(() -> read(kind));
                }
              }));
    }
    assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
    stop.set(true);
    for (Thread reader : readers) {
      reader.join();
    }
    assertThat(failure.get()).isNull();
    read(0);
    read(1);
    read(2);
    storage.reclaim();
    assertThat(storage.statistics().undoRecords()).isZero();
    assertThat(storage.statistics().transactions()).isZero();
    assertThat(byId.entryCount()).isEqualTo(ACCOUNTS);
    assertThat(byBalance.entryCount()).isEqualTo(ACCOUNTS);
  }

  private void guarded(Runnable action) {
    try {
      action.run();
    } catch (Throwable e) {
      failure.compareAndSet(null, e);
    }
  }

  private void write(Random random) {
    for (int i = 0; i < TRANSFERS && failure.get() == null; i++) {
      Transaction t = begin();
      try {
        if (transfer(t, random) && random.nextInt(10) > 0) {
          t.commit();
        } else {
          t.rollback();
        }
      } catch (SqlException e) {
        t.rollback();
        if (e.state() != SqlState.T_R_DEADLOCK_DETECTED) {
          throw e;
        }
        deadlocks.incrementAndGet();
      }
    }
  }

  private boolean transfer(Transaction t, Random random) {
    long from = random.nextInt(ACCOUNTS);
    long to = random.nextInt(ACCOUNTS);
    long amount = random.nextInt(20) - 10L;
    if (from == to) {
      return false;
    }
    return change(t, from, -amount, false) && change(t, to, amount, random.nextInt(8) == 0);
  }

  /** Adds to a balance as an UPDATE by key does, re-reading the row after a wait. */
  private boolean change(Transaction t, long id, long amount, boolean replace) {
    try (Snapshot snapshot = t.snapshot()) {
      List<String> found = rowIds(snapshot, id);
      if (found.isEmpty()) {
        return false;
      }
      assertThat(found).hasSize(1);
      long row = Long.parseLong(found.getFirst());
      LockOutcome outcome =
          ledger.table().lock(t, snapshot, row, RowLockMode.UPDATE, WaitPolicy.WAIT);
      if (outcome == LockOutcome.DELETED) {
        return false;
      }
      try (Snapshot latest = t.latest()) {
        String[] values = ledger.fetch(latest, row).split("\\|");
        assertThat(Long.parseLong(values[0])).isEqualTo(id);
        long balance = Long.parseLong(values[1]) + amount;
        if (replace) {
          ledger.table().delete(t, new long[] {row}, 1);
          t.nextCommand();
          assertThat(ledger.put(t, id, balance, values[2])).isNotNegative();
        } else {
          assertThat(ledger.set(t, row, Ledger.BALANCE, balance)).isTrue();
        }
      }
    }
    t.nextCommand();
    return true;
  }

  private List<String> rowIds(Snapshot snapshot, long id) {
    return Ledger.drain(
        byId.scan(snapshot, KeyRange.prefix(ColumnKeys.key(id)), false, new int[] {-1}));
  }

  private void read(int kind) {
    Transaction t = begin();
    try (Snapshot snapshot = t.snapshot()) {
      for (int again = 0; again < 3; again++) {
        List<String> rows =
            switch (kind) {
              case 0 -> ledger.scan(snapshot);
              case 1 -> Ledger.scan(byId, snapshot, KeyRange.ALL);
              default -> Ledger.scan(byBalance, snapshot, KeyRange.ALL);
            };
        long sum = 0;
        for (String row : rows) {
          sum += Long.parseLong(row.split("\\|")[1]);
        }
        assertThat(rows).hasSize(ACCOUNTS);
        assertThat(sum).isEqualTo(ACCOUNTS * START);
      }
    }
    t.commit();
  }
}
