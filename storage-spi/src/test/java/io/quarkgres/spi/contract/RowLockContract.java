package io.quarkgres.spi.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.error.WouldWait;
import io.quarkgres.spi.store.Interruption;
import io.quarkgres.spi.store.IsolationLevel;
import io.quarkgres.spi.store.LockOutcome;
import io.quarkgres.spi.store.RowLockMode;
import io.quarkgres.spi.store.Snapshot;
import io.quarkgres.spi.store.Transaction;
import io.quarkgres.spi.store.WaitPolicy;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Who waits for whom, and what a row lock tells. */
public abstract class RowLockContract extends StorageContract {
  /** Locks a row for update in another thread, and returns once that waits. */
  private CompletableFuture<LockOutcome> waiting(Transaction t, long row) {
    return asyncUntilParked(() -> ledger.lock(t, row));
  }

  @Test
  void lockTellsWhatBecameOfTheRow() {
    long row = committed(1, 10, "a");
    long gone = committed(2, 20, "b");
    Transaction t = begin();
    Snapshot statement = t.snapshot();
    Transaction other = begin();
    ledger.update(other, row, Ledger.BALANCE, 11);
    ledger.delete(other, gone);
    other.commit();
    assertThat(ledger.table().lock(t, statement, row, RowLockMode.UPDATE, WaitPolicy.WAIT))
        .isEqualTo(LockOutcome.CHANGED);
    assertThat(ledger.table().lock(t, statement, gone, RowLockMode.UPDATE, WaitPolicy.WAIT))
        .isEqualTo(LockOutcome.DELETED);
    try (Snapshot latest = t.latest()) {
      assertThat(ledger.fetch(latest, row)).isEqualTo("1|11|a");
    }
    ledger.set(t, row, Ledger.BALANCE, 12);
    assertThat(ledger.table().lock(t, statement, row, RowLockMode.UPDATE, WaitPolicy.WAIT))
        .isEqualTo(LockOutcome.SELF_MODIFIED);
    statement.close();
    t.nextCommand();
    assertThat(ledger.lock(t, row)).isEqualTo(LockOutcome.LOCKED);
  }

  @Test
  void repeatableReadRefusesRowsChangedSince() {
    long row = committed(1, 10, "a");
    long gone = committed(2, 20, "b");
    long kept = committed(3, 30, "c");
    Transaction t = beginRepeatable();
    ledger.scan(t);
    Transaction other = begin();
    ledger.update(other, row, Ledger.BALANCE, 11);
    ledger.delete(other, gone);
    other.commit();
    assertThatThrownBy(() -> ledger.lock(t, row))
        .hasMessage("could not serialize access due to concurrent update")
        .extracting(e -> ((SqlException) e).state())
        .isEqualTo(SqlState.T_R_SERIALIZATION_FAILURE);
    assertThatThrownBy(() -> ledger.lock(t, gone))
        .hasMessage("could not serialize access due to concurrent delete");
    assertThat(ledger.lock(t, kept)).isEqualTo(LockOutcome.LOCKED);
  }

  @Test
  void rollingBackToASavepointReleasesItsRowLocks() {
    long kept = committed(1, 10, "a");
    long released = committed(2, 20, "b");
    Transaction t = begin();
    ledger.lock(t, kept);
    int mark = t.savepoint();
    ledger.lock(t, released);
    ledger.set(t, released, Ledger.BALANCE, 21);
    Transaction other = begin();
    assertThat(ledger.tryLock(other, released, RowLockMode.UPDATE)).isEqualTo(LockOutcome.SKIPPED);
    CompletableFuture<LockOutcome> waiting = waiting(other, released);
    t.rollbackTo(mark);
    assertThat(get(waiting)).isEqualTo(LockOutcome.LOCKED);
    assertThat(ledger.tryLock(other, kept, RowLockMode.UPDATE)).isEqualTo(LockOutcome.SKIPPED);
  }

