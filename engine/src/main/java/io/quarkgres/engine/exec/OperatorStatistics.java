package io.quarkgres.engine.exec;

/** What an operator did, for EXPLAIN ANALYZE. Used by the statement's thread. */
public final class OperatorStatistics {
  private long rows;
  private long loops;
  private long nanos;
  private long firstNanos = -1;

  void add(long newRows, long newNanos) {
    nanos += newNanos;
    rows += newRows;
    if (firstNanos < 0) {
      firstNanos = nanos;
    }
  }

  /** Adds what the same operator did in another thread: every worker is a loop. */
  void add(OperatorStatistics worker) {
    nanos += worker.nanos;
    rows += worker.rows;
    loops += worker.loops;
    firstNanos = firstNanos < 0 ? worker.firstNanos : Math.max(firstNanos, worker.firstNanos);
  }

  void addLoop() {
    loops++;
  }

  /** Returns how many rows it yielded in all loops. */
  public long rows() {
    return rows;
  }

  /** Returns how often it was run. */
  public long loops() {
    return loops;
  }

  /** Returns the time spent in it and its inputs, in nanoseconds. */
  public long nanos() {
    return nanos;
  }

  /** Returns the time until its first answer, in nanoseconds. */
  public long firstNanos() {
    return Math.max(0, firstNanos);
  }
}
