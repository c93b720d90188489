package io.quarkgres.spi.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.index.KeyRange;
import io.quarkgres.spi.store.Interruption;
import io.quarkgres.spi.store.IsolationLevel;
import io.quarkgres.spi.store.Snapshot;
import io.quarkgres.spi.store.TableIndex;
import io.quarkgres.spi.store.Transaction;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What SERIALIZABLE promises, and what it lets pass. Extended by each storage. */
public abstract class SerializableContract extends StorageContract {
  private static final int ROWS = 200;

  private final long[] rows = new long[ROWS];
  private TableIndex byId;

  @BeforeEach
  void fill() {
    Transaction t = begin();
    byId = ledger.index(t, Ledger.spec("by_id", true, Ledger.ID));
    for (int i = 0; i < ROWS; i++) {
      rows[i] = ledger.insert(t, i, i * 10, "n");
    }
    t.commit();
  }

  private Transaction serializable() {
    return storage.begin(IsolationLevel.SERIALIZABLE, new Interruption());
  }

  private Transaction readOnly(boolean isDeferrable) {
    Transaction t = serializable();
    t.setAccess(true, isDeferrable);
    return t;
  }

  private void find(Transaction t, long id) {
    Ledger.find(byId, t, id);
  }

  private void range(Transaction t, long from, long to) {
    try (Snapshot snapshot = t.snapshot()) {
      Ledger.scan(byId, snapshot, new KeyRange(ColumnKeys.key(from), ColumnKeys.key(to)));
    }
  }

  private void set(Transaction t, int id, long balance) {
    ledger.update(t, rows[id], Ledger.BALANCE, balance);
  }

