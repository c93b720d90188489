package io.quarkgres.spi.store;

import io.quarkgres.spi.lock.LockOwner;

/** A transaction of the storage. Used by one thread at a time. */
public interface Transaction extends LockOwner {
  /** Returns the transaction's 64-bit number, never reused. */
  long id();

  /** Returns the isolation level. */
  IsolationLevel isolation();

  /** Changes the isolation level; the transaction has taken no snapshot and written nothing. */
  void setIsolation(IsolationLevel isolation);

  /**
   * Returns a snapshot for the next statement: of now (READ COMMITTED) or of the first call, but
   * seeing the transaction's own earlier commands. The caller closes it.
   */
  Snapshot snapshot();

  /**
   * Returns a snapshot that sees the newest committed versions and all that this transaction did
   * before the current command, whatever the isolation level: for re-checking a row after a wait
   * and for referential checks. The caller closes it.
   */
  Snapshot latest();

  /**
   * Begins the next command: what was written so far becomes visible to snapshots taken from now on
   * in this transaction.
   */
  void nextCommand();

  /** Marks a point to which {@link #rollbackTo} can return; marks nest. */
  int savepoint();

  /** Undoes all writes since the mark; row locks taken since then are released. */
  void rollbackTo(int savepoint);

  /** Forgets a mark and those after it; what was written since stays. */
  void release(int savepoint);

  /** Tells whether the transaction has written any row. */
  boolean hasWritten();

  /**
   * Commits; returns the commit timestamp (0 for a transaction that wrote nothing). Raises 40001 if
   * it cannot be serialized; the transaction is then rolled back.
   */
  long commit();

  /** Undoes everything and ends the transaction. */
  void rollback();
}
