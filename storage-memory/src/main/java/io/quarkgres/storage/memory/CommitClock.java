package io.quarkgres.storage.memory;

/**
 * The order of commits. A commit stamps its transaction and then moves the clock, so that a
 * snapshot taken from the clock sees all of it or nothing. Thread: any.
 */
final class CommitClock {
  private volatile long now = 1;

  /** The newest of the committed transactions that still have undo, linked oldest first. */
  private MemoryTransaction newest;

  CommitClock(MemoryTransaction first) {
    newest = first;
  }

  /** Returns the timestamp of the newest commit. */
  long now() {
    return now;
  }

  /** Commits a transaction that has written; a handful of instructions under the lock. */
  synchronized long commit(MemoryTransaction transaction) {
    long timestamp = now + 1;
    newest.linkNext(transaction);
    newest = transaction;
    transaction.stamp(timestamp);
    now = timestamp;
    return timestamp;
  }
}
