package io.quarkgres.engine.exec;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.store.BlockCursor;
import java.util.Arrays;

/** Yields kept rows block by block, in a given order. Used by one thread. */
public final class RowOutput implements BlockCursor {
  private final Column[] columns;
  private final int[] order;
  private final int end;
  private int next;

  /** Yields positions {@code order[from..to)} of columns. */
  public RowOutput(Column[] columns, int[] order, int from, int to) {
    this.columns = columns;
    this.order = order;
    this.next = from;
    this.end = to;
  }

  /** Yields the first {@code count} positions of columns, as they stand. */
  public RowOutput(Column[] columns, int count) {
    this(columns, null, 0, count);
  }

  @Override
  public Block next() {
    int n = Math.min(Block.ROWS_MAX, end - next);
    if (n <= 0) {
      return null;
    }
    if (order == null && n == end && next == 0) {
      next = end;
      return new Block(n, columns);
    }
    int[] positions = new int[n];
    if (order != null) {
      System.arraycopy(order, next, positions, 0, n);
    } else {
      for (int i = 0; i < n; i++) {
        positions[i] = next + i;
      }
    }
    next += n;
    return new Block(n, gather(columns, positions, n));
  }

  /** Gathers the same positions of several columns. */
  public static Column[] gather(Column[] columns, int[] positions, int n) {
    Column[] result = new Column[columns.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = columns[i].gather(positions, n);
    }
    return result;
  }

  /** Returns {@code n} times the same position. */
  public static int[] repeat(int position, int n) {
    int[] result = new int[n];
    Arrays.fill(result, position);
    return result;
  }
}
