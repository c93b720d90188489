package io.quarkgres.engine.exec.sort;

import java.util.Arrays;

/**
 * Whole sort keys of a type, for rows whose codes are equal: comparing them is {@code memcmp},
 * where comparing the values may be arithmetic. Thread: any.
 */
record SortBytes(byte[] heap, int[] starts, int[] lengths) {
  /** Compares the keys of two positions that are not NULL. */
  int compare(int a, int b) {
    return Arrays.compareUnsigned(
        heap, starts[a], starts[a] + lengths[a], heap, starts[b], starts[b] + lengths[b]);
  }
}
