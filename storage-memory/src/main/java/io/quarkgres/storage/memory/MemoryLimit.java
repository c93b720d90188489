package io.quarkgres.storage.memory;

import io.quarkgres.spi.store.StorageProvider;
import io.quarkgres.storage.memory.cold.ColdBytes;
import io.quarkgres.storage.memory.cold.TemporaryBytes;
import java.nio.file.Path;
import java.util.Map;

/**
 * How much memory data may take, and where the rest goes. Thread: any.
 *
 * @param bytes the values of rows, their old versions and indexes may take so much together
 * @param cold makes the file for values that do not fit
 */
public record MemoryLimit(long bytes, ColdBytes.Opener cold) {
  /** The part of the heap that data may take, in percent; statements work in the rest. */
  private static final int MOST_PERCENT = 60;

  /** So much of the heap is left to statements: blocks of long values do not shrink with it. */
  private static final long WORK_BYTES = 96 << 20;

  /** Of a heap that is hardly larger than that, data may have this part. */
  private static final int LEAST_PART = 4;

  /** Makes a limit with a file in a folder; {@code null} for where the system keeps such files. */
  public static MemoryLimit of(long bytes, Path folder) {
    return new MemoryLimit(bytes, () -> TemporaryBytes.open(folder));
  }

  /** Reads a storage's options; what is more than the heap has room for is cut down to that. */
  public static MemoryLimit of(Map<String, String> options, Path folder) {
    String given = options.get(StorageProvider.MEMORY_LIMIT);
    long most = mostBytes(Runtime.getRuntime().maxMemory());
    return of(given == null ? most : Math.min(most, Long.parseLong(given)), folder);
  }

  /** Returns the most that data may take of a heap, and what it may if nobody says how much. */
  static long mostBytes(long heapBytes) {
    long share = heapBytes / 100 * MOST_PERCENT;
    return Math.max(heapBytes / LEAST_PART, Math.min(share, heapBytes - WORK_BYTES));
  }
}
