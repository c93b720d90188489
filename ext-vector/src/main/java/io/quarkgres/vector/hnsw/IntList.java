package io.quarkgres.vector.hnsw;

import java.util.Arrays;

/** A stack of ints. Used by one thread at a time. */
final class IntList {
  private int[] values = new int[16];
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

  int get(int i) {
    return values[i];
  }

  int last() {
    return values[size - 1];
  }

  int removeLast() {
    return values[--size];
  }

  void add(int value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = value;
  }
}
