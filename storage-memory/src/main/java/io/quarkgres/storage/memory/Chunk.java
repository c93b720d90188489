package io.quarkgres.storage.memory;

import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.storage.memory.cold.ColdPlace;
import io.quarkgres.storage.memory.column.ChunkColumn;
import java.util.Arrays;
import java.util.List;

/**
 * Up to {@value #ROWS} neighbouring rows of a table: their newest values in place, which slots are
 * in use, and what older versions and locks they have.
 *
 * <p>Every method is called with the chunk's monitor held, for a short time and never across a
 * wait, unless it says otherwise. A slot is live (its newest version exists), or has a chain of
 * undo, or both; otherwise it is free, or not used yet. While no slot has a chain, what is live is
 * what everyone sees.
 *
 * <p>Columns may be absent from memory; whoever needs them asks for what is {@link #missing} first.
 * Thread: under the chunk's lock.
 */
final class Chunk {
  static final int ROWS = 1024;
  static final int SHIFT = 10;

  /** The numbers of all slots, for those who work on a run of them. Never written to. */
  static final int[] ALL_SLOTS = new int[ROWS];

  static {
    Arrays.setAll(ALL_SLOTS, slot -> slot);
  }

  private static final int INITIAL_ROWS = 16;
  private static final int GROWTH = 4;

  /** A batch of this many rows is a bulk load, after which the chain array is dropped. */
  private static final int BULK_ROWS = 64;

  /** A heap of this many elements takes no further rows. */
  private static final int HEAP_FULL = 1 << 26;

  private final MemoryTable table;
  private final int number;
  private final ChunkColumn[] columns;
  private final long[] live = new long[ROWS >> 6];
  private int capacity = INITIAL_ROWS;
  private int used;
  private int liveCount;
  private long[] free;
  private int freeCount;
  private UndoBatch[] undo;
  private int undoCount;
  private RowLocks.RowLock[] locks;
  private int lockCount;

  /** What changes of rows keep. */
  private final UndoValues.OfChunk kept;

  /** How many columns are in the cold file only. */
  private int absentCount;

  /** Whether the table's list of chunks with free slots has this one. */
  private boolean listed;

  /** The newest {@link Image} that was taken before the last change became visible. */
  private volatile long changedAfter;

  Chunk(MemoryTable table, int number, List<Layout> layouts) {
    this.table = table;
    this.number = number;
    kept = new UndoValues.OfChunk(table.memory());
    columns = new ChunkColumn[layouts.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = ChunkColumn.of(layouts.get(i), INITIAL_ROWS);
      written(columns[i]);
    }
  }

  MemoryTable table() {
    return table;
  }

  long firstRow() {
    return (long) number << SHIFT;
  }

  int used() {
    return used;
  }

  /**
   * Says that changes of rows have become visible, or were made again, after an image was taken.
   * Needs no lock.
   */
  void changed(long afterImage) {
    changedAfter = afterImage;
  }

  /** Tells whether what is visible has changed since an image was taken. Needs no lock. */
  boolean isChangedSince(long image) {
    return changedAfter >= image;
  }

  /** Returns a column, to which nothing is written but through the chunk. */
  ChunkColumn column(int i) {
    return columns[i];
  }

  int columnCount() {
    return columns.length;
  }

  /** Tells whether a column is in the cold file only. */
  boolean hasAbsent() {
    return absentCount > 0;
  }

