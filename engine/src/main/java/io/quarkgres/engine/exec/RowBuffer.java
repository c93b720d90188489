package io.quarkgres.engine.exec;

import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.spill.RowBytes;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.Selection;
import java.util.List;

/** Rows that an operator keeps, one growing column each; accounts for them. Used by one thread. */
public final class RowBuffer {
  private static final int INITIAL_ROWS = 64;

  private final ColumnBuilder[] builders;
  private final MemoryAccount.Share share;
  private int count;

  public RowBuffer(Layout[] layouts, MemoryAccount.Share share) {
    this.share = share;
    this.builders = new ColumnBuilder[layouts.length];
    for (int i = 0; i < layouts.length; i++) {
      builders[i] = ColumnBuilder.of(layouts[i], INITIAL_ROWS);
    }
  }

  /** Returns the layouts of a plan's outputs. */
  public static Layout[] layouts(List<OutputColumn> outputs) {
    Layout[] result = new Layout[outputs.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = outputs.get(i).type().layout();
    }
    return result;
  }

  /** Returns how many rows there are. */
  public int count() {
    return count;
  }

  /** Appends the selected rows of a block. */
  public void append(Block block) {
    append(block.columns(), block.selection());
  }

  /** Appends selected positions of columns. */
  public void append(Column[] columns, Selection rows) {
    share.grow(RowBytes.of(columns, builders.length, rows));
    for (int i = 0; i < builders.length; i++) {
      builders[i].appendAll(columns[i], rows);
    }
    count += rows.count();
  }

  /** Appends one row. */
  void append(Column[] columns, int position) {
    for (int i = 0; i < builders.length; i++) {
      builders[i].append(columns[i], position);
    }
    count++;
  }

  /** Returns the columns; the buffer must not be used afterwards. */
  public Column[] build() {
    Column[] result = new Column[builders.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = builders[i].build();
    }
    return result;
  }
}
