package io.quarkgres.storage.memory;

import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.Nulls;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.store.RangeFilter;
import java.util.Arrays;

/**
 * One column of one chunk: arrays of the newest values, in place.
 *
 * <p>Arrays that a reader was given never change at the positions it was given: {@link #share}
 * marks them, and a writer to a marked position first replaces the arrays by private copies.
 * Positions beyond those handed out are written without a copy, so that a growing last chunk costs
 * nothing. Thread: one at a time, under the chunk's lock.
 */
abstract sealed class ChunkColumn
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

  static ChunkColumn of(Layout layout, int capacity) {
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
  final Column share(int count) {
    beforeShare(count);
    sharedCount = Math.max(sharedCount, count);
    nullsShared |= nulls != null;
    return make(count, nulls);
  }

  /** Returns a column over the current arrays, to be read only while the chunk is locked. */
  final Column view() {
    if (view == null) {
      view = make(capacity(), nulls);
    }
    return view;
  }

  /** Appends the newest value of a slot to a builder. */
  final void read(int slot, ColumnBuilder out) {
    out.append(view(), slot);
  }

  /** Makes room for {@code capacity} slots, replacing the arrays. */
  final void grow(int capacity) {
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
  final void write(int[] slots, int slotFrom, int n, Column source, Selection rows, int from) {
    detachFor(slots, slotFrom, n);
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

  /** Gives back the memory of values whose slots are free. */
  final void release(int[] slots, int n) {
    if (isVariable()) {
      detachFor(slots, 0, n);
      for (int i = 0; i < n; i++) {
        putNull(slots[i]);
      }
      afterWrite();
    }
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
  boolean excludes(RangeFilter filter) {
    return false;
  }

  /** Returns how many elements the heap of a variable layout has in use. */
  int heapUsed() {
    return 0;
  }

  /** Tells whether values vary in size, so that freeing one gives memory back. */
  boolean isVariable() {
    return false;
  }

  /** Called before positions are handed out to a scan. */
  void beforeShare(int count) {}

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
}
