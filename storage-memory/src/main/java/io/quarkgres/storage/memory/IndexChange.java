package io.quarkgres.storage.memory;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.storage.memory.tree.PackedKey;
import java.util.Arrays;

/**
 * How an update changed the keys of one index, aligned with the rows of an undo batch. The keys
 * themselves may be absent; which rows have others is always known. Thread: under the chunk's lock.
 */
final class IndexChange {
  private static final int CHANGE_BYTES = 32;
  private static final int ARRAY_BYTES = 16;

  private final MemoryIndex index;

  /** The columns of the keys before, and as many of those after; NULL where they stay. */
  private final UndoValues keys;

  /** Which rows' keys changed; {@code null} for all. */
  private final boolean[] changed;

  /** For an index by distance, the generations before; those after come next. */
  private final int[] oldGenerations;

  IndexChange(MemoryIndex index, UndoValues keys, boolean[] changed, int[] oldGenerations) {
    this.index = index;
    this.keys = keys;
    this.changed = changed;
    this.oldGenerations = oldGenerations;
  }

  MemoryIndex index() {
    return index;
  }

  UndoValues keys() {
    return keys;
  }

  boolean isChanged(int position) {
    return changed == null || changed[position];
  }

  /** Returns a row's key of an ordered index before the change; {@code null} if it had none. */
  PackedKey oldKey(int position) {
    return packed(0, position);
  }

  PackedKey newKey(int position) {
    return packed(1, position);
  }

  private PackedKey packed(int which, int position) {
    BytesColumn column = (BytesColumn) keys.columns()[which];
    return column.isNull(position)
        ? null
        : PackedKey.of(column.heap(), column.starts()[position], column.lengths()[position]);
  }

  /** Returns the keys before, out of the columns that {@link #keys} has or had. */
  static Block before(Column[] columns) {
    return new Block(columns[0].count(), Arrays.copyOf(columns, columns.length / 2));
  }

  /** Returns the keys after, out of the columns that {@link #keys} has or had. */
  static Block after(Column[] columns) {
    return new Block(
        columns[0].count(), Arrays.copyOfRange(columns, columns.length / 2, columns.length));
  }

  int oldGeneration(int position) {
    return oldGenerations[position];
  }

  int newGeneration(int position) {
    return DistanceMemoryIndex.next(oldGenerations[position]);
  }

  void setOldGeneration(int position, int generation) {
    oldGenerations[position] = generation;
  }

  /** Returns about how much memory this takes besides keys that may leave it. */
  long bytes() {
    return CHANGE_BYTES
        + (changed == null ? 0 : ARRAY_BYTES + changed.length)
        + (oldGenerations == null ? 0 : ARRAY_BYTES + 4L * oldGenerations.length)
        + (keys.mayLeave() ? 0 : keys.bytes());
  }
}
