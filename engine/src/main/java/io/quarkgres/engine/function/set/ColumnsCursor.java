package io.quarkgres.engine.function.set;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.store.BlockCursor;

/** Yields columns that are already there, a block at a time. Used by one thread at a time. */
public final class ColumnsCursor implements BlockCursor {
  private final Column[] columns;
  private final int count;
  private int done;

  /** Makes a cursor over columns of one length. */
  public ColumnsCursor(Column... columns) {
    this.columns = columns;
    this.count = columns[0].count();
  }

  @Override
  public Block next() {
    if (done == count) {
      return null;
    }
    int n = Math.min(Block.ROWS_MAX, count - done);
    if (n == count) {
      done = count;
      return new Block(n, columns);
    }
    int[] positions = new int[n];
    for (int i = 0; i < n; i++) {
      positions[i] = done + i;
    }
    Column[] parts = new Column[columns.length];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = columns[i].gather(positions, n);
    }
    done += n;
    return new Block(n, parts);
  }
}
