package io.quarkgres.vector.hnsw;

import java.util.Arrays;

/**
 * Finds the nodes of a row: node numbers in a table of open addressing, by the hash of their rows.
 * A row may have several. Used under the lock of the index.
 */
final class RowMap {
  private static final int NONE = -1;

  private final Nodes nodes;
  private int[] table = filled(16);
  private int size;

  RowMap(Nodes nodes) {
    this.nodes = nodes;
  }

  private static int[] filled(int length) {
    int[] result = new int[length];
    Arrays.fill(result, NONE);
    return result;
  }

  long memoryBytes() {
    return 4L * table.length;
  }

  private int slot(long row) {
    long hash = row * 0x9e3779b97f4a7c15L;
    return (int) ((hash >>> 32) * table.length >>> 32);
  }

  private int after(int slot) {
    return slot + 1 == table.length ? 0 : slot + 1;
  }

  /** Returns the node with this row and vector, or -1. */
  int find(long row, Object key) {
    for (int i = slot(row); table[i] != NONE; i = after(i)) {
      if (nodes.row(table[i]) == row && nodes.vectors().has(table[i], key)) {
        return table[i];
      }
    }
    return -1;
  }

  /** Returns a node with this row, or -1. */
  int find(long row) {
    for (int i = slot(row); table[i] != NONE; i = after(i)) {
      if (nodes.row(table[i]) == row) {
        return table[i];
      }
    }
    return -1;
  }

  /**
   * Returns a node with this row, or -1.
   *
   * @param guess a number that is likely to be the node's; any
   */
  int find(long row, long guess) {
    boolean isRight = guess >= 0 && guess < nodes.count() && nodes.row((int) guess) == row;
    return isRight ? (int) guess : find(row);
  }

  void add(int node) {
    // At most four fifths full, and a quarter larger each time: 5 to 6 bytes a node.
    if (5L * (size + 1) > 4L * table.length) {
      grow();
    }
    put(node);
    size++;
  }

  private void put(int node) {
    int i = slot(nodes.row(node));
    while (table[i] != NONE) {
      i = after(i);
    }
    table[i] = node;
  }

  private void grow() {
    int[] old = table;
    table = filled(old.length + (old.length >> 2) + 16);
    for (int node : old) {
      if (node != NONE) {
        put(node);
      }
    }
  }

  /** Removes a node whose row still stands in it. */
  void remove(int node) {
    int i = slot(nodes.row(node));
    while (table[i] != node) {
      i = after(i);
    }
    table[i] = NONE;
    size--;
    // What lies behind without a gap may have to move to the front.
    for (int j = after(i); table[j] != NONE; j = after(j)) {
      int moved = table[j];
      table[j] = NONE;
      put(moved);
    }
  }
}
