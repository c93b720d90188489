package io.quarkgres.storage.memory;

import io.quarkgres.spi.data.Column;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * One change of some rows of one chunk by one command: what a transaction's log holds, and the link
 * by which each of these rows leads from its newer versions to the older ones. So a change of a
 * thousand rows is one object. Thread: published and read under the chunk's lock, but for what is
 * final; scans follow links without it, which change only for those who have no use for them.
 */
final class UndoBatch implements LogEntry {
  /** What was done to the rows. */
  enum Kind {
    INSERT,
    UPDATE,
    DELETE
  }

  static final IndexChange[] NO_CHANGES = {};

  /** The object itself, with its place in the log and what its transaction takes. */
  private static final int BATCH_BYTES = 160;

  private static final int ARRAY_BYTES = 16;

  final MemoryTransaction transaction;
  final int command;
  final Kind kind;
  final Chunk chunk;

  /** The rows, by slot, ascending: {@code size} of them from {@link #from} on. */
  final int[] slots;

  final int from;
  private final int size;

  /** How many of them take part: an update may grow row by row, and end at a conflict. */
  int count;

  /** The columns an update changed, and their values before, aligned with the rows. */
  final int[] changed;

  final UndoValues old;

  /** Changed index keys of an update; grows when an index is added beside old versions. */
  IndexChange[] changes;

  /** About how much memory the change keeps besides values that may leave it. */
  final long bytes;

  /** Whether every snapshot sees the change, so that nobody needs what was before. */
  boolean reclaimed;

  /** The next older change of all rows, unless {@link #olders} has one for each. */
  private UndoBatch older;

  private UndoBatch[] olders;

  private UndoBatch(
      MemoryTransaction transaction,
      Kind kind,
      Chunk chunk,
      int[] slots,
      int count,
      int[] changed,
      UndoValues old,
      IndexChange[] changes) {
    this.transaction = transaction;
    this.command = transaction.command();
    this.kind = kind;
    this.chunk = chunk;
    boolean isRun = slots[count - 1] - slots[0] == count - 1;
    this.slots = isRun ? Chunk.ALL_SLOTS : slots;
    this.from = isRun ? slots[0] : 0;
    this.size = count;
    this.count = kind == Kind.UPDATE ? 0 : count;
    this.changed = changed;
    this.old = old;
    this.changes = changes;
    if (kind != Kind.INSERT) {
      link();
    }
    this.bytes = ownBytes(isRun);
  }

  /** Makes the insertion of rows into slots that nothing is known of. */
  static UndoBatch insert(MemoryTransaction transaction, Chunk chunk, int[] slots, int count) {
    return new UndoBatch(transaction, Kind.INSERT, chunk, slots, count, null, null, NO_CHANGES);
  }

  /** Makes the deletion of rows. */
  static UndoBatch delete(MemoryTransaction transaction, Chunk chunk, int[] slots) {
    return new UndoBatch(
        transaction, Kind.DELETE, chunk, slots, slots.length, null, null, NO_CHANGES);
  }

  /** Makes a change of columns of rows, of which none takes part yet. */
  static UndoBatch update(
      MemoryTransaction transaction,
      Chunk chunk,
      int[] slots,
      int[] changed,
      Column[] old,
      IndexChange[] changes) {
    return new UndoBatch(
        transaction,
        Kind.UPDATE,
        chunk,
        slots,
        slots.length,
        changed,
        new UndoValues(chunk, old),
        changes);
  }

  /** Notes what the rows' newest changes are by now. */
  private void link() {
    older = chunk.undo(slot(0));
    for (int i = 1; i < size; i++) {
      UndoBatch below = chunk.undo(slot(i));
      if (olders == null && below != older) {
        olders = new UndoBatch[size];
        Arrays.fill(olders, 0, i, older);
      }
      if (olders != null) {
        olders[i] = below;
      }
    }
  }

  private long ownBytes(boolean isRun) {
    long sum = BATCH_BYTES + (isRun ? 0 : ARRAY_BYTES + 4L * slots.length);
    sum += olders == null ? 0 : ARRAY_BYTES + 4L * size;
    sum += old == null || old.mayLeave() ? 0 : old.bytes();
    for (IndexChange change : changes) {
      sum += change.bytes();
    }
    return sum;
  }

  /** Puts this change on top of the chains of its rows. */
  void push() {
    for (int i = 0; i < count; i++) {
      chunk.setUndo(slot(i), this);
    }
  }

  /** Lets the next rows of an update take part. */
  void grow(int rows) {
    for (int i = count; i < count + rows; i++) {
      UndoBatch below = chunk.undo(slot(i));
      if (below != older(slot(i))) { // what was there at first is gone
        lead(i, below);
      }
      chunk.setUndo(slot(i), this);
    }
    count += rows;
  }

  private void lead(int position, UndoBatch below) {
    UndoBatch[] each = eachOlder();
    each[position] = below;
    setOlders(each);
  }

  private UndoBatch[] eachOlder() {
    UndoBatch[] each = new UndoBatch[size];
    for (int i = 0; i < size; i++) {
      each[i] = older(slot(i));
    }
    return each;
  }

  /** Scans may follow the links meanwhile. */
  private void setOlders(UndoBatch[] each) {
    VarHandle.releaseFence();
    olders = each;
  }

  /** Returns the slot of a row by its position. */
  int slot(int position) {
    return slots[from + position];
  }

  long rowId(int position) {
    return chunk.firstRow() + slot(position);
  }

  /** Returns the position of a row that takes part, or did. */
  int position(int slot) {
    int first = slots[from];
    int guess = from + slot - first;
    return guess < from + size && slots[guess] == slot
        ? guess - from
        : Arrays.binarySearch(slots, from, from + size, slot) - from;
  }

  /** Returns the next older change of a row that takes part, or {@code null}. */
  UndoBatch older(int slot) {
    UndoBatch[] each = olders;
    return each == null ? older : each[position(slot)];
  }

  /** Leads past an older change from now on, also those who follow links without the lock. */
  void leaveOut(UndoBatch gone) {
    if (olders == null && gone.olders == null) {
      older = gone.older;
      return;
    }
    UndoBatch[] each = eachOlder();
    for (int i = 0; i < size; i++) {
      each[i] = each[i] == gone ? gone.older(slot(i)) : each[i];
    }
    setOlders(each);
  }

  /** Lets go of older changes, as everybody sees this one. */
  void cutOlder() {
    older = null;
    olders = null;
  }

  /** Takes the values that may leave memory to the chunk's. */
  void keepValues() {
    if (old != null) {
      chunk.kept().add(old);
    }
    for (IndexChange change : changes) {
      chunk.kept().add(change.keys());
    }
  }

  /**
   * Gives back what the values take.
   *
   * @param isUndone whether the change was undone, rather than seen by everybody
   */
  void dropValues(boolean isUndone) {
    if (old != null) {
      chunk.kept().remove(old, isUndone);
    }
    for (IndexChange change : changes) {
      chunk.kept().remove(change.keys(), isUndone);
    }
  }

  /** Returns the change of an index's keys, or {@code null}. */
  IndexChange changeOf(MemoryIndex index) {
    for (IndexChange change : changes) {
      if (change.index() == index) {
        return change;
      }
    }
    return null;
  }

  /** Returns where a table column lies in {@code old}, or -1. */
  int find(int column) {
    for (int i = 0; i < changed.length; i++) {
      if (changed[i] == column) {
        return i;
      }
    }
    return -1;
  }
}