  /** Tells whether columns are in memory; {@code null} means all. */
  boolean hasAll(int[] wanted) {
    if (absentCount == 0 || wanted == null) {
      return absentCount == 0;
    }
    for (int c : wanted) {
      if (c >= 0 && columns[c].isAbsent()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns what has to be read back before columns can be worked on, or {@code null} when they are
   * all there, which one look at a field tells as a rule.
   *
   * @param wanted the columns, those below 0 left aside; {@code null} for all
   * @param before what was returned before, and read since; {@code null} at first
   */
  ReadBack missing(int[] wanted, ReadBack before) {
    return absentCount == 0 ? null : ReadBack.of(this, wanted, null, before);
  }

  /**
   * Does the same for work that needs values of undo as well, which as a rule are all there.
   *
   * @param undo names them
   */
  ReadBack missing(int[] wanted, ReadBack.Needs undo, ReadBack before) {
    return absentCount == 0 && !kept.hasAbsent() ? null : ReadBack.of(this, wanted, undo, before);
  }

  /** Returns what changes of rows keep. */
  UndoValues.OfChunk kept() {
    return kept;
  }

  /** Puts a column that was read back in the place of one that is absent. */
  void install(int i, ChunkColumn column) {
    column.setPlace(columns[i].place());
    columns[i] = column;
    absentCount--;
    table.memory().grown(column.counted());
  }

  /** Drops a column's arrays, whose values its place has; returns how much memory that frees. */
  long leave(int i) {
    long freed = columns[i].leave();
    absentCount++;
    table.memory().grown(-freed);
    return freed;
  }

  /** Makes a column's values unreadable, as they should have been changed and could not be. */
  void spoil(int i) {
    if (columns[i].place() == null) {
      columns[i].setPlace(ColdPlace.nowhere());
    }
    columns[i].place().spoil();
    if (!columns[i].isAbsent()) {
      leave(i);
    }
  }

  /** Writes values as {@link ChunkColumn#write} does. */
  void write(int i, int[] slots, int slotFrom, int n, Column source, Selection rows, int from) {
    columns[i].write(slots, slotFrom, n, source, rows, from);
    written(columns[i]);
  }

  private void written(ChunkColumn column) {
    ColdPlace old = column.place();
    if (old != null) {
      column.setPlace(null);
      table.memory().free(old);
    }
    long growth = column.written();
    if (growth != 0) {
      table.memory().grown(growth);
    }
  }

  boolean isLive(int slot) {
    return (live[slot >> 6] >>> slot & 1L) != 0;
  }

  boolean allLive() {
    return liveCount == used;
  }

  boolean noneLive() {
    return liveCount == 0;
  }

  long[] liveBits() {
    return live.clone();
  }

  /** Returns how many rows have older versions or open changes. */
  int versionCount() {
    return undoCount;
  }

  boolean hasVersions() {
    return undoCount > 0;
  }

  /** Returns the newest change of a row that has older versions, otherwise {@code null}. */
  UndoBatch undo(int slot) {
    return undoCount == 0 || slot >= undo.length ? null : undo[slot];
  }

  UndoBatch[] undoHeads() {
    return undo.clone();
  }

  /** Sets the head of a row's chain, {@code null} for none. */
  void setUndo(int slot, UndoBatch head) {
    if (undo == null) {
      if (head == null) {
        return;
      }
      undo = new UndoBatch[capacity];
    }
    undoCount += (head == null ? 0 : 1) - (undo[slot] == null ? 0 : 1);
    undo[slot] = head;
  }

  /** Drops the chain array when it is empty and was needed for a bulk change only. */
  void trimUndo(int batchRows) {
    if (undoCount == 0 && batchRows >= BULK_ROWS) {
      undo = null;
    }
  }

  void setLive(int slot) {
    live[slot >> 6] |= 1L << slot;
    liveCount++;
  }

  void clearLive(int slot) {
    live[slot >> 6] &= ~(1L << slot);
    liveCount--;
  }

  /** Returns how many rows could be inserted now. */
  int room() {
    if (isHeapFull()) {
      return 0;
    }
    return ROWS - used + (freeCount >= reuseMin() ? freeCount : 0);
  }

  private boolean isHeapFull() {
    for (ChunkColumn column : columns) {
      if (column.heapUsed() >= HEAP_FULL) {
        return true;
      }
    }
    return false;
  }

  /** Free slots are used again a good part of the chunk at a time, so that copies pay. */
  private int reuseMin() {
    return used < ROWS ? ROWS : ROWS / 8;
  }

  boolean wantsListing() {
    if (listed || room() < ROWS / 8) {
      return false;
    }
    listed = true;
    return true;
  }

  void unlist() {
    listed = false;
  }

  /** Takes up to {@code n} slots, those never used first; returns how many it got. */
  int take(int n, int[] slots) {
    int taken = Math.min(n, ROWS - used);
    for (int i = 0; i < taken; i++) {
      slots[i] = used + i;
    }
    used += taken;
    if (used > capacity) {
      grow();
    }
    if (taken < n && freeCount > 0) {
      taken = takeFree(n, slots, taken);
    }
    return taken;
  }

  /** Makes a slot live that may not be used yet. */
  void restore(int slot) {
    if (slot >= used) {
      used = slot + 1;
      if (used > capacity) {
        grow();
      }
    }
    if (!isLive(slot)) {
      setLive(slot);
    }
  }

  private int takeFree(int n, int[] slots, int already) {
    int taken = already;
    for (int word = 0; word < free.length && taken < n; word++) {
      while (free[word] != 0 && taken < n) {
        int slot = (word << 6) + Long.numberOfTrailingZeros(free[word]);
        free[word] &= free[word] - 1;
        freeCount--;
        slots[taken++] = slot;
      }
    }
    return taken;
  }

  private void grow() {
    while (capacity < used) {
      capacity *= GROWTH;
    }
    undo = undo == null ? null : Arrays.copyOf(undo, capacity);
    locks = locks == null ? null : Arrays.copyOf(locks, capacity);
    for (ChunkColumn column : columns) {
      column.grow(capacity);
      written(column);
    }
  }

  /** Frees slots that no snapshot can see a row in any more. */
  void free(int[] slots, int from, int n) {
    if (free == null) {
      free = new long[ROWS >> 6];
    }
    for (int i = from; i < from + n; i++) {
      free[slots[i] >> 6] |= 1L << slots[i];
    }
    freeCount += n;
    if (freeCount == used) {
      reset();
      return;
    }
    for (ChunkColumn column : columns) {
      // what is absent keeps them until the slots are written to
      if (column.isVariable() && !column.isAbsent()) {
        column.release(slots, from, n);
        written(column);
      }
    }
  }

  /** Begins anew with small arrays, as no slot is in use. */
  private void reset() {
    capacity = INITIAL_ROWS;
    used = 0;
    free = null;
    freeCount = 0;
    undo = null;
    for (int i = 0; i < columns.length; i++) {
      renew(i);
    }
    if (!listed) {
      listed = true;
      table.listFree(this);
    }
  }

  private void renew(int i) {
    ChunkColumn old = columns[i];
    if (old.isAbsent()) {
      absentCount--;
    }
    if (old.place() != null) {
      table.memory().free(old.place());
    }
    columns[i] = ChunkColumn.of(table.columns().get(i), INITIAL_ROWS);
    table.memory().grown(-old.counted());
    written(columns[i]);
  }

  RowLocks.RowLock lock(int slot) {
    return locks == null || slot >= locks.length ? null : locks[slot];
  }

  void setLock(int slot, RowLocks.RowLock lock) {
    if (locks == null) {
      if (lock == null) {
        return;
      }
      locks = new RowLocks.RowLock[capacity];
    }
    lockCount += (lock == null ? 0 : 1) - (locks[slot] == null ? 0 : 1);
    locks[slot] = lock;
  }

  /** Drops the array of locks when it is empty and was needed for a bulk change only. */
  void trimLocks(int released) {
    if (lockCount == 0 && released >= BULK_ROWS) {
      locks = null;
    }
  }

  /** Returns the size of the rows, wherever their values are. */
  long bytes() {
    long bytes = 400;
    for (ChunkColumn column : columns) {
      bytes += column.bytes();
    }
    bytes += undo == null ? 0 : 4L * undo.length;
    return bytes + (locks == null ? 0 : 4L * locks.length);
  }
}
