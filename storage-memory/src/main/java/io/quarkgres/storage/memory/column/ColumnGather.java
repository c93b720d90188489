package io.quarkgres.storage.memory.column;

import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.FloatArrayColumn;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.Nulls;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.Arrays;

/**
 * Collects single values of one column from chunks and undo. Values in heaps, which are only ever
 * appended to, are noted while the chunk is locked and copied afterwards, or not at all if they are
 * large and lie in one heap. Used by one thread.
 */
public abstract sealed class ColumnGather {
  /** Values that take more elements than this are shared rather than copied. */
  private static final int SHARE_MIN = 4096;

  public static ColumnGather of(Layout layout, int capacity) {
    return switch (layout) {
      case BYTES -> new OfBytes(capacity);
      case FLOAT_ARRAY -> new OfFloats(capacity);
      case BOOLEAN, INT32, INT64, FLOAT64, DECIMAL, INT128 ->
          new OfFixed(ColumnBuilder.of(layout, capacity));
    };
  }

  /** Adds a value, or NULL; called under the lock of the chunk that the source is a view of. */
  public abstract void add(Column source, int position);

  /** Adds the values at several positions; called under the same lock. */
  public abstract void addAll(Column source, Selection rows);

  /** Adds NULL. */
  public abstract void addNull();

  /** Returns the column; the gather must not be used afterwards. */
  public abstract Column build();

  private static final class OfFixed extends ColumnGather {
    private final ColumnBuilder builder;

    OfFixed(ColumnBuilder builder) {
      this.builder = builder;
    }

    @Override
    public void add(Column source, int position) {
      builder.append(source, position);
    }

    @Override
    public void addAll(Column source, Selection rows) {
      builder.appendAll(source, rows);
    }

    @Override
    public void addNull() {
      builder.appendNull();
    }

    @Override
    public Column build() {
      return builder.build();
    }
  }

  /** Slices of heaps. */
  private abstract static sealed class OfHeaps extends ColumnGather {
    Object[] heaps;
    int[] starts;
    int[] lengths;
    long[] nulls;
    int count;
    private long total;
    private boolean isOneHeap = true;
    private Object anyHeap;

    OfHeaps(int capacity) {
      heaps = new Object[capacity];
      starts = new int[capacity];
      lengths = new int[capacity];
    }

    private void reserve() {
      if (count == starts.length) {
        int capacity = Math.max(4, count * 2);
        heaps = Arrays.copyOf(heaps, capacity);
        starts = Arrays.copyOf(starts, capacity);
        lengths = Arrays.copyOf(lengths, capacity);
        nulls = nulls == null ? null : Arrays.copyOf(nulls, capacity + 63 >> 6);
      }
    }

    final void add(Object heap, int start, int length) {
      reserve();
      if (length > 0) {
        isOneHeap &= anyHeap == null || anyHeap == heap;
        anyHeap = heap;
      }
      heaps[count] = heap;
      starts[count] = start;
      lengths[count++] = length;
      total += length;
    }

    @Override
    public final void addNull() {
      reserve();
      if (nulls == null) {
        nulls = Nulls.none(starts.length);
      }
      Nulls.set(nulls, count++);
    }

    @Override
    public final void addAll(Column source, Selection rows) {
      for (int i = 0; i < rows.count(); i++) {
        add(source, rows.position(i));
      }
    }

    /** Returns the one heap that the values may stay in, or {@code null} if they are to move. */
    final Object shareable() {
      return isOneHeap && total > SHARE_MIN ? anyHeap : null;
    }

    /** Moves all values into one heap. */
    final void copyInto(Object heap) {
      int at = 0;
      for (int i = 0; i < count; i++) {
        if (lengths[i] > 0) {
          System.arraycopy(heaps[i], starts[i], heap, at, lengths[i]);
        }
        starts[i] = at;
        at += lengths[i];
      }
    }

    final int total() {
      if (total > Integer.MAX_VALUE - 8) {
        throw new SqlException(
            SqlState.PROGRAM_LIMIT_EXCEEDED,
            "a column of variable-length values would exceed 2 GB");
      }
      return (int) total;
    }
  }

  private static final class OfBytes extends OfHeaps {
    OfBytes(int capacity) {
      super(capacity);
    }

    @Override
    public void add(Column source, int position) {
      BytesColumn from = (BytesColumn) source;
      if (from.isNull(position)) {
        addNull();
      } else {
        add(from.heap(), from.starts()[position], from.lengths()[position]);
      }
    }

    @Override
    public Column build() {
      byte[] heap = (byte[]) shareable();
      if (heap == null) {
        heap = new byte[total()];
        copyInto(heap);
      }
      return new BytesColumn(heap, starts, lengths, nulls, count);
    }
  }

  private static final class OfFloats extends OfHeaps {
    OfFloats(int capacity) {
      super(capacity);
    }

    @Override
    public void add(Column source, int position) {
      FloatArrayColumn from = (FloatArrayColumn) source;
      if (from.isNull(position)) {
        addNull();
      } else {
        add(from.heap(), from.starts()[position], from.lengths()[position]);
      }
    }

    @Override
    public Column build() {
      float[] heap = (float[]) shareable();
      if (heap == null) {
        heap = new float[total()];
        copyInto(heap);
      }
      return new FloatArrayColumn(heap, starts, lengths, nulls, count);
    }
  }
}
