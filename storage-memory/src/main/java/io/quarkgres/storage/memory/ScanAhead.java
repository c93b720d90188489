package io.quarkgres.storage.memory;

import io.quarkgres.spi.data.Column;
import io.quarkgres.storage.memory.cold.ColdFile;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Predicate;

/**
 * Reads the absent columns of the chunks that a scan will come to next, and the absent values of
 * undo that it needs, by virtual threads, while it works on those before. Used by one thread.
 */
final class ScanAhead {
  private static final int CHUNKS = 8;

  private final MemoryTable table;
  private final MemorySnapshot snapshot;
  private final int[] projection;
  private final int end;
  private final Predicate<Chunk> wanted;

  /** What is being read of chunk {@code n} is at {@code n % CHUNKS}. */
  private final Reading[] readings = new Reading[CHUNKS];

  private int next;
  private long bytes;

  /** The chunk that the scan is at, and what was begun of it, {@code null} for nothing. */
  private Chunk at;

  private Reading reached;

  /** What is read of a chunk: columns or values of undo, or both. */
  private record Reading(
      Chunk chunk, ColdColumns columns, ColdUndo undo, FutureTask<Boolean> task) {
    long bytes() {
      return (columns == null ? 0 : columns.bytes()) + (undo == null ? 0 : undo.bytes());
    }
  }

  /**
   * Makes what reads for a scan.
   *
   * @param end the chunk behind the last one
   * @param wanted tells, under a chunk's lock, whether the scan will read it
   */
  ScanAhead(
      MemoryTable table,
      MemorySnapshot snapshot,
      int[] projection,
      int end,
      Predicate<Chunk> wanted) {
    this.wanted = wanted;
    this.table = table;
    this.snapshot = snapshot.quiet();
    this.projection = projection;
    this.end = end;
  }

  /**
   * Reads what a scan misses in a chunk, and begins with the chunks behind it. Returns {@code null}
   * if the chunk has other values by now.
   */
  ColdColumns read(ColdColumns asked) {
    Reading reading = reach(asked.chunk());
    if (reading != null
        && reading.columns != null
        && reading.columns.covers(asked)
        && isRead(reading)) {
      return reading.columns;
    }
    return asked.read() ? asked : null;
  }

  /** Returns the values of undo of a chunk that are read already, and begins with those behind. */
  Map<UndoValues, Column[]> undo(Chunk chunk) {
    Reading reading = reach(chunk);
    return reading != null && reading.undo != null && isRead(reading)
        ? reading.undo.values()
        : Map.of();
  }

  /** Begins with the chunks behind one; returns what was begun of it before, or {@code null}. */
  private Reading reach(Chunk chunk) {
    if (at != chunk) {
      int number = (int) (chunk.firstRow() >>> Chunk.SHIFT);
      Reading reading = readings[number % CHUNKS];
      reached = reading != null && reading.chunk == chunk ? reading : null;
      at = chunk;
      forget(number);
      begin(number + 1);
    }
    return reached;
  }

  /** Forgets what was read of chunks up to one. */
  private void forget(int number) {
    for (int i = 0; i < CHUNKS; i++) {
      Reading reading = readings[i];
      if (reading != null && reading.chunk.firstRow() >>> Chunk.SHIFT <= number) {
        bytes -= reading.bytes();
        readings[i] = null;
      }
    }
  }

  private void begin(int from) {
    next = Math.max(next, from);
    long bytesMax = table.storage().columnMemory().aheadBytes();
    while (next < end && next < from + CHUNKS - 1 && (bytes < bytesMax || next == from)) {
      begin(table.chunk(next));
      next++;
    }
  }

  private void begin(Chunk chunk) {
    ColdColumns cold = null;
    ColdUndo undo = null;
    synchronized (chunk) {
      if ((chunk.hasAbsent() || chunk.kept().hasAbsent()) && wanted.test(chunk)) {
        cold = chunk.hasAbsent() ? ColdColumns.of(chunk, projection) : null;
        undo = chunk.kept().hasAbsent() ? ColdUndo.of(chunk, snapshot, projection) : null;
      }
    }
    if (cold != null || undo != null) {
      FutureTask<Boolean> task = task(cold, undo);
      Reading reading = new Reading(chunk, cold, undo, task);
      bytes += reading.bytes();
      readings[next % CHUNKS] = reading;
      Thread.startVirtualThread(task);
    }
  }

  private FutureTask<Boolean> task(ColdColumns cold, ColdUndo undo) {
    ColdFile file = table.storage().columnMemory().file();
    return new FutureTask<>(() -> {
      if (undo != null) {
        undo.read(file);
      }
      return cold == null || cold.read();
    });
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
