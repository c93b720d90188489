package io.quarkgres.storage.memory.column;

import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.Nulls;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.store.RangeFilter;
import io.quarkgres.storage.memory.cold.ColdFile;
import io.quarkgres.storage.memory.cold.ColdPlace;
import io.quarkgres.storage.memory.cold.FrameInput;
import io.quarkgres.storage.memory.cold.FrameOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * One column of one chunk: arrays of the newest values, in place.
 *
 * <p>Arrays that a reader was given never change at the positions it was given: {@link #share}
 * marks them, and a writer to a marked position first replaces the arrays by private copies.
 * Positions beyond those handed out are written without a copy, so that a growing last chunk costs
 * nothing.
 *
 * <p>The arrays may be absent, when memory is short: then a place in the cold file has the values,
 * and what is left is what finds rows. A column that was read back keeps its place until it is
 * written to. Thread: one at a time, under the chunk's lock.
 */
public abstract sealed class ChunkColumn implements ColdFile.Content, Cloneable
    permits BooleanChunk,
        IntChunk,
        LongChunk,
        DoubleChunk,
        DecimalChunk,
        WideChunk,
        BytesChunk,
        FloatArrayChunk {
  /** NULL bitmap of the newest values, or {@code null} when none is NULL. */
  private long[] nulls;

  private boolean nullsShared;

  /** How many positions of the value arrays readers may hold. */
  private int sharedCount;

  private Column view;

  /** Where the same values lie in the cold file, or {@code null}. */
  private ColdPlace place;

  private boolean absent;

  /** How often the column was written to. */
  private int writes;

  /** How many more turns of the clock's hand the arrays stay. */
  private byte turns;

  /** How many bytes of memory the column is known to take. */
  private long counted;

  /** Series of so many writes are worth looking ahead for. */
  private static final int BULK_ROWS = 16;

  /** After a row was read; a scan gives one turn at a time. */
  private static final byte TURNS_MAX = 2;

  public static ChunkColumn of(Layout layout, int capacity) {
    return switch (layout) {
      case BOOLEAN -> new BooleanChunk(capacity);
      case INT32 -> new IntChunk(capacity);
      case INT64 -> new LongChunk(capacity);
      case FLOAT64 -> new DoubleChunk(capacity);
      case DECIMAL -> new DecimalChunk(capacity);
      case INT128 -> new WideChunk(capacity);
      case BYTES -> new BytesChunk(capacity);
      case FLOAT_ARRAY -> new FloatArrayChunk(capacity);
    };
  }

  /** Hands out the first {@code count} positions; they will not change in what is returned. */
  public final Column share(int count) {
    if (turns < TURNS_MAX) {
      turns++;
    }
    beforeShare(count);
    sharedCount = Math.max(sharedCount, count);
    nullsShared |= nulls != null;
    return make(count, nulls);
  }

  /** Returns a column over the current arrays, to be read only while the chunk is locked. */
  public final Column view() {
    turns = TURNS_MAX;
    if (view == null) {
      view = make(capacity(), nulls);
    }
    return view;
  }

  /** Appends the newest value of a slot to a builder. */
  public final void read(int slot, ColumnBuilder out) {
    out.append(view(), slot);
  }

  /** Makes room for {@code capacity} slots, replacing the arrays. */
  public final void grow(int capacity) {
    if (capacity > capacity()) {
      resize(capacity);
      if (nulls != null) {
        nulls = Arrays.copyOf(nulls, (capacity + 63) >> 6);
        nullsShared = false;
      }
      sharedCount = 0;
      view = null;
    }
  }

  /**
   * Writes {@code n} values of a source, selected positions {@code from} and on, into slots that
   * exist.
   */
  public final void write(
      int[] slots, int slotFrom, int n, Column source, Selection rows, int from) {
    detachFor(slots, slotFrom, n);
    if (n >= BULK_ROWS) {
      beforeWrite(slots, slotFrom, n, source, rows, from);
    }
    for (int i = 0; i < n; i++) {
      int slot = slots[slotFrom + i];
      int position = rows.position(from + i);
      if (source.isNull(position)) {
        setNull(slot);
        putNull(slot);
      } else {
        clearNull(slot);
        put(slot, source, position);
      }
    }
    afterWrite();
  }

  /** Gives back the memory of variable values whose slots are free. */
  public final void release(int[] slots, int from, int n) {
    detachFor(slots, from, n);
    for (int i = from; i < from + n; i++) {
      putNull(slots[i]);
    }
    afterWrite();
  }

  private void detachFor(int[] slots, int from, int n) {
    if (sharedCount > 0) {
      for (int i = 0; i < n; i++) {
        if (slots[from + i] < sharedCount) {
          detach();
          sharedCount = 0;
          view = null;
          return;
        }
      }
    }
  }

  private void setNull(int slot) {
    if (nulls == null) {
      nulls = Nulls.none(capacity());
      nullsShared = false;
      view = null;
    } else {
      ownNulls();
    }
    Nulls.set(nulls, slot);
  }

  private void clearNull(int slot) {
    if (Nulls.isSet(nulls, slot)) {
      ownNulls();
      nulls[slot >> 6] &= ~(1L << slot);
    }
  }

  private void ownNulls() {
    if (nullsShared) {
      nulls = nulls.clone();
      nullsShared = false;
      view = null;
    }
  }

  /** Tells whether the values lie in the cold file only. */
  public final boolean isAbsent() {
    return absent;
  }

  /** Returns where the cold file has the same values, or {@code null}. */
  public final ColdPlace place() {
    return place;
  }

  /** Notes where the cold file has the values, or that it does not have them any more. */
  public final void setPlace(ColdPlace where) {
    place = where;
  }

  /** Takes away one turn of the clock's hand; tells whether none was left. */
  public final boolean isDue() {
    if (turns == 0) {
      return true;
    }
    turns--;
    return false;
  }

  /** Says that the column was written to; returns by how much its memory has grown. */
  public final long written() {
    writes++;
    long before = counted;
    counted = memoryBytes();
    return counted - before;
  }

  /** Returns how many bytes of memory the column is known to take. */
  public final long counted() {
    return counted;
  }

  /** Returns a copy with these values, which later writes leave alone. */
  public final ChunkColumn frozen() {
    sharedCount = capacity();
    nullsShared = nulls != null;
    try {
      return (ChunkColumn) clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  /** Tells whether nothing was written since a frozen copy was made. */
  public final boolean isSameAs(ChunkColumn frozen) {
    return writes == frozen.writes;
  }

  /** Drops the arrays, whose values a place has; returns how much memory that frees. */
  public final long leave() {
    long freed = counted;
    counted = 0;
    absent = true;
    nulls = null;
    view = null;
    drop();
    return freed;
  }

  /** Returns the size of the values, wherever they are. */
  public final long bytes() {
    return absent ? place.bytes() : memoryBytes();
  }

  @Override
  public final long savedBytes() {
    return 1 + (nulls == null ? 0 : Integer.BYTES + 8L * nulls.length) + valueBytes();
  }

  @Override
  public final void save(FrameOutput out) throws IOException {
    out.putByte(nulls == null ? 0 : 1);
    if (nulls != null) {
      out.putInt(nulls.length);
      out.put(nulls, 0, nulls.length);
    }
    saveValues(out);
  }

  /** Makes a column of what another one saved. */
  public static ChunkColumn load(Layout layout, FrameInput in) throws IOException {
    ChunkColumn column = of(layout, 0);
    column.nulls = in.getByte() == 0 ? null : in.getLongs(in.getInt());
    column.loadValues(in);
    column.counted = column.memoryBytes();
    return column;
  }

  /** Forgets the cached view because arrays were replaced. */
  final void replaced() {
    view = null;
  }

  /** Says that arrays were replaced by private ones. */
  final void owned() {
    sharedCount = 0;
    view = null;
  }

  /** Tells whether a filter rules out all values that ever lay in place since the last reset. */
  public boolean excludes(RangeFilter filter) {
    return false;
  }

  /** Returns how many elements the heap of a variable layout has in use. */
  public int heapUsed() {
    return 0;
  }

  /** Tells whether values vary in size, so that freeing one gives memory back. */
  public boolean isVariable() {
    return false;
  }

  /** Called before positions are handed out to a scan. */
  void beforeShare(int count) {}

  /** Called before a series of many writes; a variable layout may make room for all of them. */
  void beforeWrite(int[] slots, int slotFrom, int n, Column source, Selection rows, int from) {}

  /** Sums up the lengths of the values that are to be written, as far as an array may go. */
  static int sum(int[] lengths, Column source, int n, Selection rows, int from) {
    long sum = 0;
    for (int i = from; i < from + n; i++) {
      int position = rows.position(i);
      sum += source.isNull(position) ? 0 : lengths[position];
    }
    return (int) Math.min(sum, Integer.MAX_VALUE);
  }

  /** Called after each series of writes; a variable layout may compact its heap. */
  void afterWrite() {}

  /** Writes whatever a NULL needs. */
  void putNull(int slot) {}

  abstract int capacity();

  /** Replaces the arrays by larger copies. */
  abstract void resize(int capacity);

  /** Replaces the arrays by private copies. */
  abstract void detach();

  /** Writes a value that is not NULL. */
  abstract void put(int slot, Column source, int position);

  /** Makes a column over the current arrays. */
  abstract Column make(int count, long[] nullBits);

  abstract long memoryBytes();

  /** Returns how many bytes {@link #saveValues} writes. */
  abstract long valueBytes();

  /** Writes the values and what is known of them. */
  abstract void saveValues(FrameOutput out) throws IOException;

  /** Makes the arrays anew of what was saved. */
  abstract void loadValues(FrameInput in) throws IOException;

  /** Lets go of the arrays. */
  abstract void drop();
}
