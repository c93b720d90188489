package io.quarkgres.storage.memory;

import io.quarkgres.spi.data.Column;
import io.quarkgres.storage.memory.cold.ColdFile;
import io.quarkgres.storage.memory.cold.ColdPlace;

/**
 * Values that a change keeps until nobody needs to know what was before it: the columns it changed,
 * or the keys of an index. They never change, and may leave memory for the cold file; what was read
 * back keeps its place there, so that it leaves again for nothing.
 *
 * <p>Thread: under the chunk's lock, but for {@link #read}.
 */
final class UndoValues {
  /** What a column takes besides its values: itself and the heads of its arrays. */
  private static final int COLUMN_BYTES = 64;

  private final Chunk chunk;

  /** About how much memory the columns take. */
  private final long bytes;

  /** Whether they are worth a place in the file. */
  private final boolean mayLeave;

  /** {@code null} while they are in the cold file only, and when nobody may ask any more. */
  private volatile Column[] columns;

  /** Where the cold file has the values, or {@code null}. */
  private volatile ColdPlace place;

  /** Whether the change was undone, or everybody sees it. */
  private boolean isGone;

  /** The neighbours among those of the chunk that are in memory and may leave it. */
  private UndoValues before;

  private UndoValues after;
  private boolean isListed;

  UndoValues(Chunk chunk, Column[] columns) {
    this.chunk = chunk;
    this.columns = columns;
    this.bytes = bytes(columns);
    this.mayLeave = bytes >= chunk.table().memory().undoBytesMin();
  }

  private static long bytes(Column[] columns) {
    long sum = 0;
    for (Column column : columns) {
      sum += column.memoryBytes() + COLUMN_BYTES;
    }
    return sum;
  }

  long bytes() {
    return bytes;
  }

  boolean mayLeave() {
    return mayLeave;
  }

  /** Returns the values, {@code null} if they are absent. */
  Column[] columns() {
    return columns;
  }

  boolean isAbsent() {
    return columns == null;
  }

  ColdPlace place() {
    return place;
  }

  boolean isGone() {
    return isGone;
  }

  /**
   * Reads the values wherever they are, without the chunk's lock. Returns {@code null} if the
   * change was undone meanwhile, so that the row is to be looked at anew.
   */
  Column[] read(ColdFile file) {
    Column[] inMemory = columns;
    if (inMemory != null) {
      return inMemory;
    }
    ColdPlace from = place;
    Column[] read = from == null ? null : UndoFrame.read(file, from);
    if (read != null) {
      return read;
    }
    synchronized (chunk) {
      if (isGone) {
        return null;
      }
    }
    throw ColdFile.corrupted(from);
  }

  /** Those of one chunk that may leave memory, oldest first, and how many have left. */
  static final class OfChunk {
    private final TableMemory memory;
    private UndoValues first;
    private UndoValues last;
    private int absentCount;

    OfChunk(TableMemory memory) {
      this.memory = memory;
    }

    /** Tells whether some are in the cold file only. */
    boolean hasAbsent() {
      return absentCount > 0;
    }

    /** Returns the one that has been in memory for the longest time, or {@code null}. */
    UndoValues first() {
      return first;
    }

    /** Takes values that may leave memory from now on, if they are worth it. */
    void add(UndoValues values) {
      if (values.mayLeave) {
        list(values);
        memory.grown(values.bytes);
      }
    }

    /** Drops values from memory, which a place in the file has. */
    void leave(UndoValues values, ColdPlace where) {
      if (values.place == null) {
        values.place = where;
        memory.keep(where);
      }
      unlist(values);
      values.columns = null;
      absentCount++;
      memory.grown(-values.bytes);
    }

    /** Puts back what was read. */
    void install(UndoValues values, Column[] read) {
      values.columns = read;
      absentCount--;
      list(values);
      memory.grown(values.bytes);
    }

    /**
     * Gives back what values take that were added.
     *
     * @param isUndone whether readers that go on without the lock may still ask for them
     */
    void remove(UndoValues values, boolean isUndone) {
      if (values.isListed) {
        unlist(values);
        memory.grown(-values.bytes);
      } else if (values.isAbsent()) {
        absentCount--;
      }
      values.isGone = true;
      if (values.place != null) {
        memory.free(values.place);
      }
      if (!isUndone) {
        values.columns = null;
      }
    }

    private void list(UndoValues values) {
      values.isListed = true;
      values.before = last;
      if (last == null) {
        first = values;
      } else {
        last.after = values;
      }
      last = values;
    }

    private void unlist(UndoValues values) {
      values.isListed = false;
      if (values.before == null) {
        first = values.after;
      } else {
        values.before.after = values.after;
      }
      if (values.after == null) {
        last = values.before;
      } else {
        values.after.before = values.before;
      }
      values.before = null;
      values.after = null;
    }
  }
}
