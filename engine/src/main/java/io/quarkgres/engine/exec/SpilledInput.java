package io.quarkgres.engine.exec;

import io.quarkgres.engine.spill.SpilledRows;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;

/** Reads rows from a temporary file, which closing lets go. */
public final class SpilledInput implements Operator {
  private final SpilledRows rows;
  private final int[] places;
  private final int width;
  private final ExecutionContext context;
  private int next;

  /** Yields the rows as they were appended. */
  public SpilledInput(SpilledRows rows, ExecutionContext context) {
    this(rows, null, 0, context);
  }

  /** Yields blocks of {@code width} columns; the i-th of the rows is that at {@code places[i]}. */
  public SpilledInput(SpilledRows rows, int[] places, int width, ExecutionContext context) {
    this.rows = rows;
    this.places = places;
    this.width = width;
    this.context = context;
  }

  @Override
  public Block next() {
    context.checkInterruption();
    if (next == rows.blocks()) {
      return null;
    }
    Block block = rows.read(next++);
    if (places == null) {
      return block;
    }
    Column[] columns = new Column[width];
    for (int i = 0; i < places.length; i++) {
      columns[places[i]] = block.column(i);
    }
    return new Block(block.positionCount(), columns);
  }

  @Override
  public void reset() {
    next = 0;
  }

  @Override
  public void close() {
    rows.release();
  }
}
