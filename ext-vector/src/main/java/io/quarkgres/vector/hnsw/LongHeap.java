package io.quarkgres.vector.hnsw;

import java.util.Arrays;

/** A heap of longs, least first, that keeps its array. Used by one thread. */
final class LongHeap {
  private long[] values = new long[64];
  private int size;

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  void clear() {
    size = 0;
  }

  long least() {
    return values[0];
  }

  /** Returns the array, of which the first {@link #size} elements count, in the heap's order. */
  long[] values() {
    return values;
  }

  void add(long value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    int i = size++;
    while (i > 0) {
      int parent = (i - 1) >>> 1;
      if (values[parent] <= value) {
        break;
      }
      values[i] = values[parent];
      i = parent;
    }
    values[i] = value;
  }

  long removeLeast() {
    long result = values[0];
    long last = values[--size];
    if (size > 0) {
      sink(last);
    }
    return result;
  }

  /** Takes the least out and puts a value in, at the cost of one of both. */
  void replaceLeast(long value) {
    sink(value);
  }

  private void sink(long value) {
    int i = 0;
    int child = 1;
    while (child < size) {
      if (child + 1 < size && values[child + 1] < values[child]) {
        child++;
      }
      if (values[child] >= value) {
        break;
      }
      values[i] = values[child];
      i = child;
      child = 2 * i + 1;
    }
    values[i] = value;
  }
}
