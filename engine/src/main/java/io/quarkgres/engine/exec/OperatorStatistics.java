package io.quarkgres.engine.exec;

import java.util.LinkedHashMap;
import java.util.Map;

/** What an operator did, for EXPLAIN ANALYZE. Used by the statement's thread. */
public final class OperatorStatistics {
  private long rows;
  private long loops;
  private long nanos;
  private long firstNanos = -1;

  private final Map<String, Object> notes = new LinkedHashMap<>();

  /** Notes something particular to the operator; the last loop's word stands. */
  public void note(String name, String value) {
    notes.put(name, value);
  }

  /** Counts something particular to the operator, over all loops. */
  public void count(String name, long n) {
    notes.merge(name, n, (a, b) -> (Long) a + (Long) b);
  }

  /**
   * Notes how rows were sorted and what that took of memory or disk; the last loop's word stands.
   */
  public void sorted(String method, long bytes, String where) {
    notes.put("Sort Method", method);
    notes.put("Sort Space Used", kilobytes(bytes));
    notes.put("Sort Space Type", where);
  }

  /** Notes in how many parts a hash table was filled and what it took; the most of all loops. */
  public void hashed(long batches, long peakBytes, long diskBytes) {
    notes.merge("Batches", batches, OperatorStatistics::greater);
    notes.merge("Peak Memory Usage", kilobytes(peakBytes), OperatorStatistics::greater);
    if (diskBytes > 0) {
      notes.merge("Disk Usage", kilobytes(diskBytes), OperatorStatistics::greater);
    }
  }

  private static Object greater(Object a, Object b) {
    return Math.max((Long) a, (Long) b);
  }

  private static long kilobytes(long bytes) {
    return (bytes + 1023) / 1024;
  }

  /** Returns what is particular to the operator: texts, and numbers over all loops. */
  public Map<String, Object> notes() {
    return notes;
  }

  public void add(long newRows, long newNanos) {
    nanos += newNanos;
    rows += newRows;
    if (firstNanos < 0) {
      firstNanos = nanos;
    }
  }

  /** Adds what the same operator did in another thread: every worker is a loop. */
  public void add(OperatorStatistics worker) {
    nanos += worker.nanos;
    rows += worker.rows;
    loops += worker.loops;
    firstNanos = firstNanos < 0 ? worker.firstNanos : Math.max(firstNanos, worker.firstNanos);
    worker.notes.forEach((name, value) -> {
      if (value instanceof Long n) {
        count(name, n);
      } else {
        notes.put(name, value);
      }
    });
  }

  public void addLoop() {
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
