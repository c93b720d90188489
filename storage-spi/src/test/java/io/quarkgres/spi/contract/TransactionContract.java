package io.quarkgres.spi.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.error.WouldWait;
import io.quarkgres.spi.store.BlockCursor;
import io.quarkgres.spi.store.Interruption;
import io.quarkgres.spi.store.IsolationLevel;
import io.quarkgres.spi.store.LockOutcome;
import io.quarkgres.spi.store.RowLockMode;
import io.quarkgres.spi.store.Snapshot;
import io.quarkgres.spi.store.Transaction;
import io.quarkgres.spi.store.UniqueConflict;
import io.quarkgres.spi.store.WaitPolicy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Who sees what, who waits for whom, and what rolling back leaves. */
public abstract class TransactionContract extends StorageContract {
  @Test
  void othersSeeNothingBeforeCommitAndAllAfter() {
    long row = committed(1, 10, "a");
    Transaction writer = begin();
    Transaction repeatable = beginRepeatable();
    assertThat(ledger.scan(repeatable)).containsExactly("1|10|a");
    ledger.update(writer, row, Ledger.BALANCE, 20);
    ledger.insert(writer, 2, 5, "b");
    Transaction reader = begin();
    assertThat(ledger.scan(reader)).containsExactly("1|10|a");
    assertThat(ledger.fetch(reader, row)).isEqualTo("1|10|a");
    assertThat(ledger.scan(writer)).containsExactly("1|20|a", "2|5|b");
    try (Snapshot before = reader.snapshot()) {
      assertThat(writer.commit()).isPositive();
      assertThat(ledger.scan(before)).containsExactly("1|10|a");
      assertThat(ledger.fetch(before, row)).isEqualTo("1|10|a");
    }
    assertThat(ledger.scan(reader)).containsExactly("1|20|a", "2|5|b");
    assertThat(ledger.scan(repeatable)).containsExactly("1|10|a");
    assertThat(ledger.fetch(repeatable, row)).isEqualTo("1|10|a");
    try (Snapshot latest = repeatable.latest()) {
      assertThat(ledger.scan(latest)).containsExactly("1|20|a", "2|5|b");
    }
  }

  @Test
  void everyOldSnapshotKeepsItsVersion() {
    long row = committed(1, 0, "v0");
    Snapshot[] snapshots = new Snapshot[20];
    Transaction reader = begin();
    for (int i = 0; i < snapshots.length; i++) {
      snapshots[i] = reader.snapshot();
      Transaction t = begin();
      ledger.update(
          t, row, i % 2 == 0 ? Ledger.BALANCE : Ledger.NOTE, i % 2 == 0 ? i + 1 : "v" + i);
      t.commit();
    }
    for (int i = snapshots.length - 1; i >= 0; i -= 2) {
      snapshots[i].close();
      storage.reclaim();
    }
    for (int i = 0; i < snapshots.length; i += 2) {
      long balance = i == 0 ? 0 : i - 1;
      String note = i < 2 ? "v0" : "v" + (i - 1);
      assertThat(ledger.scan(snapshots[i])).containsExactly("1|" + balance + "|" + note);
      assertThat(ledger.fetch(snapshots[i], row)).isEqualTo("1|" + balance + "|" + note);
      snapshots[i].close();
    }
    storage.reclaim();
    assertThat(storage.statistics().undoRecords()).isZero();
  }

  @Test
  void deletedRowsStayForOlderSnapshots() {
    long row = committed(1, 10, "a");
    committed(2, 20, "b");
    Transaction old = beginRepeatable();
    ledger.scan(old);
    Transaction t = begin();
    ledger.delete(t, row);
    assertThat(ledger.scan(t)).containsExactly("2|20|b");
    t.commit();
    storage.reclaim();
    assertThat(ledger.scan(old)).containsExactly("1|10|a", "2|20|b");
    assertThat(ledger.scan(begin())).containsExactly("2|20|b");
    old.commit();
    storage.reclaim();
    assertThat(storage.statistics().undoRecords()).isZero();
    assertThat(ledger.fetch(begin(), row)).isNull();
  }

