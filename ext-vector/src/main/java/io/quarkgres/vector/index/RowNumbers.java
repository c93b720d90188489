package io.quarkgres.vector.index;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Finds what was written down of rows: numbers from 0 on, each of one row. Open addressing; a row
 * may have several. Used by one thread.
 */
public final class RowNumbers {
  private final long[] rows;
  private final int[] table;
  private int count;

  /** Makes room for so many numbers. */
  public RowNumbers(int countMax) {
    rows = new long[countMax];
    table = new int[countMax + (countMax >> 1) + 1];
    Arrays.fill(table, -1);
  }

  /** Gives the next number to a row. */
  public void add(long row) {
    int slot = slot(row);
    while (table[slot] >= 0) {
      slot = next(slot);
    }
    rows[count] = row;
    table[slot] = count++;
  }

  /** Returns the number of a row that passes a test, or -1. */
  public int find(long row, IntPredicate isWanted) {
    for (int slot = slot(row); table[slot] >= 0; slot = next(slot)) {
      int number = table[slot];
      if (rows[number] == row && isWanted.test(number)) {
        return number;
      }
    }
    return -1;
  }

  private int slot(long row) {
    long hash = row * 0x9e3779b97f4a7c15L;
    return (int) ((hash >>> 32) * table.length >>> 32);
  }

  private int next(int slot) {
    return slot + 1 == table.length ? 0 : slot + 1;
  }
}
