package io.quarkgres.storage.memory.tree;

import java.util.Arrays;

/**
 * A node of a {@link BTree}: entries (key, row id) in order. In a leaf they are the index's; in an
 * inner node entry {@code i} is a separator, at or below the first entry of child {@code i + 1} and
 * above all of child {@code i}.
 *
 * <p>Thread: writers under the tree's write latch. Readers may look without a latch and so see torn
 * state, even throw; they check the latch's stamp before they believe anything.
 */
final class TreeNode {
  static final int CAPACITY = 64;
  private static final int INITIAL = 8;

  /** About how much memory a node takes when its arrays have their full size, and before. */
  static final long BYTES = 128 + 24L * CAPACITY;

  static final long SMALL_BYTES = 128 + 24L * INITIAL;

  int count;
  long[] high;
  long[] low;
  long[] rows;

  /** Keys too long for two longs; {@code null} while there is none. */
  byte[][] bytes;

  /** {@code count + 1} children of an inner node; {@code null} in a leaf. */
  TreeNode[] children;

  /** The neighbouring leaves. */
  TreeNode next;

  TreeNode previous;

  TreeNode(boolean isLeaf, int capacity) {
    high = new long[capacity];
    low = new long[capacity];
    rows = new long[capacity];
    children = isLeaf ? null : new TreeNode[capacity + 1];
  }

  static TreeNode emptyLeaf() {
    return new TreeNode(true, INITIAL);
  }

  boolean isLeaf() {
    return children == null;
  }

  byte[] bytes(int i) {
    byte[][] all = bytes;
    return all == null ? null : all[i];
  }

  /** Compares entry {@code i} with a key and row id. */
  int compare(int i, long keyHigh, long keyLow, byte[] keyBytes, long row) {
    if (high[i] != keyHigh) {
      return high[i] < keyHigh ? -1 : 1;
    }
    if (low[i] != keyLow) {
      return low[i] < keyLow ? -1 : 1;
    }
    if (keyBytes != null) {
      byte[] mine = bytes(i);
      int order = mine == null ? 0 : Arrays.compareUnsigned(mine, keyBytes);
      if (order != 0) {
        return order;
      }
    }
    return Long.compare(rows[i], row);
  }

  /** Returns the first entry at or above a key and row id. */
  int lowerBound(long keyHigh, long keyLow, byte[] keyBytes, long row) {
    int from = 0;
    int to = count;
    while (from < to) {
      int middle = from + to >>> 1;
      if (compare(middle, keyHigh, keyLow, keyBytes, row) < 0) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  /** Returns the first entry above a key and row id: in an inner node, the child to go to. */
  int upperBound(long keyHigh, long keyLow, byte[] keyBytes, long row) {
    int from = 0;
    int to = count;
    while (from < to) {
      int middle = from + to >>> 1;
      if (compare(middle, keyHigh, keyLow, keyBytes, row) <= 0) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  boolean isFull() {
    return count == CAPACITY;
  }

  /** Makes room at an entry, which the caller then sets. */
  void open(int at) {
    if (count == high.length) {
      int capacity = Math.min(CAPACITY, count * 2);
      high = Arrays.copyOf(high, capacity);
      low = Arrays.copyOf(low, capacity);
      rows = Arrays.copyOf(rows, capacity);
      bytes = bytes == null ? null : Arrays.copyOf(bytes, capacity);
      children = children == null ? null : Arrays.copyOf(children, capacity + 1);
    }
    int tail = count - at;
    System.arraycopy(high, at, high, at + 1, tail);
    System.arraycopy(low, at, low, at + 1, tail);
    System.arraycopy(rows, at, rows, at + 1, tail);
    if (bytes != null) {
      System.arraycopy(bytes, at, bytes, at + 1, tail);
    }
    count++;
  }

  void set(int at, long keyHigh, long keyLow, byte[] keyBytes, long row) {
    high[at] = keyHigh;
    low[at] = keyLow;
    rows[at] = row;
    if (keyBytes != null && bytes == null) {
      bytes = new byte[high.length][];
    }
    if (bytes != null) {
      bytes[at] = keyBytes;
    }
  }

  void setFrom(int at, TreeNode source, int i) {
    set(at, source.high[i], source.low[i], source.bytes(i), source.rows[i]);
  }

  /** Takes an entry out. */
  void close(int at) {
    int tail = count - at - 1;
    System.arraycopy(high, at + 1, high, at, tail);
    System.arraycopy(low, at + 1, low, at, tail);
    System.arraycopy(rows, at + 1, rows, at, tail);
    count--;
    if (bytes != null) {
      System.arraycopy(bytes, at + 1, bytes, at, tail);
      bytes[count] = null;
    }
  }

  /** Puts a child behind separator {@code at}, which was opened before. */
  void insertChild(int at, TreeNode child) {
    System.arraycopy(children, at + 1, children, at + 2, count - at - 1);
    children[at + 1] = child;
  }

  /** Takes out child {@code at} of an inner node and a separator beside it. */
  void removeChild(int at) {
    System.arraycopy(children, at + 1, children, at, count - at);
    children[count] = null;
    if (count > 0) {
      close(Math.max(0, at - 1));
    }
  }

  /** Appends entries {@code from} and on of another node. */
  void appendFrom(TreeNode source, int from, int n) {
    if (count + n > high.length) {
      int capacity = CAPACITY;
      high = Arrays.copyOf(high, capacity);
      low = Arrays.copyOf(low, capacity);
      rows = Arrays.copyOf(rows, capacity);
      bytes = bytes == null ? null : Arrays.copyOf(bytes, capacity);
      children = children == null ? null : Arrays.copyOf(children, capacity + 1);
    }
    for (int i = 0; i < n; i++) {
      setFrom(count + i, source, from + i);
    }
    count += n;
  }

  /** Cuts the node back to its first {@code n} entries. */
  void truncate(int n) {
    if (bytes != null) {
      Arrays.fill(bytes, n, count, null);
    }
    if (children != null) {
      Arrays.fill(children, n + 1, count + 1, null);
    }
    count = n;
  }

  static long keyBytes(byte[] key) {
    return key == null ? 0 : 20L + key.length;
  }
}
