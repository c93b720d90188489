package io.quarkgres.spi.data;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.Arrays;

/** Builds a {@link FloatArrayColumn}. Not safe for use by two threads at once. */
public final class FloatArrayBuilder extends ColumnBuilder {
  private float[] heap;
  private int heapSize;
  private int[] starts;
  private int[] lengths;

  /** Makes a builder with room for {@code capacity} positions. */
  public FloatArrayBuilder(int capacity) {
    starts = new int[Math.max(1, capacity)];
    lengths = new int[Math.max(1, capacity)];
    heap = new float[Math.max(16, capacity * 8)];
  }

  /** Appends a slice as one value. */
  public void append(float[] source, int start, int length) {
    System.arraycopy(source, start, room(length), heapSize, length);
    appendWritten(length);
  }

  /**
   * Returns an array with room for so many elements from {@link #end} on, for a caller that writes
   * them itself. What it wrote counts when it calls {@link #appendWritten}, and only then.
   */
  public float[] room(int length) {
    if (length > heap.length - heapSize) {
      heap = Arrays.copyOf(heap, grownSize(length));
    }
    return heap;
  }

  /** Returns where the elements of the next value begin. */
  public int end() {
    return heapSize;
  }

  /** Appends what was written from {@link #end} on as one value. */
  public void appendWritten(int length) {
    reserve(count + 1);
    starts[count] = heapSize;
    lengths[count++] = length;
    heapSize += length;
  }

  /** Appends a whole array as one value. */
  public void append(float[] source) {
    append(source, 0, source.length);
  }

  private int grownSize(int more) {
    long needed = (long) heapSize + more;
    if (needed > Integer.MAX_VALUE - 8) {
      throw new SqlException(
          SqlState.PROGRAM_LIMIT_EXCEEDED, "a column of variable-length values would exceed 2 GB");
    }
    return (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, 2L * heap.length));
  }

  @Override
  protected void appendValue(Column source, int position) {
    FloatArrayColumn from = (FloatArrayColumn) source;
    append(from.heap(), from.starts()[position], from.lengths()[position]);
  }

  @Override
  protected void skipValue() {
    starts[count] = heapSize;
    lengths[count] = 0;
  }

  @Override
  protected void reserve(int capacity) {
    if (capacity > starts.length) {
      int size = Math.max(capacity, starts.length * 2);
      starts = Arrays.copyOf(starts, size);
      lengths = Arrays.copyOf(lengths, size);
    }
  }

  @Override
  public FloatArrayColumn build() {
    return new FloatArrayColumn(heap, starts, lengths, builtNulls(), count);
  }
}
