package io.quarkgres.spi.lock;

import io.quarkgres.spi.store.Interruption;

/** Who holds locks and waits: a transaction, or a session for its advisory locks. Thread: any. */
public interface LockOwner {
  /** Returns the flag by which a wait of this owner is ended early. */
  Interruption interruption();

  /**
   * Returns the number by which messages name the owner: a session's process id. 0 if it has none;
   * a transaction bound to a session goes by the session's, otherwise by its own number.
   */
  default long processNumber() {
    return 0;
  }
}
