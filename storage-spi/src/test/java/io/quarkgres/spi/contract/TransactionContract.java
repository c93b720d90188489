package io.quarkgres.spi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.store.BlockCursor;
import io.quarkgres.spi.store.RowLockMode;
import io.quarkgres.spi.store.Snapshot;
import io.quarkgres.spi.store.Transaction;
import io.quarkgres.spi.store.UniqueConflict;
import io.quarkgres.spi.store.WaitPolicy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who sees what, and what rolling back leaves. */
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
      writer.commit();
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
  void aReadOnlyTransactionHasNothingToWaitFor() {
    Transaction t = begin();
    ledger.scan(t);
    assertThat(t.hasWritten()).isFalse();
    assertThat(t.commitSoon(() -> {}).isDone()).isTrue();
    assertThat(storage.statistics().transactions()).isZero();
  }
}
