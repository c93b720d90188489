package io.quarkgres.vector.hnsw;

import java.util.Arrays;

/** A list of longs that keeps its array. Used by one thread. */
final class LongList {
  private long[] values = new long[64];
  private int size;

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  void add(long value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = value;
  }

  void copy(LongList other) {
    size = 0;
    for (int i = 0; i < other.size; i++) {
      add(other.values[i]);
    }
  }

  long get(int i) {
    return values[i];
  }

  void set(int i, long value) {
    values[i] = value;
  }

  void sort() {
    Arrays.sort(values, 0, size);
  }

  /** Drops what lies behind the first {@code count}. */
  void cut(int count) {
    size = Math.min(size, count);
  }
}