  private static void assertNotSerializable(ThrowingCallable action) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            SqlException.class,
            e -> {
              assertThat(e.state()).isEqualTo(SqlState.T_R_SERIALIZATION_FAILURE);
              assertThat(e.getMessage())
                  .isEqualTo(
                      "could not serialize access due to read/write dependencies among transactions");
            });
  }

  @Test
  void writeSkewOverAScanEndsOne() {
    Transaction a = serializable();
    Transaction b = serializable();
    ledger.scan(a);
    ledger.scan(b);
    set(a, 1, 0);
    set(b, 2, 0);
    a.commit();
    assertNotSerializable(b::commit);
    assertThat(ledger.scan(begin())).contains("1|0|n", "2|20|n");
  }

  @Test
  void writeSkewOverLookUpsEndsOne() {
    Transaction a = serializable();
    Transaction b = serializable();
    find(a, 2);
    find(b, 1);
    set(a, 1, 0);
    set(b, 2, 0);
    a.commit();
    assertNotSerializable(b::commit);
  }

  @Test
  void aRowThatWasLookedForMayNotCome() {
    Transaction a = serializable();
    Transaction b = serializable();
    find(a, 1001);
    find(b, 1002);
    ledger.insert(a, 1002, 0, "a");
    ledger.insert(b, 1001, 0, "b");
    a.commit();
    assertNotSerializable(b::commit);
  }

  @Test
  void aRowMayNotMoveIntoARangeThatWasRead() {
    Transaction a = serializable();
    Transaction b = serializable();
    range(a, 1000, 2000);
    range(b, 3000, 4000);
    ledger.update(a, rows[1], Ledger.ID, 3500);
    ledger.update(b, rows[2], Ledger.ID, 1500);
    a.commit();
    assertNotSerializable(b::commit);
  }

  @Test
  void aRowThatWasReadMayNotGo() {
    Transaction a = serializable();
    Transaction b = serializable();
    range(a, 10, 20);
    range(b, 30, 40);
    ledger.delete(a, rows[35]);
    a.commit();
    assertNotSerializable(() -> ledger.delete(b, rows[15]));
  }

  @Test
  void whatIsApartDoesNotMatter() {
    Transaction a = serializable();
    Transaction b = serializable();
    range(a, 10, 20);
    range(b, 20, 30);
    set(a, 15, 0);
    set(b, 25, 0);
    a.commit();
    b.commit();
  }

  @Test
  void manyLookUpsCountAsAScan() {
    Transaction a = serializable();
    Transaction b = serializable();
    for (int i = 0; i < 100; i++) {
      find(a, i);
    }
    find(b, 1);
    set(a, 1, 0);
    set(b, 150, 0);
    a.commit();
    assertNotSerializable(b::commit);
  }

  @Test
  void oneConflictIsAnOrder() {
    Transaction a = serializable();
    Transaction b = serializable();
    ledger.scan(a);
    set(b, 1, 0);
    b.commit();
    ledger.scan(a);
    a.commit();
  }

  @Test
  void marksOutliveTheirTransaction() {
    Transaction old = serializable();
    find(old, 5);
    Transaction a = serializable();
    find(a, 1);
    set(a, 5, 0);
    a.commit();
    assertNotSerializable(() -> set(old, 1, 0));
    old.rollback();
    Transaction later = serializable();
    set(later, 1, 0);
    later.commit();
  }

  @Test
  void marksOutliveTheirIndex() {
    Transaction old = serializable();
    find(old, 5);
    Transaction a = serializable();
    find(a, 1);
    set(a, 5, 0);
    a.commit();
    ledger.table().dropIndex(byId);
    assertNotSerializable(() -> set(old, 1, 0));
  }

  @Test
  void marksOutliveTheirTable() {
    Transaction old = serializable();
    find(old, 5);
    Transaction a = serializable();
    find(a, 1);
    set(a, 5, 0);
    a.commit();
    Transaction ddl = begin();
    ddl.replaced(ledger.table());
    ddl.commit();
    Ledger other = new Ledger(storage);
    assertNotSerializable(() -> other.insert(old, 1, 0, "n"));
  }

  @Test
  void replacingATableWritesIt() {
    Transaction a = serializable();
    Transaction b = serializable();
    find(a, 5);
    Ledger other = new Ledger(storage);
    other.scan(b);
    other.insert(a, 1, 1, "a");
    a.commit();
    assertNotSerializable(() -> b.replaced(ledger.table()));
  }

  @Test
  void whoOnlyReadsMayBeOneTooMany() {
    Transaction b = serializable();
    find(b, 1);
    find(b, 2);
    Transaction a = serializable();
    find(a, 2);
    set(a, 2, 20);
    a.commit();
    Transaction c = readOnly(false);
    find(c, 1);
    find(c, 2);
    c.commit();
    assertNotSerializable(() -> set(b, 1, -11));
  }

  @Test
  void whoReadsFromBeforeDoesNotMatter() {
    Transaction b = serializable();
    find(b, 1);
    find(b, 2);
    Transaction c = readOnly(false);
    Transaction a = serializable();
    find(c, 1);
    set(a, 2, 20);
    a.commit();
    find(c, 2);
    c.commit();
    set(b, 1, -11);
    b.commit();
  }

  @Test
  void aReadOnlyTransactionAloneIsNoConcern() {
    Transaction c = readOnly(true);
    ledger.scan(c);
    Transaction a = serializable();
    Transaction b = serializable();
    find(a, 1);
    set(b, 1, 5);
    find(b, 2);
    b.commit();
    a.commit();
    ledger.scan(c);
    c.commit();
  }

  @Test
  void deferrableWaitsForASafeSnapshot() {
    Transaction a = serializable();
    find(a, 1);
    set(a, 1, 5);
    Transaction c = readOnly(true);
    CompletableFuture<Object> reading = asyncUntilParked(() -> ledger.scan(c));
    a.commit();
    assertThat(get(reading)).asString().contains("1|10|n");
    c.commit();
  }

  @Test
  void deferrableTakesAnotherSnapshotIfOneIsUnsafe() {
    Transaction b = serializable();
    find(b, 1);
    find(b, 2);
    Transaction a = serializable();
    set(a, 2, 25);
    a.commit();
    Transaction c = readOnly(true);
    CompletableFuture<Object> reading = asyncUntilParked(() -> ledger.scan(c));
    set(b, 1, -11);
    b.commit();
    assertThat(get(reading)).asString().contains("1|-11|n", "2|25|n");
    c.commit();
  }

  @Test
  void deferrableCanBeInterrupted() {
    Transaction a = serializable();
    set(a, 1, 5);
    Interruption interruption = new Interruption();
    Transaction c = storage.begin(IsolationLevel.SERIALIZABLE, interruption);
    c.setAccess(true, true);
    CompletableFuture<Object> reading = asyncUntilParked(() -> ledger.scan(c));
    interruption.interrupt(new SqlException(SqlState.QUERY_CANCELED, "enough"));
    assertThatThrownBy(() -> get(reading)).hasMessage("enough");
    c.rollback();
    a.commit();
  }

  @Test
  void othersAreNotConcerned() {
    Transaction a = serializable();
    Transaction b = beginRepeatable();
    ledger.scan(a);
    ledger.scan(b);
    set(a, 1, 0);
    set(b, 2, 0);
    a.commit();
    b.commit();
  }

  @Test
  void aReadBeforeASavepointWasRolledBackCounts() {
    Transaction a = serializable();
    Transaction b = serializable();
    int mark = a.savepoint();
    find(a, 2);
    a.rollbackTo(mark);
    find(b, 1);
    set(a, 1, 0);
    set(b, 2, 0);
    a.commit();
    assertNotSerializable(b::commit);
  }

  @Test
  void aKeyThatWasTakenMeanwhileIsNoSurprise() {
    Transaction a = serializable();
    find(a, 1001);
    Transaction b = serializable();
    find(b, 1001);
    ledger.insert(b, 1001, 1, "b");
    b.commit();
    assertNotSerializable(() -> ledger.insert(a, 1001, 2, "a"));
  }

  @Test
  void whoGoesOnAfterADuplicateFails() {
    Transaction a = serializable();
    find(a, 1001);
    Transaction b = serializable();
    ledger.insert(b, 1001, 1, "b");
    b.commit();
    int mark = a.savepoint();
    assertThat(ledger.put(a, 1001, 2, "a")).isNegative();
    a.rollbackTo(mark);
    assertNotSerializable(a::commit);
  }

  @Test
  void whoTakesAKeyThatWasGivenUpComesAfter() {
    Transaction a = serializable();
    find(a, 1);
    Transaction b = serializable();
    ledger.delete(b, rows[1]);
    b.commit();
    assertNotSerializable(() -> ledger.insert(a, 1, 99, "a"));
  }
}