  @Test
  void aCommandDoesNotSeeItsOwnChanges() {
    long row = committed(1, 10, "a");
    Transaction t = begin();
    Snapshot statement = t.snapshot();
    BlockCursor cursor = ledger.table().scan(statement, new int[] {0, 1, 2}, List.of());
    ledger.table().lock(t, statement, row, RowLockMode.UPDATE, WaitPolicy.WAIT);
    ledger.set(t, row, Ledger.BALANCE, 11);
    ledger.put(t, 2, 20, "b");
    assertThat(Ledger.drain(cursor)).containsExactly("1|10|a");
    assertThat(ledger.scan(statement)).containsExactly("1|10|a");
    assertThat(ledger.scan(t)).containsExactly("1|10|a");
    t.nextCommand();
    assertThat(ledger.scan(t)).containsExactly("1|11|a", "2|20|b");
    assertThat(ledger.scan(statement)).containsExactly("1|10|a");
    Snapshot second = t.snapshot();
    ledger.update(t, row, Ledger.BALANCE, 12);
    assertThat(ledger.scan(second)).containsExactly("1|11|a", "2|20|b");
    t.commit();
    assertThat(ledger.scan(second)).containsExactly("1|11|a", "2|20|b");
    statement.close();
    second.close();
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
  void serializableIsRefusedUntilItIsReal() {
    assertThatThrownBy(() -> storage.begin(IsolationLevel.SERIALIZABLE, new Interruption()))
        .extracting(e -> ((SqlException) e).state())
        .isEqualTo(SqlState.FEATURE_NOT_SUPPORTED);
  }

  @Test
  void rollbackLeavesNothing() {
    long row = committed(1, 10, "a");
    long gone = committed(2, 20, "b");
    Transaction t = begin();
    long fresh = ledger.insert(t, 3, 30, "c");
    ledger.update(t, row, Ledger.BALANCE, 11);
    ledger.update(t, row, Ledger.NOTE, "changed");
    ledger.update(t, row, Ledger.BALANCE, 12);
    ledger.update(t, fresh, Ledger.BALANCE, 31);
    ledger.delete(t, gone);
    ledger.delete(t, fresh);
    assertThat(ledger.scan(t)).containsExactly("1|12|changed");
    t.rollback();
    assertThat(ledger.scan(begin())).containsExactly("1|10|a", "2|20|b");
    assertThat(storage.statistics().undoRecords()).isLessThanOrEqualTo(2);
    storage.reclaim();
    assertThat(storage.statistics().undoRecords()).isZero();
  }

  @Test
  void savepointsNest() {
    Transaction t = begin();
    long row = ledger.insert(t, 1, 10, "a");
    int outer = t.savepoint();
    ledger.update(t, row, Ledger.BALANCE, 11);
    int inner = t.savepoint();
    ledger.insert(t, 2, 20, "b");
    ledger.delete(t, row);
    assertThat(ledger.scan(t)).containsExactly("2|20|b");
    t.rollbackTo(inner);
    assertThat(ledger.scan(t)).containsExactly("1|11|a");
    ledger.insert(t, 3, 30, "c");
    t.rollbackTo(inner);
    assertThat(ledger.scan(t)).containsExactly("1|11|a");
    t.rollbackTo(outer);
    assertThat(ledger.scan(t)).containsExactly("1|10|a");
    t.commit();
    assertThat(ledger.scan(begin())).containsExactly("1|10|a");
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
    try (Snapshot s = other.snapshot()) {
      assertThat(ledger.table().lock(other, s, released, RowLockMode.UPDATE, WaitPolicy.SKIP))
          .isEqualTo(LockOutcome.SKIPPED);
      CompletableFuture<LockOutcome> waiting =
          asyncUntilParked(
              () -> ledger.table().lock(other, s, released, RowLockMode.UPDATE, WaitPolicy.WAIT));
      t.rollbackTo(mark);
      assertThat(get(waiting)).isEqualTo(LockOutcome.LOCKED);
      assertThat(ledger.table().lock(other, s, kept, RowLockMode.UPDATE, WaitPolicy.SKIP))
          .isEqualTo(LockOutcome.SKIPPED);
    }
  }

  @Test
  void anUpgradedLockGoesBackToWhatItWas() {
    long row = committed(1, 10, "a");
    Transaction t = begin();
    Transaction other = begin();
    try (Snapshot s = t.snapshot();
        Snapshot o = other.snapshot()) {
      ledger.table().lock(t, s, row, RowLockMode.KEY_SHARE, WaitPolicy.WAIT);
      int mark = t.savepoint();
      ledger.table().lock(t, s, row, RowLockMode.UPDATE, WaitPolicy.WAIT);
      assertThat(ledger.table().lock(other, o, row, RowLockMode.SHARE, WaitPolicy.SKIP))
          .isEqualTo(LockOutcome.SKIPPED);
      t.rollbackTo(mark);
      assertThat(ledger.table().lock(other, o, row, RowLockMode.SHARE, WaitPolicy.SKIP))
          .isEqualTo(LockOutcome.LOCKED);
      assertThat(ledger.table().lock(other, o, row, RowLockMode.UPDATE, WaitPolicy.SKIP))
          .isEqualTo(LockOutcome.SKIPPED);
    }
  }

  @Test
  void rowLockModesConflictAsDocumented() {
    for (RowLockMode held : RowLockMode.values()) {
      for (RowLockMode wanted : RowLockMode.values()) {
        long row = committed(1, 10, "a");
        Transaction a = begin();
        Transaction b = begin();
        try (Snapshot sa = a.snapshot();
            Snapshot sb = b.snapshot()) {
          ledger.table().lock(a, sa, row, held, WaitPolicy.WAIT);
          LockOutcome outcome = ledger.table().lock(b, sb, row, wanted, WaitPolicy.SKIP);
          assertThat(outcome == LockOutcome.SKIPPED).isEqualTo(held.conflictsWith(wanted));
        }
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
    try (Snapshot w = writer.snapshot();
        Snapshot c = child.snapshot()) {
      ledger.table().lock(writer, w, row, RowLockMode.NO_KEY_UPDATE, WaitPolicy.WAIT);
      ledger.set(writer, row, Ledger.BALANCE, 11);
      assertThat(ledger.table().lock(child, c, row, RowLockMode.KEY_SHARE, WaitPolicy.WAIT))
          .isEqualTo(LockOutcome.LOCKED);
      assertThat(ledger.fetch(child, row)).isEqualTo("1|10|a");
      writer.nextCommand();
      assertThat(ledger.table().lock(writer, w, row, RowLockMode.UPDATE, WaitPolicy.SKIP))
          .isEqualTo(LockOutcome.SKIPPED);
    }
    writer.commit();
    Transaction late = begin();
    try (Snapshot l = late.snapshot()) {
      assertThat(ledger.table().lock(late, l, row, RowLockMode.UPDATE, WaitPolicy.SKIP))
          .isEqualTo(LockOutcome.SKIPPED);
      child.commit();
      assertThat(ledger.table().lock(late, l, row, RowLockMode.UPDATE, WaitPolicy.SKIP))
          .isEqualTo(LockOutcome.LOCKED);
    }
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
    CompletableFuture<LockOutcome> waiting = asyncUntilParked(() -> ledger.lock(second, row));
    first.commit();
    assertThat(get(waiting)).isEqualTo(LockOutcome.LOCKED);
  }

  @Test
  void nowaitRaises() {
    long row = committed(1, 10, "a");
    Transaction a = begin();
    ledger.lock(a, row);
    Transaction b = begin();
    try (Snapshot s = b.snapshot()) {
      assertThatThrownBy(() -> ledger.table().lock(b, s, row, RowLockMode.SHARE, WaitPolicy.ERROR))
          .hasMessage("could not obtain lock on row in relation")
          .extracting(e -> ((SqlException) e).state())
          .isEqualTo(SqlState.LOCK_NOT_AVAILABLE);
    }
  }

  @Test
  void aSharedLockDoesNotOvertakeAWaitingWriter() {
    long row = committed(1, 10, "a");
    Transaction sharer = begin();
    Transaction writer = begin();
    Transaction late = begin();
    try (Snapshot s = sharer.snapshot();
        Snapshot l = late.snapshot()) {
      ledger.table().lock(sharer, s, row, RowLockMode.SHARE, WaitPolicy.WAIT);
      CompletableFuture<LockOutcome> waiting = asyncUntilParked(() -> ledger.lock(writer, row));
      assertThat(ledger.table().lock(late, l, row, RowLockMode.SHARE, WaitPolicy.SKIP))
          .isEqualTo(LockOutcome.SKIPPED);
      sharer.commit();
      assertThat(get(waiting)).isEqualTo(LockOutcome.LOCKED);
    }
  }

  @Test
  void aWriterWaitsForTheOtherAndSeesItsCommit() {
    long row = committed(1, 10, "a");
    Transaction first = begin();
    ledger.update(first, row, Ledger.BALANCE, 11);
    Transaction second = begin();
    CompletableFuture<LockOutcome> waiting = asyncUntilParked(() -> ledger.lock(second, row));
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
    CompletableFuture<LockOutcome> waiting = asyncUntilParked(() -> ledger.lock(second, row));
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
    CompletableFuture<LockOutcome> waiting = asyncUntilParked(() -> ledger.lock(second, row));
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
    CompletableFuture<LockOutcome> waiting = asyncUntilParked(() -> ledger.lock(first, b));
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
    try (Snapshot sa = a.snapshot();
        Snapshot sb = b.snapshot()) {
      ledger.table().lock(a, sa, row, RowLockMode.SHARE, WaitPolicy.WAIT);
      ledger.table().lock(b, sb, row, RowLockMode.SHARE, WaitPolicy.WAIT);
      CompletableFuture<LockOutcome> waiting = asyncUntilParked(() -> ledger.lock(a, row));
      assertThatThrownBy(() -> ledger.lock(b, row)).hasMessage("deadlock detected");
      b.rollback();
      assertThat(get(waiting)).isEqualTo(LockOutcome.LOCKED);
    }
  }

  @Test
  void writingALockedRowIsRefused() {
    long row = committed(1, 10, "a");
    Transaction t = begin();
    assertThatThrownBy(() -> ledger.set(t, row, Ledger.BALANCE, 5))
        .hasMessageContaining("invariant");
  }

  @Test
  void insertsOfACommandAreNotSeenByItsCursor() {
    for (int i = 0; i < 100; i++) {
      committed(i, i, "x");
    }
    Transaction t = begin();
    try (Snapshot snapshot = t.snapshot()) {
      BlockCursor cursor = ledger.table().scan(snapshot, new int[] {0, 1, 2}, List.of());
      int copied = 0;
      for (Block block = cursor.next(); block != null; block = cursor.next()) {
        copied += ledger.table().insert(t, block, new long[block.rowCount()], new UniqueConflict());
      }
      assertThat(copied).isEqualTo(100);
    }
    t.nextCommand();
    assertThat(ledger.scan(t)).hasSize(200);
  }

  @Test
  void aReadOnlyTransactionHasNoCommitTimestamp() {
    Transaction t = begin();
    ledger.scan(t);
    assertThat(t.hasWritten()).isFalse();
    assertThat(t.commit()).isZero();
    assertThat(storage.statistics().transactions()).isZero();
  }
}
