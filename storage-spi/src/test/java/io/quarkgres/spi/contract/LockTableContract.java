package io.quarkgres.spi.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.lock.LockMode;
import io.quarkgres.spi.lock.LockOwner;
import io.quarkgres.spi.lock.LockTable;
import io.quarkgres.spi.lock.LockTable.Target;
import io.quarkgres.spi.store.Interruption;
import io.quarkgres.spi.store.IsolationLevel;
import io.quarkgres.spi.store.LockOutcome;
import io.quarkgres.spi.store.Transaction;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Heavyweight locks: conflicts, counts, queues, and deadlocks across kinds. */
public abstract class LockTableContract extends StorageContract {
  private static final Target TABLE = new Target(Target.RELATION, 5, 16384);
  private static final Target ADVISORY = new Target(Target.ADVISORY, 5, 42);

  private boolean lock(LockOwner owner, Target target, LockMode mode) {
    storage.locks().lock(owner, target, mode);
    return true;
  }

  private static LockOwner session() {
    Interruption interruption = new Interruption();
    return () -> interruption;
  }

  @Test
  void modesConflictAsDocumented() {
    for (LockMode held : LockMode.values()) {
      for (LockMode wanted : LockMode.values()) {
        Transaction a = begin();
        Transaction b = begin();
        lock(a, TABLE, held);
        assertThat(storage.locks().tryLock(b, TABLE, wanted))
            .isEqualTo(!held.conflictsWith(wanted));
        storage.locks().releaseAll(a);
        assertThat(storage.locks().tryLock(b, TABLE, wanted)).isTrue();
        storage.locks().releaseAll(b);
        a.commit();
        b.commit();
      }
    }
  }

  @Test
  void anOwnerDoesNotConflictWithItself() {
    Transaction a = begin();
    for (LockMode mode : LockMode.values()) {
      lock(a, TABLE, mode);
    }
    assertThat(storage.locks().tryLock(a, TABLE, LockMode.ACCESS_SHARE)).isTrue();
    a.commit();
    assertThat(storage.locks().tryLock(begin(), TABLE, LockMode.ACCESS_EXCLUSIVE)).isTrue();
  }

  @Test
  void locksAreCounted() {
    LockTable locks = storage.locks();
    LockOwner a = session();
    LockOwner b = session();
    lock(a, ADVISORY, LockMode.EXCLUSIVE);
    lock(a, ADVISORY, LockMode.EXCLUSIVE);
    lock(a, ADVISORY, LockMode.SHARE);
    assertThat(locks.unlock(a, ADVISORY, LockMode.EXCLUSIVE)).isTrue();
    assertThat(locks.tryLock(b, ADVISORY, LockMode.SHARE)).isFalse();
    assertThat(locks.unlock(a, ADVISORY, LockMode.EXCLUSIVE)).isTrue();
    assertThat(locks.unlock(a, ADVISORY, LockMode.EXCLUSIVE)).isFalse();
    assertThat(locks.tryLock(b, ADVISORY, LockMode.SHARE)).isTrue();
    assertThat(locks.tryLock(b, ADVISORY, LockMode.EXCLUSIVE)).isFalse();
    assertThat(locks.unlock(b, TABLE, LockMode.SHARE)).isFalse();
    locks.releaseAll(a);
    assertThat(locks.tryLock(b, ADVISORY, LockMode.EXCLUSIVE)).isTrue();
    locks.releaseAll(b);
  }

  @Test
  void aWaitingExclusiveLockHoldsUpLaterReaders() {
    Transaction reader = begin();
    Transaction ddl = begin();
    Transaction late = begin();
    lock(reader, TABLE, LockMode.ACCESS_SHARE);
    CompletableFuture<Boolean> exclusive =
        asyncUntilParked(() -> lock(ddl, TABLE, LockMode.ACCESS_EXCLUSIVE));
    assertThat(storage.locks().tryLock(late, TABLE, LockMode.ACCESS_SHARE)).isFalse();
    CompletableFuture<Boolean> waiting =
        asyncUntilParked(() -> lock(late, TABLE, LockMode.ACCESS_SHARE));
    assertThat(storage.locks().tryLock(reader, TABLE, LockMode.ACCESS_SHARE)).isTrue();
    reader.commit();
    assertThat(get(exclusive)).isTrue();
    assertThat(waiting.isDone()).isFalse();
    ddl.commit();
    assertThat(get(waiting)).isTrue();
  }

  @Test
  void givingUpAWaitLetsThoseBehindGoOn() {
    Transaction reader = begin();
    Interruption interruption = new Interruption();
    Transaction ddl = storage.begin(IsolationLevel.READ_COMMITTED, interruption);
    Transaction late = begin();
    lock(reader, TABLE, LockMode.ACCESS_SHARE);
    CompletableFuture<Boolean> exclusive =
        asyncUntilParked(() -> lock(ddl, TABLE, LockMode.ACCESS_EXCLUSIVE));
    CompletableFuture<Boolean> waiting =
        asyncUntilParked(() -> lock(late, TABLE, LockMode.ACCESS_SHARE));
    interruption.interrupt(new SqlException(SqlState.QUERY_CANCELED, "enough"));
    assertThatThrownBy(() -> get(exclusive)).hasMessage("enough");
    assertThat(get(waiting)).isTrue();
  }

  @Test
  void aDeadlockAcrossKindsIsFound() {
    long row = committed(1, 10, "a");
    Transaction first = begin();
    Transaction second = begin();
    ledger.lock(first, row);
    lock(second, TABLE, LockMode.ACCESS_EXCLUSIVE);
    CompletableFuture<LockOutcome> waiting = asyncUntilParked(() -> ledger.lock(second, row));
    assertThatThrownBy(() -> lock(first, TABLE, LockMode.ROW_EXCLUSIVE))
        .hasMessage("deadlock detected")
        .extracting(e -> ((SqlException) e).detail().lines().findFirst().orElseThrow())
        .isEqualTo(
            "Process %d waits for RowExclusiveLock on relation 16384 of database 5; "
                    .formatted(first.id())
                + "blocked by process %d.".formatted(second.id()));
    first.rollback();
    assertThat(get(waiting)).isEqualTo(LockOutcome.LOCKED);
  }

  @Test
  void aSessionAndItsTransactionAreOneParty() {
    LockOwner session = session();
    Transaction mine = begin();
    storage.locks().bind(session, mine);
    lock(session, ADVISORY, LockMode.EXCLUSIVE);
    assertThat(storage.locks().tryLock(mine, ADVISORY, LockMode.EXCLUSIVE)).isTrue();
    long row = committed(1, 10, "a");
    Transaction other = begin();
    ledger.lock(other, row);
    CompletableFuture<Boolean> waiting =
        asyncUntilParked(() -> lock(other, ADVISORY, LockMode.EXCLUSIVE));
    assertThatThrownBy(() -> ledger.lock(mine, row)).hasMessage("deadlock detected");
    mine.rollback();
    assertThat(waiting.isDone()).isFalse();
    storage.locks().releaseAll(session);
    assertThat(get(waiting)).isTrue();
  }
}
