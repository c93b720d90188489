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
   * Says what the transaction may do, before its first snapshot. A SERIALIZABLE one that is READ
   * ONLY costs less; one that is DEFERRABLE as well waits with its first snapshot until nothing
   * that it reads can matter, and never fails with 40001.
   */
  void setAccess(boolean isReadOnly, boolean isDeferrable);

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
   * Says that all rows of a table go at once when this transaction commits, and that another table
   * may take its place: TRUNCATE, rewriting, DROP.
   */
  void replaced(TableStore table);

  /**
   * Makes a new table part of what the storage keeps, once this transaction commits. The rows of a
   * table that was never attached are not durable (temporary tables).
   */
  void attach(TableStore table);

  /** Lets go of a table that was attached, once this transaction commits. */
  void detach(TableStore table);

  /** Sets a metadata value, or removes it with {@code null}, once this transaction commits. */
  void put(String key, byte[] value);

  /**
   * Sets a metadata value at once, whatever becomes of this transaction (sequences). It is durable
   * at the latest when this transaction, or one that writes after it, has committed.
   */
  void putNow(String key, byte[] value);

  /** Says whether the commit returns only when it is durable; it does unless told otherwise. */
  void setSynchronous(boolean isSynchronous);

  /** Tells whether {@link #commitSoon} is sure to be short, so that an event loop may call it. */
  boolean isCommitShort();

  /**
   * Commits without waiting for a disk. Raises 40001 if it cannot be serialized, 53100 or 58030 if
   * nothing can be made durable any more; the transaction is then rolled back. What comes back may
   * still raise the latter two; the transaction has ended all the same. Tables and metadata that it
   * attached or put are there only when the commit is done.
   *
   * @param publish run by any thread when the commit is certain, before others see the rows
   */
  PendingCommit commitSoon(Runnable publish);

  /** Commits, and waits until it is done. */
  default void commit(Runnable publish) {
    commitSoon(publish).await();
  }

  /** Commits with nothing to publish. */
  default void commit() {
    commit(() -> {});
  }

  /** Undoes everything and ends the transaction. */
  void rollback();
}
