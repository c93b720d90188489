package io.quarkgres.storage.memory;

import io.quarkgres.spi.store.RowLockMode;
import java.util.Arrays;

/**
 * The row locks of one transaction in the order it took them, so that they can be given back. Rows
 * that follow each other in a chunk are one entry, so that an update of a whole table keeps one for
 * each chunk. Used by the transaction's thread.
 */
final class HeldRowLocks {
  private static final RowLockMode[] MODES = RowLockMode.values();
  private static final int FIRST = 4;

  private final MemoryTransaction transaction;

  /** For each entry, the chunk, the first slot, how many, and the mode held before or -1. */
  private Chunk[] chunks = new Chunk[FIRST];

  private short[] slots = new short[FIRST];
  private short[] counts = new short[FIRST];
  private byte[] before = new byte[FIRST];
  private int size;

  /** Entries before this one take no more rows, as a savepoint has counted them. */
  private int closed;

  HeldRowLocks(MemoryTransaction transaction) {
    this.transaction = transaction;
  }

  /** Notes a lock that was taken or strengthened. */
  void add(Chunk chunk, int slot, RowLockMode held) {
    byte mode = (byte) (held == null ? -1 : held.ordinal());
    int last = size - 1;
    if (last >= closed
        && chunks[last] == chunk
        && before[last] == mode
        && slots[last] + counts[last] == slot) {
      counts[last]++;
      return;
    }
    if (size == slots.length) {
      chunks = Arrays.copyOf(chunks, size * 2);
      slots = Arrays.copyOf(slots, size * 2);
      counts = Arrays.copyOf(counts, size * 2);
      before = Arrays.copyOf(before, size * 2);
    }
    chunks[size] = chunk;
    slots[size] = (short) slot;
    counts[size] = 1;
    before[size++] = mode;
  }

  /** Marks the locks held now; returns what {@link #releaseTo} takes to get back to them. */
  int mark() {
    closed = size;
    return size;
  }

  /** Gives back, newest first, the locks taken since a mark. */
  void releaseTo(int mark) {
    while (size > mark) {
      Chunk chunk = chunks[size - 1];
      synchronized (chunk) {
        int released = 0;
        while (size > mark && chunks[size - 1] == chunk) {
          released += release(--size);
        }
        chunk.trimLocks(released);
      }
    }
    closed = size;
  }

  private int release(int entry) {
    RowLockMode held = before[entry] < 0 ? null : MODES[before[entry]];
    for (int i = counts[entry] - 1; i >= 0; i--) {
      RowLocks.release(chunks[entry], slots[entry] + i, transaction, held);
    }
    chunks[entry] = null;
    return counts[entry];
  }
}
