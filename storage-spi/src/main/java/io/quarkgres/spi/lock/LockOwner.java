package io.quarkgres.spi.lock;

import io.quarkgres.spi.store.Interruption;

/** Who holds locks and waits: a transaction, or a session for its advisory locks. Thread: any. */
public interface LockOwner {
  /** Returns the flag by which a wait of this owner is ended early. */
  Interruption interruption();
}
