package io.quarkgres.storage.memory;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Predicate;

/**
 * Reads the absent columns of the chunks that a scan will come to next, by virtual threads, while
 * it works on those before. Used by one thread.
 */
final class ScanAhead {
  private static final int CHUNKS = 8;

  private final MemoryTable table;
  private final int[] projection;
  private final int end;
  private final Predicate<Chunk> wanted;

  /** What is being read of chunk {@code n} is at {@code n % CHUNKS}. */
  private final Reading[] readings = new Reading[CHUNKS];

  private int next;
  private long bytes;

  private record Reading(ColdColumns columns, FutureTask<Boolean> task) {}

  /**
   * Makes what reads for a scan.
   *
   * @param end the chunk behind the last one
   * @param wanted tells, under a chunk's lock, whether the scan will read it
   */
  ScanAhead(MemoryTable table, int[] projection, int end, Predicate<Chunk> wanted) {
    this.wanted = wanted;
    this.table = table;
    this.projection = projection;
    this.end = end;
  }

  /**
   * Reads what a scan misses in a chunk, and begins with the chunks behind it. Returns {@code null}
   * if the chunk has other values by now.
   */
  ColdColumns read(ColdColumns asked) {
    int number = (int) (asked.chunk().firstRow() >>> Chunk.SHIFT);
    Reading reading = readings[number % CHUNKS];
    boolean isBegun = reading != null && reading.columns.chunk() == asked.chunk();
    forget(number);
    begin(number + 1);
    if (isBegun && reading.columns.covers(asked) && isRead(reading)) {
      return reading.columns;
    }
    return asked.read() ? asked : null;
  }

  /** Forgets what was read of chunks up to one. */
  private void forget(int number) {
    for (int i = 0; i < CHUNKS; i++) {
      Reading reading = readings[i];
      if (reading != null && reading.columns.chunk().firstRow() >>> Chunk.SHIFT <= number) {
        bytes -= reading.columns.bytes();
        readings[i] = null;
      }
    }
  }

  private void begin(int from) {
    next = Math.max(next, from);
    long bytesMax = table.storage().columnMemory().aheadBytes();
    while (next < end && next < from + CHUNKS - 1 && (bytes < bytesMax || next == from)) {
      Chunk chunk = table.chunk(next);
      ColdColumns cold;
      synchronized (chunk) {
        cold = chunk.hasAbsent() && wanted.test(chunk) ? ColdColumns.of(chunk, projection) : null;
      }
      if (cold != null) {
        bytes += cold.bytes();
        FutureTask<Boolean> task = new FutureTask<>(cold::read);
        readings[next % CHUNKS] = new Reading(cold, task);
        Thread.startVirtualThread(task);
      }
      next++;
    }
  }

  /** Waits for what was begun; an error is left to who reads again. */
  private static boolean isRead(Reading reading) {
    boolean wasInterrupted = false;
    try {
      while (true) {
        try {
          return reading.task.get();
        } catch (InterruptedException e) {
          wasInterrupted = true;
        } catch (ExecutionException e) {
          return false;
        }
      }
    } finally {
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
