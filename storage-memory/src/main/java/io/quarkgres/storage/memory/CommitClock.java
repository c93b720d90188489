package io.quarkgres.storage.memory;

/**
 * The order of commits. A commit is decided: it has its timestamp and place, and those who write
 * the same rows go on from it. Once it is durable the clock is moved to it, so that snapshots taken
 * from the clock see all of it, and before that nothing. Thread: any.
 */
final class CommitClock {
  /** The timestamp up to which commits are shown. */
  private volatile long now = 1;

  /** The newest timestamp given out. */
  private volatile long decided = 1;

  /** The newest of the committed transactions that still have undo, linked oldest first. */
  private MemoryTransaction newest;

  CommitClock(MemoryTransaction first) {
    newest = first;
  }

  /** Returns the timestamp of the newest commit that is shown. */
  long now() {
    return now;
  }

  /** Returns the timestamp of the newest commit that is decided. */
  long decided() {
    return decided;
  }

  /** Decides a commit; a handful of instructions under the lock. */
  synchronized long decide(MemoryTransaction transaction) {
    long timestamp = decided + 1;
    newest.linkNext(transaction);
    newest = transaction;
    transaction.stamp(timestamp);
    decided = timestamp;
    return timestamp;
  }

  /** Shows all commits up to a timestamp. */
  synchronized void show(long timestamp) {
    now = Math.max(now, timestamp);
  }
}
