package io.quarkgres.storage.memory;

import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Frees undo, index entries and row slots that no snapshot needs any more, in commit order.
 *
 * <p>There is no thread for it: whoever commits does a little more of it than it made itself, so
 * that the work keeps up, and leaves it to another who is at it already. Thread: any.
 */
final class Reclaimer {
  /** A commit looks after this many rows at least. */
  private static final long ROWS_MIN = 64;

  private static final long SHARE = 4;

  /** Closing a snapshot starts work when so many rows wait. */
  private static final long BACKLOG = 1024;

  private final SnapshotRegistry snapshots;
  private final ReentrantLock working = new ReentrantLock();

  /** Rows in undo batches that are not reclaimed. */
  private final LongAdder records = new LongAdder();

  /** The last transaction that was reclaimed; those after it are linked from it. */
  private MemoryTransaction done;

  /** How many log entries of the transaction after {@code done} are reclaimed. */
  private int entriesDone;

  Reclaimer(SnapshotRegistry snapshots, MemoryTransaction first) {
    this.snapshots = snapshots;
    done = first;
  }

  void added(long rows) {
    records.add(rows);
  }

  void dropped(long rows) {
    records.add(-rows);
  }

  long records() {
    return records.sum();
  }

  /** Called after a commit that wrote {@code rows} rows. */
  void committed(long rows) {
    work(Math.max(ROWS_MIN, SHARE * rows));
  }

  /** Called when a snapshot was closed. */
  void released() {
    if (records.sum() > BACKLOG) {
      work(ROWS_MIN);
    }
  }

  private void work(long budget) {
    if (working.tryLock()) {
      try {
        reclaim(budget);
      } finally {
        working.unlock();
      }
    }
  }

  /** Reclaims all that can be, waiting for whoever is at it; returns how many rows. */
  long reclaimAll() {
    working.lock();
    try {
      return reclaim(Long.MAX_VALUE);
    } finally {
      working.unlock();
    }
  }

  /** Runs something while nothing is reclaimed. */
  void pausedWhile(Runnable action) {
    working.lock();
    try {
      action.run();
    } finally {
      working.unlock();
    }
  }

  private long reclaim(long budget) {
    long horizon = snapshots.horizon();
    long rows = 0;
    MemoryTransaction candidate = done.next();
    while (candidate != null && rows < budget) {
      if (candidate.commitTimestamp() == 0 || candidate.commitTimestamp() > horizon) {
        return rows;
      }
      while (entriesDone < candidate.log().size() && rows < budget) {
        if (candidate.log().set(entriesDone++, null) instanceof UndoBatch batch) {
          Reclaim.batch(batch, horizon);
          records.add(-batch.count);
          rows += batch.count;
        }
      }
      if (entriesDone == candidate.log().size()) {
        candidate.log().clear();
        entriesDone = 0;
        done.linkNext(null);
        done = candidate;
        candidate = candidate.next();
      }
    }
    return rows;
  }
}