  @Test
  void anUpgradedLockGoesBackToWhatItWas() {
    long row = committed(1, 10, "a");
    Transaction t = begin();
    Transaction other = begin();
    ledger.lock(t, row, RowLockMode.KEY_SHARE);
    int mark = t.savepoint();
    ledger.lock(t, row);
    assertThat(ledger.tryLock(other, row, RowLockMode.SHARE)).isEqualTo(LockOutcome.SKIPPED);
    t.rollbackTo(mark);
    assertThat(ledger.tryLock(other, row, RowLockMode.SHARE)).isEqualTo(LockOutcome.LOCKED);
    assertThat(ledger.tryLock(other, row, RowLockMode.UPDATE)).isEqualTo(LockOutcome.SKIPPED);
  }

  @Test
  void rowLockModesConflictAsDocumented() {
    for (RowLockMode held : RowLockMode.values()) {
      for (RowLockMode wanted : RowLockMode.values()) {
        long row = committed(1, 10, "a");
        Transaction a = begin();
        Transaction b = begin();
        ledger.lock(a, row, held);
        LockOutcome outcome = ledger.tryLock(b, row, wanted);
        assertThat(outcome == LockOutcome.SKIPPED).isEqualTo(held.conflictsWith(wanted));
        a.commit();
        b.rollback();
      }
    }
  }

  @Test
  void aKeyShareLockGoesBesideAnOpenUpdate() {
    long row = committed(1, 10, "a");
    Transaction writer = begin();
    Transaction child = begin();
    ledger.lock(writer, row, RowLockMode.NO_KEY_UPDATE);
    ledger.set(writer, row, Ledger.BALANCE, 11);
    assertThat(ledger.lock(child, row, RowLockMode.KEY_SHARE)).isEqualTo(LockOutcome.LOCKED);
    assertThat(ledger.fetch(child, row)).isEqualTo("1|10|a");
    writer.nextCommand();
    assertThat(ledger.tryLock(writer, row, RowLockMode.UPDATE)).isEqualTo(LockOutcome.SKIPPED);
    writer.commit();
    Transaction late = begin();
    assertThat(ledger.tryLock(late, row, RowLockMode.UPDATE)).isEqualTo(LockOutcome.SKIPPED);
    child.commit();
    assertThat(ledger.tryLock(late, row, RowLockMode.UPDATE)).isEqualTo(LockOutcome.LOCKED);
  }

  @Test
  void aStatementThatMayNotWaitIsToldSo() {
    long row = committed(1, 10, "a");
    Transaction first = begin();
    ledger.lock(first, row);
    Interruption interruption = new Interruption();
    Transaction second = storage.begin(IsolationLevel.READ_COMMITTED, interruption);
    interruption.setMayWait(false);
    assertThatThrownBy(() -> ledger.lock(second, row)).isInstanceOf(WouldWait.class);
    interruption.setMayWait(true);
    CompletableFuture<LockOutcome> waiting = waiting(second, row);
    first.commit();
    assertThat(get(waiting)).isEqualTo(LockOutcome.LOCKED);
  }

  @Test
  void nowaitRaises() {
    long row = committed(1, 10, "a");
    Transaction a = begin();
    ledger.lock(a, row);
    Transaction b = begin();
    assertThatThrownBy(() -> ledger.lock(b, row, RowLockMode.SHARE, WaitPolicy.ERROR))
        .hasMessage("could not obtain lock on row in relation")
        .extracting(e -> ((SqlException) e).state())
        .isEqualTo(SqlState.LOCK_NOT_AVAILABLE);
  }

  @Test
  void aSharedLockDoesNotOvertakeAWaitingWriter() {
    long row = committed(1, 10, "a");
    Transaction sharer = begin();
    Transaction writer = begin();
    Transaction late = begin();
    ledger.lock(sharer, row, RowLockMode.SHARE);
    CompletableFuture<LockOutcome> waiting = waiting(writer, row);
    assertThat(ledger.tryLock(late, row, RowLockMode.SHARE)).isEqualTo(LockOutcome.SKIPPED);
    sharer.commit();
    assertThat(get(waiting)).isEqualTo(LockOutcome.LOCKED);
  }

