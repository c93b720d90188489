package io.quarkgres.storage.memory;

import io.quarkgres.spi.data.Column;
import io.quarkgres.storage.memory.cold.ColdFile;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * The values of undo of one chunk that a snapshot needs and that are in the cold file only, and
 * later what was read of them. They never change, so that what is read before a scan comes is as
 * good then. Used by one thread after another.
 */
final class ColdUndo {
  private final Map<UndoValues, Column[]> values = new IdentityHashMap<>();
  private long bytes;

  private ColdUndo() {}

  /** Notes what a snapshot misses of some columns, {@code null} for nothing. Under the lock. */
  static ColdUndo of(Chunk chunk, MemorySnapshot snapshot, int[] projection) {
    ColdUndo result = new ColdUndo();
    for (int slot = 0; slot < chunk.used(); slot++) {
      UndoBatch head = chunk.undo(slot);
      UndoBatch seen = RowReader.firstSeen(head, slot, snapshot);
      for (int c = 0; head != seen && c < projection.length; c++) {
        UndoBatch holder = RowReader.holder(head, slot, seen, projection[c]);
        if (holder != null) {
          result.add(holder.old);
        }
      }
    }
    return result.values.isEmpty() ? null : result;
  }

  private void add(UndoValues wanted) {
    if (wanted.isAbsent() && !values.containsKey(wanted)) {
      values.put(wanted, null);
      bytes += wanted.bytes();
    }
  }

  /** Returns how many bytes are to be read. */
  long bytes() {
    return bytes;
  }

  /** Reads all that is still there. */
  void read(ColdFile file) {
    values.replaceAll((wanted, unread) -> wanted.read(file));
    values.values().removeIf(read -> read == null);
  }

  /** Returns what was read. */
  Map<UndoValues, Column[]> values() {
    return values;
  }
}
