package io.quarkgres.engine.exec;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import java.util.List;

/** Puts blocks of the same columns one behind another. Thread: any. */
public final class BlockConcat {
  private BlockConcat() {}

  /** Returns one block of all rows, {@code null} of none. */
  public static Block of(List<Block> blocks) {
    if (blocks.size() < 2) {
      return blocks.isEmpty() ? null : blocks.get(0);
    }
    int n = 0;
    for (Block block : blocks) {
      n += block.rowCount();
    }
    Column[] columns = new Column[blocks.get(0).columns().length];
    for (int i = 0; i < columns.length; i++) {
      ColumnBuilder builder = ColumnBuilder.of(blocks.get(0).column(i).layout(), n);
      for (Block block : blocks) {
        builder.appendAll(block.column(i), block.selection());
      }
      columns[i] = builder.build();
    }
    return new Block(n, columns);
  }
}
