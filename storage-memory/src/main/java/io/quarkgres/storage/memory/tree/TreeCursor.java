package io.quarkgres.storage.memory.tree;

import io.quarkgres.spi.index.KeyRange;
import java.util.Arrays;

/**
 * Walks over the entries of a range of a {@link BTree}, a leaf's worth at a time, remembering the
 * last entry it gave rather than a place in the tree. Used by one thread.
 */
public final class TreeCursor {
  /** A batch has no more entries than this. */
  public static final int BATCH_MAX = TreeNode.CAPACITY;

  private static final int INITIAL = 4;

  private final BTree tree;
  private final boolean backward;
  private final PackedKey from;
  private final PackedKey to;

  private long[] high = new long[INITIAL];
  private long[] low = new long[INITIAL];
  private long[] rows = new long[INITIAL];
  private byte[][] bytes;
  private int count;
  private long removals;

  private boolean started;
  private boolean atEnd;
  private long lastHigh;
  private long lastLow;
  private byte[] lastBytes;
  private long lastRow;

  TreeCursor(BTree tree, KeyRange range, boolean backward) {
    this.tree = tree;
    this.backward = backward;
    this.from = range.from() == null ? null : PackedKey.of(range.from());
    this.to = range.to() == null ? null : PackedKey.of(range.to());
  }

  /** Reads the next batch; false at the end. */
  public boolean advance() {
    if (atEnd) {
      count = 0;
      return false;
    }
    tree.read(this);
    if (count == 0) {
      atEnd = true;
      return false;
    }
    started = true;
    lastHigh = high[count - 1];
    lastLow = low[count - 1];
    lastBytes = bytes(count - 1);
    lastRow = rows[count - 1];
    return true;
  }

  /** Returns how many entries the batch has. */
  public int count() {
    return count;
  }

  /** Returns the row ids of the batch; the next one may overwrite them. */
  public long[] rows() {
    return rows;
  }

  /** Returns the key of an entry of the batch. */
  public PackedKey key(int i) {
    return new PackedKey(high[i], low[i], bytes(i));
  }

  /** Returns the tree's count of removals when the batch was read. */
  public long removals() {
    return removals;
  }

  private byte[] bytes(int i) {
    return bytes == null ? null : bytes[i];
  }

  /** Fills the batch from a tree that may change meanwhile; the caller validates. */
  void fill(TreeNode root, long removalsNow) {
    count = 0;
    removals = removalsNow;
    if (backward) {
      fillBackward(root);
    } else {
      fillForward(root);
    }
  }

  private void fillForward(TreeNode root) {
    TreeNode leaf = root;
    int at = 0;
    if (started) {
      while (!leaf.isLeaf()) {
        leaf = leaf.children[leaf.upperBound(lastHigh, lastLow, lastBytes, lastRow)];
      }
      at = leaf.upperBound(lastHigh, lastLow, lastBytes, lastRow);
    } else if (from != null) {
      while (!leaf.isLeaf()) {
        leaf =
            leaf.children[leaf.upperBound(from.high(), from.low(), from.bytes(), Long.MIN_VALUE)];
      }
      at = leaf.lowerBound(from.high(), from.low(), from.bytes(), Long.MIN_VALUE);
    } else {
      while (!leaf.isLeaf()) {
        leaf = leaf.children[0];
      }
    }
    while (leaf != null && at >= leaf.count) {
      leaf = leaf.next;
      at = 0;
    }
    if (leaf == null) {
      return;
    }
    int end =
        to == null ? leaf.count : leaf.lowerBound(to.high(), to.low(), to.bytes(), Long.MIN_VALUE);
    if (end > at) {
      ensure(end - at);
      copy(leaf, at, end - at);
    }
  }

  private void fillBackward(TreeNode root) {
    TreeNode leaf = root;
    int end;
    if (started) {
      while (!leaf.isLeaf()) {
        leaf = leaf.children[leaf.upperBound(lastHigh, lastLow, lastBytes, lastRow)];
      }
      end = leaf.lowerBound(lastHigh, lastLow, lastBytes, lastRow);
    } else if (to != null) {
      while (!leaf.isLeaf()) {
        leaf = leaf.children[leaf.upperBound(to.high(), to.low(), to.bytes(), Long.MIN_VALUE)];
      }
      end = leaf.lowerBound(to.high(), to.low(), to.bytes(), Long.MIN_VALUE);
    } else {
      while (!leaf.isLeaf()) {
        leaf = leaf.children[leaf.count];
      }
      end = leaf.count;
    }
    while (leaf != null && end == 0) {
      leaf = leaf.previous;
      end = leaf == null ? 0 : leaf.count;
    }
    if (leaf == null) {
      return;
    }
    int at =
        from == null ? 0 : leaf.lowerBound(from.high(), from.low(), from.bytes(), Long.MIN_VALUE);
    if (end > at) {
      ensure(end - at);
      copy(leaf, at, end - at);
      reverse();
    }
  }

  private void ensure(int n) {
    if (n > rows.length) {
      high = new long[TreeNode.CAPACITY];
      low = new long[TreeNode.CAPACITY];
      rows = new long[TreeNode.CAPACITY];
      bytes = null;
    }
  }

  private void copy(TreeNode leaf, int at, int n) {
    System.arraycopy(leaf.high, at, high, 0, n);
    System.arraycopy(leaf.low, at, low, 0, n);
    System.arraycopy(leaf.rows, at, rows, 0, n);
    byte[][] keys = leaf.bytes;
    if (keys != null) {
      if (bytes == null) {
        bytes = new byte[rows.length][];
      }
      System.arraycopy(keys, at, bytes, 0, n);
    } else if (bytes != null) {
      Arrays.fill(bytes, null);
    }
    count = n;
  }

  private void reverse() {
    for (int i = 0, j = count - 1; i < j; i++, j--) {
      swap(high, i, j);
      swap(low, i, j);
      swap(rows, i, j);
      if (bytes != null) {
        byte[] key = bytes[i];
        bytes[i] = bytes[j];
        bytes[j] = key;
      }
    }
  }

  private static void swap(long[] array, int i, int j) {
    long value = array[i];
    array[i] = array[j];
    array[j] = value;
  }
}
