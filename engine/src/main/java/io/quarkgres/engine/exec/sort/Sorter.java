package io.quarkgres.engine.exec.sort;

import io.quarkgres.engine.exec.RowOrder;
import io.quarkgres.spi.data.Column;

/**
 * Sorts positions of key columns, stably: by {@link SortCodes} of the keys, and rows whose codes
 * are equal and may differ all the same by comparing them. Nothing is allocated per row. Used by
 * one thread.
 */
final class Sorter {
  /** What sorting takes, beside the keys themselves. */
  static final long BYTES_PER_ROW = 44;

  private static final int INSERTION_ROWS_MAX = 12;

  private final Column[] keys;
  private final RowOrder order;
  private final int firstKey;
  private final SortBytes whole; // of the first key, null for none
  private final int[] positions;

  private Sorter(Column[] keys, RowOrder order, SortCodes codes, int[] positions) {
    this.keys = keys;
    this.order = order;
    this.firstKey = codes.exactKeys();
    this.whole = codes.whole();
    this.positions = positions;
  }

  /** Returns the positions {@code 0..n)} in order of the keys. */
  static int[] sort(Column[] keys, RowOrder order, int n) {
    SortCodes codes = SortCodes.of(keys, order, n);
    int[] positions = RadixSort.order(codes.codes(), codes.bits());
    if (codes.exactKeys() < keys.length) {
      new Sorter(keys, order, codes, positions).sortEqualCodes(codes.codes());
    }
    return positions;
  }

  private void sortEqualCodes(long[] codes) {
    int[] scratch = null;
    int n = positions.length;
    int start = 0;
    while (start < n) {
      long code = codes[positions[start]];
      int end = start + 1;
      while (end < n && codes[positions[end]] == code) {
        end++;
      }
      if (end - start > 1) {
        scratch = scratch == null ? new int[n] : scratch;
        mergeSort(start, end, scratch);
      }
      start = end;
    }
  }

  private void mergeSort(int from, int to, int[] scratch) {
    if (to - from <= INSERTION_ROWS_MAX) {
      for (int i = from + 1; i < to; i++) {
        int position = positions[i];
        int j = i;
        while (j > from && compare(positions[j - 1], position) > 0) {
          positions[j] = positions[j - 1];
          j--;
        }
        positions[j] = position;
      }
      return;
    }
    int middle = from + to >>> 1;
    mergeSort(from, middle, scratch);
    mergeSort(middle, to, scratch);
    if (compare(positions[middle - 1], positions[middle]) <= 0) {
      return;
    }
    System.arraycopy(positions, from, scratch, from, middle - from);
    int left = from;
    int right = middle;
    int out = from;
    while (left < middle && right < to) {
      positions[out++] =
          compare(scratch[left], positions[right]) <= 0 ? scratch[left++] : positions[right++];
    }
    System.arraycopy(scratch, left, positions, out, middle - left);
  }

  private int compare(int a, int b) {
    for (int k = firstKey; k < keys.length; k++) {
      int result = compare(k, a, b);
      if (result != 0) {
        return result;
      }
    }
    return 0;
  }

  private int compare(int k, int a, int b) {
    if (k > firstKey || whole == null || keys[k].isNull(a) || keys[k].isNull(b)) {
      return order.compare(k, keys[k], a, keys[k], b);
    }
    int result = whole.compare(a, b);
    return order.isDescending(k) ? -Integer.signum(result) : result;
  }
}
