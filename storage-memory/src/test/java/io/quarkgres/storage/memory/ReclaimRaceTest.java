package io.quarkgres.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.spi.contract.Ledger;
import io.quarkgres.spi.index.KeyRange;
import io.quarkgres.spi.store.Interruption;
import io.quarkgres.spi.store.IsolationLevel;
import io.quarkgres.spi.store.Snapshot;
import io.quarkgres.spi.store.TableIndex;
import io.quarkgres.spi.store.Transaction;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * What others see between the steps of the reclaimer, which is held up at a chunk whose lock the
 * test has.
 */
class ReclaimRaceTest {
  private final MemoryStorage storage = new MemoryStorage();
  private final Ledger ledger = new Ledger(storage);

  private Transaction begin() {
    return storage.begin(IsolationLevel.READ_COMMITTED, new Interruption());
  }

  @Test
  void rollbackOfAnUpdateBesideTheReclaimer() throws InterruptedException {
    besideTheReclaimer((t, row) -> ledger.update(t, row, Ledger.BALANCE, 907));
  }

  @Test
  void rollbackOfAnUpdateBackToTheOldKeyBesideTheReclaimer() throws InterruptedException {
    besideTheReclaimer((t, row) -> ledger.update(t, row, Ledger.BALANCE, 905));
  }

  @Test
  void rollbackOfADeleteBesideTheReclaimer() throws InterruptedException {
    besideTheReclaimer(ledger::delete);
  }

  private interface Change {
    void make(Transaction t, long row);
  }

  private void besideTheReclaimer(Change change) throws InterruptedException {
    Transaction first = begin();
    TableIndex byBalance = ledger.index(first, Ledger.spec("by_balance", false, Ledger.BALANCE));
    long row = ledger.insert(first, 43, 905, "note");
    first.commit();
    Transaction reader = begin();
    Snapshot old = reader.snapshot();
    Transaction second = begin();
    ledger.update(second, row, Ledger.BALANCE, 902);
    second.commit();
    Transaction third = begin();
    change.make(third, row);
    old.close();
    reader.commit();

    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread reclaimer = new Thread(() -> storage.reclaim());
    reclaimer.setUncaughtExceptionHandler((thread, e) -> failure.set(e));
    synchronized (((MemoryTable) ledger.table()).chunkOf(row)) {
      reclaimer.start();
      while (reclaimer.getState() != Thread.State.BLOCKED) {
        Thread.onSpinWait();
      }
      third.rollback();
      assertThat(rows(byBalance)).containsExactly("43|902|note");
    }
    reclaimer.join();
    assertThat(failure.get()).isNull();
    assertThat(rows(byBalance)).containsExactly("43|902|note");
    assertThat(byBalance.entryCount()).isOne();
    assertThat(storage.statistics().undoRecords()).isZero();
  }

  private List<String> rows(TableIndex index) {
    Transaction t = begin();
    try (Snapshot snapshot = t.snapshot()) {
      return Ledger.scan(index, snapshot, KeyRange.ALL);
    } finally {
      t.commit();
    }
  }
}
