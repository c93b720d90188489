package io.quarkgres.storage.memory;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.store.Interruption;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Frees undo, index entries and row slots that no snapshot needs any more, in commit order. Beside
 * an old snapshot, what lies behind it is looked through whenever it has doubled ({@link
 * UnseenChanges}).
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

  /** So many rows behind the oldest snapshot are looked through for what nobody sees. */
  private static final long BEHIND_MIN = 1024;

  /** And so many are by who commits; more by a thread of its own. */
  private static final long BEHIND_SHORT = 4096;

  private final SnapshotRegistry snapshots;

  /** Written by who reclaims, read by those who must not see it done. */
  private final ReentrantReadWriteLock working = new ReentrantReadWriteLock();

  /** Rows in undo batches that are not reclaimed. */
  private final LongAdder records = new LongAdder();

  /** About how much memory undo batches take that are not reclaimed, and how much they may. */
  private final LongAdder bytes = new LongAdder();

  private final long bytesMax;

  /** Whether a thread reclaims that may read and take long. */
  private final AtomicBoolean isAside = new AtomicBoolean();

  /** The last transaction that was reclaimed; those after it are linked from it. */
  private MemoryTransaction done;

  /** How many log entries of the transaction after {@code done} are reclaimed. */
  private int entriesDone;

  /** How many rows are looked through next, if a snapshot keeps them. */
  private long behindNext = BEHIND_MIN;

  Reclaimer(SnapshotRegistry snapshots, MemoryTransaction first, long bytesMax) {
    this.snapshots = snapshots;
    this.bytesMax = bytesMax;
    done = first;
  }

  /**
   * Raises 53200 when the undo of all transactions takes too much memory to make more. Called
   * before a change, without locks.
   */
  void requireRoom(Interruption interruption) {
    if (bytes.sum() <= bytesMax) {
      return;
    }
    interruption.requireMayWait();
    reclaimAll();
    if (bytes.sum() > bytesMax) {
      throw new SqlException(
          SqlState.OUT_OF_MEMORY,
          "out of memory",
          "Row versions kept for rollback and for older snapshots take "
              + (bytes.sum() >> 20)
              + " MB.",
          "Commit more often, and end transactions that have been open for long.");
    }
  }

  /** Counts a change that was logged. */
  void added(UndoBatch batch) {
    records.add(batch.count);
    bytes.add(batch.bytes);
  }

  /** Counts a change that is no longer logged. */
  void dropped(UndoBatch batch) {
    records.add(-batch.count);
    bytes.add(-batch.bytes);
  }

  /** Counts rows that came to a change that was logged. */
  void grown(long rows) {
    records.add(rows);
  }

  /** Counts rows that were cut off a change. */
  void cut(long rows) {
    records.add(-rows);
  }

  /** Returns about how much memory undo takes. */
  long bytes() {
    return bytes.sum();
  }

  long records() {
    return records.sum();
  }

  /** Called after a commit that wrote {@code rows} rows. */
  void committed(long rows) {
    work(Math.max(ROWS_MIN, SHARE * rows), false);
  }

  /** Called when a snapshot was closed. */
  void released() {
    if (records.sum() > BACKLOG) {
      work(ROWS_MIN, false);
    }
  }

  private void work(long budget, boolean mayRead) {
    if (working.writeLock().tryLock()) {
      try {
        reclaim(budget, mayRead);
      } finally {
        working.writeLock().unlock();
      }
    }
  }

  /** Reclaims all that can be, waiting for whoever is at it; returns how many rows. */
  long reclaimAll() {
    working.writeLock().lock();
    try {
      return reclaim(Long.MAX_VALUE, true);
    } finally {
      working.writeLock().unlock();
    }
  }

  /** Reclaims all that can be, unless somebody is at it or keeps it from being done. */
  void reclaimIfFree() {
    work(Long.MAX_VALUE, true);
  }

  /** Runs something while nothing is reclaimed. */
  void pausedWhile(Runnable action) {
    working.readLock().lock();
    try {
      action.run();
    } finally {
      working.readLock().unlock();
    }
  }

  /**
   * Reclaims in commit order.
   *
   * @param mayRead whether values may be read back from the disk, and much be looked through, which
   *     is otherwise left to a thread of its own: a commit may be made where nobody may wait
   */
  private long reclaim(long budget, boolean mayRead) {
    long horizon = snapshots.horizon();
    long rows = 0;
    MemoryTransaction candidate = done.next();
    while (candidate != null && rows < budget) {
      if (candidate.commitTimestamp() == 0 || candidate.commitTimestamp() > horizon) {
        lookBehind(mayRead);
        return rows;
      }
      while (entriesDone < candidate.log().size() && rows < budget) {
        if (!mayRead && hasToRead(candidate.log().get(entriesDone))) {
          workAside();
          return rows;
        }
        if (candidate.log().set(entriesDone++, null) instanceof UndoBatch batch) {
          Reclaim.batch(batch, horizon);
          dropped(batch);
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
    behindNext = candidate == null ? BEHIND_MIN : behindNext;
    return rows;
  }

  private void lookBehind(boolean mayTakeLong) {
    long all = records.sum();
    if (all < behindNext) {
      return;
    }
    if (mayTakeLong || all <= BEHIND_SHORT) {
      removeUnseen();
    } else {
      workAside();
    }
  }

  /** Takes out what no snapshot tells from what is kept. */
  void removeUnseen() {
    working.writeLock().lock();
    try {
      UnseenChanges.removeAfter(done, snapshots, this);
      entriesDone = 0; // nobody minds those that are done already
      behindNext = Math.max(BEHIND_MIN, 2 * records.sum());
    } finally {
      working.writeLock().unlock();
    }
  }

  /** The keys of deleted rows are computed from their values, those of updates are kept. */
  private static boolean hasToRead(LogEntry entry) {
    if (!(entry instanceof UndoBatch batch)) {
      return false;
    }
    synchronized (batch.chunk) {
      return switch (batch.kind) {
        case INSERT -> false;
        case UPDATE -> batch.changes.length > 0 && batch.chunk.kept().hasAbsent();
        case DELETE -> batch.chunk.hasAbsent();
      };
    }
  }

  private void workAside() {
    if (isAside.compareAndSet(false, true)) {
      Thread.startVirtualThread(() -> {
        try {
          reclaimAll();
        } finally {
          isAside.set(false);
        }
      });
    }
  }
}
