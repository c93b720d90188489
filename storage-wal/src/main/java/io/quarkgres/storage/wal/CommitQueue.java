package io.quarkgres.storage.wal;

import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.store.PendingCommit;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The commits that are decided but not shown yet, in the order of their records: each is shown when
 * its record is on disk and all before it are shown. Thread: any; the thread that has written the
 * log shows what has become durable, and without such a thread whoever waits.
 */
final class CommitQueue {
  private static final System.Logger LOG = System.getLogger("io.quarkgres.storage.wal");

  private final WalLog log;
  private final Queue<Commit> queue = new ConcurrentLinkedQueue<>();

  /** Held while commits are shown; taken before all other locks. */
  private final ReentrantLock showing = new ReentrantLock();

  /** The last record that a commit waits for; guarded by the log's lock. */
  private long newest;

  CommitQueue(WalLog log) {
    this.log = log;
  }

  /** What becomes of a commit. */
  interface Outcome {
    /** The commit is certain: it is to be shown. */
    void certain();

    /** The commit is in doubt. */
    void inDoubt();
  }

  /** A commit in the queue. */
  private final class Commit implements PendingCommit {
    private final Outcome outcome;

    /** The record that must be on disk; set before the commit is in the queue. */
    private long record;

    private volatile boolean isSettled;
    private volatile Thread waiting;
    private SqlException error;

    /** Guarded by this commit. */
    private Consumer<SqlException> then;

    Commit(Outcome outcome) {
      this.outcome = outcome;
    }

    @Override
    public boolean isDone() {
      return isSettled && error == null;
    }

    @Override
    public void await() {
      if (!log.hasWriter()) {
        log.flushQuietly(record);
        settle();
      } else if (!isSettled) {
        waiting = Thread.currentThread();
        log.want(record);
        park();
      }
      if (error != null) {
        throw WalErrors.again(error);
      }
    }

    private void park() {
      boolean wasInterrupted = false;
      while (!isSettled) {
        LockSupport.park(this);
        wasInterrupted |= Thread.interrupted();
      }
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void whenDone(Consumer<SqlException> callback) {
      synchronized (this) {
        if (!isSettled) {
          then = callback;
          log.want(record);
          return;
        }
      }
      callback.accept(error);
    }

    private void end(SqlException failure) {
      SqlException raised = failure;
      try {
        if (failure == null) {
          outcome.certain();
        } else {
          outcome.inDoubt();
        }
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "a commit could not be shown", e);
        raised = WalErrors.notShown(e);
      }
      Consumer<SqlException> callback;
      synchronized (this) {
        error = raised;
        isSettled = true;
        callback = then;
      }
      LockSupport.unpark(waiting);
      if (callback != null) {
        callback.accept(raised);
      }
    }
  }

  /**
   * Adds a commit, under the log's lock.
   *
   * @param after the record it waits for at least, 0 for none but those before it
   */
  private void add(Commit commit, long after, Runnable decide) {
    newest = Math.max(newest, after);
    commit.record = newest;
    decide.run();
    queue.add(commit);
  }

  /**
   * Appends a transaction's last record and decides the transaction at that moment.
   *
   * @param changes what the record has, {@code null} for no record
   * @param after a record before this one that the commit waits for, 0 for none
   * @param isSynchronous whether it waits for its own record, too
   */
  PendingCommit append(
      long transaction,
      ByteSink changes,
      long after,
      boolean isSynchronous,
      Runnable decide,
      Outcome outcome) {
    Commit commit = new Commit(outcome);
    if (changes == null) {
      log.atEnd(() -> add(commit, isSynchronous ? after : 0, decide));
    } else {
      log.append(
          WalLog.COMMIT,
          transaction,
          changes,
          number -> add(commit, isSynchronous ? number : 0, decide));
    }
    if (commit.record <= log.durable() || log.failure() != null) {
      settle();
    }
    return commit;
  }

  /** Shows what has become durable; gives up the rest if nothing can become durable any more. */
  void settle() {
    showing.lock();
    try {
      SqlException failure = log.failure();
      long durable = log.durable();
      for (Commit next = queue.peek();
          next != null && (next.record <= durable || failure != null);
          next = queue.peek()) {
        queue.poll();
        next.end(next.record <= durable ? null : failure);
      }
    } finally {
      showing.unlock();
    }
  }
}