  @Test
  void aWriterWaitsForTheOtherAndSeesItsCommit() {
    long row = committed(1, 10, "a");
    Transaction first = begin();
    ledger.update(first, row, Ledger.BALANCE, 11);
    Transaction second = begin();
    CompletableFuture<LockOutcome> waiting = waiting(second, row);
    first.commit();
    assertThat(get(waiting)).isEqualTo(LockOutcome.CHANGED);
    ledger.set(second, row, Ledger.BALANCE, 12);
    second.commit();
    assertThat(ledger.scan(begin())).containsExactly("1|12|a");
  }

  @Test
  void aWriterThatWaitedForARollbackFindsTheRowAsItWas() {
    long row = committed(1, 10, "a");
    Transaction first = begin();
    ledger.delete(first, row);
    Transaction second = beginRepeatable();
    CompletableFuture<LockOutcome> waiting = waiting(second, row);
    first.rollback();
    assertThat(get(waiting)).isEqualTo(LockOutcome.LOCKED);
  }

  @Test
  void anInterruptEndsAWait() {
    long row = committed(1, 10, "a");
    Transaction first = begin();
    ledger.lock(first, row);
    Interruption interruption = new Interruption();
    Transaction second = storage.begin(IsolationLevel.READ_COMMITTED, interruption);
    CompletableFuture<LockOutcome> waiting = waiting(second, row);
    interruption.interrupt(new SqlException(SqlState.QUERY_CANCELED, "canceled"));
    assertThatThrownBy(() -> get(waiting)).hasMessage("canceled");
    second.rollback();
    Transaction third = begin();
    first.commit();
    assertThat(ledger.lock(third, row)).isEqualTo(LockOutcome.LOCKED);
  }

  @Test
  void whoClosesACircleGetsTheDeadlock() {
    long a = committed(1, 10, "a");
    long b = committed(2, 20, "b");
    Transaction first = begin();
    Transaction second = begin();
    ledger.update(first, a, Ledger.BALANCE, 11);
    ledger.update(second, b, Ledger.BALANCE, 21);
    CompletableFuture<LockOutcome> waiting = waiting(first, b);
    assertThatThrownBy(() -> ledger.lock(second, a))
        .hasMessage("deadlock detected")
        .satisfies(e -> {
          SqlException error = (SqlException) e;
          assertThat(error.state()).isEqualTo(SqlState.T_R_DEADLOCK_DETECTED);
          assertThat(error.detail())
              .isEqualTo(
                  "Process %d waits for ShareLock on transaction %d; blocked by process %d.\n"
                          .formatted(second.id(), first.id(), first.id())
                      + "Process %d waits for ShareLock on transaction %d; blocked by process %d."
                          .formatted(first.id(), second.id(), second.id()));
        });
    second.rollback();
    assertThat(get(waiting)).isEqualTo(LockOutcome.LOCKED);
    first.commit();
    assertThat(ledger.scan(begin())).containsExactly("1|11|a", "2|20|b");
  }

  @Test
  void aLockUpgradeByTwoIsADeadlock() {
    long row = committed(1, 10, "a");
    Transaction a = begin();
    Transaction b = begin();
    ledger.lock(a, row, RowLockMode.SHARE);
    ledger.lock(b, row, RowLockMode.SHARE);
    CompletableFuture<LockOutcome> waiting = waiting(a, row);
    assertThatThrownBy(() -> ledger.lock(b, row)).hasMessage("deadlock detected");
    b.rollback();
    assertThat(get(waiting)).isEqualTo(LockOutcome.LOCKED);
  }

  @Test
  void writingALockedRowIsRefused() {
    long row = committed(1, 10, "a");
    Transaction t = begin();
    assertThatThrownBy(() -> ledger.set(t, row, Ledger.BALANCE, 5))
        .hasMessageContaining("invariant");
  }
}
