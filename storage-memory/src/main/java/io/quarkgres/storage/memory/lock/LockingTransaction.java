package io.quarkgres.storage.memory.lock;

import io.quarkgres.spi.lock.LockOwner;

/**
 * A transaction as an owner of locks: it brings the list of what it holds, and the session that it
 * counts as one party with. Used by the transaction's thread, the session by any.
 */
public interface LockingTransaction extends LockOwner {
  /** Returns the relation and advisory locks that the transaction holds. */
  HeldLocks heldLocks();

  /** Returns the session that runs the transaction, {@code null} before it is bound to one. */
  LockOwner session();

  /** Makes a session and the transaction one party. */
  void bind(LockOwner session);
}
