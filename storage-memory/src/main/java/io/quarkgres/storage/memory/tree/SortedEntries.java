package io.quarkgres.storage.memory.tree;

import io.quarkgres.spi.store.Interruption;
import java.util.Arrays;

/**
 * Entries (key, row id) that are collected to be sorted and loaded into an empty {@link BTree}.
 * Used by one thread.
 */
public final class SortedEntries {
  /** Sorting more entries than this takes long enough to be told to stop. */
  private static final int CHECKED = 1 << 14;

  private static final int EXPECTED_MIN = 1 << 10;

  /** Room for more entries than this is made when they come. */
  private static final int EXPECTED_MAX = 1 << 21;

  private long[] high;
  private long[] low;
  private long[] rows;

  /** Keys too long for two longs; {@code null} while there is none. */
  private byte[][] bytes;

  /** Which entries must have a key of their own. */
  private boolean[] unique;

  private int count;

  /** The entries in order, once sorted. */
  private int[] order;

  /** Makes room for about so many entries. */
  public SortedEntries(long expected) {
    int capacity = Math.clamp(expected + expected / 8, EXPECTED_MIN, EXPECTED_MAX);
    high = new long[capacity];
    low = new long[capacity];
    rows = new long[capacity];
    unique = new boolean[capacity];
  }

  public void add(PackedKey key, long row, boolean isUnique) {
    if (count == rows.length) {
      int capacity = Math.addExact(count, count / 2);
      high = Arrays.copyOf(high, capacity);
      low = Arrays.copyOf(low, capacity);
      rows = Arrays.copyOf(rows, capacity);
      unique = Arrays.copyOf(unique, capacity);
      bytes = bytes == null ? null : Arrays.copyOf(bytes, capacity);
    }
    if (key.bytes() != null && bytes == null) {
      bytes = new byte[rows.length][];
    }
    high[count] = key.high();
    low[count] = key.low();
    rows[count] = row;
    unique[count] = isUnique;
    if (bytes != null) {
      bytes[count] = key.bytes();
    }
    count++;
  }

  int count() {
    return count;
  }

  long high(int i) {
    return high[order[i]];
  }

  long low(int i) {
    return low[order[i]];
  }

  byte[] bytes(int i) {
    return bytes == null ? null : bytes[order[i]];
  }

  public long row(int i) {
    return rows[order[i]];
  }

  /** Sorts by key and row id; a look is enough where the entries are in order already. */
  public void sort(Interruption interruption) {
    order = new int[count];
    boolean isSorted = true;
    for (int i = 0; i < count; i++) {
      order[i] = i;
      isSorted = isSorted && (i == 0 || compare(i - 1, i) <= 0);
    }
    if (!isSorted) {
      sort(order, order.clone(), 0, count, interruption);
    }
  }

  /** Merge sort of a range of {@code to}, which {@code spare} is a copy of. */
  private void sort(int[] to, int[] spare, int from, int end, Interruption interruption) {
    if (end - from < 2) {
      return;
    }
    if (end - from > CHECKED) {
      interruption.check();
    }
    int middle = from + end >>> 1;
    sort(spare, to, from, middle, interruption);
    sort(spare, to, middle, end, interruption);
    if (compare(spare[middle - 1], spare[middle]) <= 0) {
      System.arraycopy(spare, from, to, from, end - from);
      return;
    }
    int left = from;
    int right = middle;
    for (int i = from; i < end; i++) {
      boolean isLeft = right == end || left < middle && compare(spare[left], spare[right]) <= 0;
      to[i] = isLeft ? spare[left++] : spare[right++];
    }
  }

  private int compare(int a, int b) {
    int order = compareKeys(a, b);
    return order != 0 ? order : Long.compare(rows[a], rows[b]);
  }

  private int compareKeys(int a, int b) {
    return PackedKey.compare(
        high[a],
        low[a],
        bytes == null ? null : bytes[a],
        high[b],
        low[b],
        bytes == null ? null : bytes[b]);
  }

  /** Returns an entry whose key must be unique and is that of the one before, or -1. */
  public int firstDuplicate() {
    for (int i = 1; i < count; i++) {
      if (unique[order[i]] && compareKeys(order[i - 1], order[i]) == 0) {
        return i;
      }
    }
    return -1;
  }
}
