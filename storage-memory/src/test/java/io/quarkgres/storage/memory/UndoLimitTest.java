package io.quarkgres.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkgres.spi.contract.Ledger;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.store.Interruption;
import io.quarkgres.spi.store.IsolationLevel;
import io.quarkgres.spi.store.Snapshot;
import io.quarkgres.spi.store.Transaction;
import org.junit.jupiter.api.Test;

/** What is kept for rollback and older snapshots has a limit, and is given back. */
class UndoLimitTest {
  private static final int LIMIT = 1 << 20;

  private final MemoryStorage storage = new MemoryStorage(LIMIT);
  private final Ledger ledger = new Ledger(storage);

  private Transaction begin() {
    return storage.begin(IsolationLevel.READ_COMMITTED, new Interruption());
  }

  private static void requireRefusal(Runnable changes) {
    assertThatThrownBy(changes::run)
        .isInstanceOfSatisfying(
            SqlException.class, e -> assertThat(e.state()).isEqualTo(SqlState.OUT_OF_MEMORY));
  }

  @Test
  void aTransactionThatChangesTooMuch() {
    Transaction first = begin();
    long row = ledger.insert(first, 1, 0, "x".repeat(10_000));
    first.commit();
    Transaction big = begin();
    requireRefusal(() -> {
      for (int i = 0; i < 10_000; i++) {
        ledger.update(big, row, Ledger.NOTE, i + "y");
      }
    });
    big.rollback();
    Transaction next = begin();
    assertThat(ledger.update(next, row, Ledger.BALANCE, 7)).isTrue();
    next.commit();
    assertThat(ledger.fetch(begin(), row)).isEqualTo("1|7|" + "x".repeat(10_000));
  }

  @Test
  void insertsAndDeletesCount() {
    Transaction big = begin();
    requireRefusal(() -> {
      for (int i = 0; i < 100_000; i++) {
        ledger.delete(big, ledger.insert(big, i, 0, "n"));
      }
    });
    big.rollback();
    assertThat(ledger.scan(begin())).isEmpty();
  }

  /** Changes of index keys are all kept, as entries belong to them. */
  @Test
  void aSnapshotThatKeepsTooMuch() {
    Transaction first = begin();
    ledger.index(first, Ledger.spec("by_balance", false, Ledger.BALANCE));
    long row = ledger.insert(first, 1, 0, "x".repeat(10_000));
    first.commit();
    Transaction reader = begin();
    Snapshot old = reader.snapshot();
    requireRefusal(() -> updateOften(row));
    assertThat(ledger.fetch(old, row)).isEqualTo("1|0|" + "x".repeat(10_000));
    old.close();
    updateOften(row);
    reader.commit();
  }

  /** Large values may leave memory, so that only what leads to them counts. */
  @Test
  void largeValuesAreNotRefused() {
    Transaction first = begin();
    long row = ledger.insert(first, 1, 0, "x".repeat(10_000));
    first.commit();
    Transaction reader = begin();
    Snapshot old = reader.snapshot();
    for (int i = 0; i < 2; i++) {
      Transaction big = begin();
      for (int k = 0; k < 1000; k++) {
        ledger.update(big, row, Ledger.NOTE, k + "y".repeat(10_000));
      }
      big.rollback();
    }
    assertThat(ledger.fetch(old, row)).isEqualTo("1|0|" + "x".repeat(10_000));
    old.close();
    reader.commit();
    assertThat(storage.columnMemory().used()).isLessThan(100_000);
  }

  private void updateOften(long row) {
    for (int i = 1; i <= 10_000; i++) {
      Transaction t = begin();
      try {
        ledger.update(t, row, Ledger.BALANCE, i);
        t.commit();
      } finally {
        t.rollback();
      }
    }
  }
}
