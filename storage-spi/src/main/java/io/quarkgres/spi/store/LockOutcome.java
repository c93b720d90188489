package io.quarkgres.spi.store;

/** What came of locking a row. Thread: any. */
public enum LockOutcome {
  /** Locked, and its newest version is the one the snapshot sees. */
  LOCKED,
  /** Locked, but its newest version came after the snapshot: re-read with {@code latest()}. */
  CHANGED,
  /** Not locked: the row was deleted after the snapshot. */
  DELETED,
  /** Not locked: the current command itself has already updated or deleted it. */
  SELF_MODIFIED,
  /** Not locked: another transaction holds it and the policy was {@link WaitPolicy#SKIP}. */
  SKIPPED
}
