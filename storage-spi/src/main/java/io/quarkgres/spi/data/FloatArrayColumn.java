package io.quarkgres.spi.data;

import java.util.Arrays;

/**
 * Variable-length arrays of floats. Position {@code p} is {@code heap[starts[p] .. starts[p] +
 * lengths[p])}. The heap may be shared by many columns. Thread: any.
 */
public final class FloatArrayColumn extends Column {
  private final float[] heap;
  private final int[] starts;
  private final int[] lengths;

  /** Makes a column over arrays whose published part the caller will not change any more. */
  public FloatArrayColumn(float[] heap, int[] starts, int[] lengths, long[] nulls, int count) {
    super(count, nulls);
    this.heap = heap;
    this.starts = starts;
    this.lengths = lengths;
  }

  /** Returns the heap that all values lie in. */
  public float[] heap() {
    return heap;
  }

  /** Returns the offset of each value in the heap. */
  public int[] starts() {
    return starts;
  }

  /** Returns the length of each value. */
  public int[] lengths() {
    return lengths;
  }

  @Override
  public Layout layout() {
    return Layout.FLOAT_ARRAY;
  }

  /** Returns a copy of the floats at a position that is not NULL. */
  public float[] copy(int position) {
    int start = starts[position];
    return Arrays.copyOfRange(heap, start, start + lengths[position]);
  }

  @Override
  public FloatArrayColumn withNulls(long[] newNulls) {
    return new FloatArrayColumn(heap, starts, lengths, newNulls, count());
  }

  @Override
  public FloatArrayColumn gather(int[] positions, int n) {
    int[] newStarts = new int[n];
    int[] newLengths = new int[n];
    for (int i = 0; i < n; i++) {
      int position = positions[i];
      if (position >= 0) {
        newStarts[i] = starts[position];
        newLengths[i] = lengths[position];
      }
    }
    return new FloatArrayColumn(heap, newStarts, newLengths, gatherNulls(positions, n), n);
  }

  @Override
  public long memoryBytes() {
    return 4L * heap.length + 8L * starts.length;
  }
}
