package io.quarkgres.storage.memory;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.store.IsolationLevel;
import io.quarkgres.spi.store.LockOutcome;
import io.quarkgres.spi.store.RowLockMode;
import io.quarkgres.spi.store.WaitPolicy;
import io.quarkgres.storage.memory.lock.WaitGraph;

/** Locks a row for a transaction and tells how it stands to the snapshot. Thread: any. */
final class RowLocker {
  private RowLocker() {}

  static LockOutcome lock(
      MemoryTable table,
      MemoryTransaction transaction,
      MemorySnapshot snapshot,
      long row,
      RowLockMode mode,
      WaitPolicy policy) {
    Chunk chunk = table.chunkOf(row);
    int slot = MemoryTable.slotOf(row);
    RowLocks.RowWaiter waiter;
    synchronized (chunk) {
      if (RowLocks.isFree(chunk, slot, transaction, mode, null)) {
        return take(chunk, slot, transaction, snapshot, mode);
      }
      waiter =
          switch (policy) {
            case SKIP -> null;
            case ERROR -> throw notAvailable();
            case WAIT -> {
              transaction.interruption().requireMayWait();
              yield RowLocks.enqueue(transaction, chunk, slot, mode);
            }
          };
    }
    return waiter == null
        ? LockOutcome.SKIPPED
        : await(table.storage().waits(), waiter, transaction, snapshot);
  }

  private static LockOutcome await(
      WaitGraph waits,
      RowLocks.RowWaiter waiter,
      MemoryTransaction transaction,
      MemorySnapshot snapshot) {
    Chunk chunk = waiter.chunk();
    try {
      while (true) {
        waits.await(waiter);
        synchronized (chunk) {
          waiter.rearm();
          if (RowLocks.isFree(chunk, waiter.slot(), transaction, waiter.mode(), waiter)) {
            return take(chunk, waiter.slot(), transaction, snapshot, waiter.mode());
          }
        }
      }
    } finally {
      synchronized (chunk) {
        RowLocks.dequeue(waiter);
      }
    }
  }

  private static LockOutcome take(
      Chunk chunk,
      int slot,
      MemoryTransaction transaction,
      MemorySnapshot snapshot,
      RowLockMode mode) {
    LockOutcome outcome = judge(chunk, slot, transaction, snapshot);
    boolean isFixed = transaction.isolation() != IsolationLevel.READ_COMMITTED;
    if (isFixed
        && outcome == LockOutcome.CHANGED
        && mode == RowLockMode.KEY_SHARE
        && isKeySeen(chunk, slot, snapshot)) {
      outcome = LockOutcome.LOCKED;
    }
    switch (outcome) {
      case LOCKED -> RowLocks.take(chunk, slot, transaction, mode);
      case CHANGED -> {
        if (isFixed) {
          throw notSerializable("update");
        }
        RowLocks.take(chunk, slot, transaction, mode);
      }
      case DELETED -> {
        if (isFixed) {
          // PostgreSQL's words for a row that was only to be locked
          throw notSerializable(
              mode == RowLockMode.KEY_SHARE || mode == RowLockMode.SHARE ? "update" : "delete");
        }
      }
      case SELF_MODIFIED, SKIPPED -> {}
    }
    return outcome;
  }

  /** Tells whether what came to a row since a snapshot has left its unique keys alone. */
  private static boolean isKeySeen(Chunk chunk, int slot, MemorySnapshot snapshot) {
    for (UndoBatch link = chunk.undo(slot);
        link != null && !snapshot.sees(link);
        link = link.older(slot)) {
      if (link.kind != UndoBatch.Kind.UPDATE) {
        return false;
      }
      for (IndexChange change : link.changes) {
        if (change.index().spec().unique() && change.isChanged(link.position(slot))) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * Compares a row's newest version, leaving aside changes of other open transactions (which a lock
   * that may be had beside theirs does not mind), with the snapshot.
   */
  private static LockOutcome judge(
      Chunk chunk, int slot, MemoryTransaction transaction, MemorySnapshot snapshot) {
    boolean exists = chunk.isLive(slot);
    UndoBatch link = chunk.undo(slot);
    while (link != null
        && link.transaction != transaction
        && link.transaction.isOpenTo(transaction)) {
      exists = RowReader.existedBefore(link);
      link = link.older(slot);
    }
    if (link == null || snapshot.sees(link)) {
      return exists ? LockOutcome.LOCKED : LockOutcome.DELETED;
    }
    if (link.transaction == transaction) {
      return LockOutcome.SELF_MODIFIED;
    }
    return exists ? LockOutcome.CHANGED : LockOutcome.DELETED;
  }

  private static SqlException notAvailable() {
    return new SqlException(
        SqlState.LOCK_NOT_AVAILABLE, "could not obtain lock on row in relation");
  }

  private static SqlException notSerializable(String what) {
    return new SqlException(
        SqlState.T_R_SERIALIZATION_FAILURE, "could not serialize access due to concurrent " + what);
  }
}
