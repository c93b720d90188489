package io.quarkgres.engine.exec.sort;

import io.quarkgres.engine.exec.Columns;
import io.quarkgres.engine.exec.ComputedColumns;
import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.exec.RowOrder;
import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.engine.expr.Frame;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Layout;

/** Where the sort keys of kept rows lie, see {@link ComputedColumns}. Thread: any. */
final class KeyColumns {
  private final ComputedColumns columns;
  private final int[] positions;
  private final RowOrder order;

  KeyColumns(Layout[] layouts, Evaluator[] keys, RowOrder order) {
    this.columns = new ComputedColumns(layouts);
    this.order = order;
    this.positions = new int[keys.length];
    for (int i = 0; i < keys.length; i++) {
      positions[i] = columns.add(keys[i], order.type(i).layout());
    }
  }

  /** Returns what sorts rows with their computed keys. */
  RowSorter sorter(ExecutionContext context) {
    return new RowSorter(columns.layouts(), positions, order, context);
  }

  RowOrder order() {
    return order;
  }

  /** Returns the layouts of the rows' columns and of the computed keys behind them. */
  Layout[] bufferLayouts() {
    return columns.layouts();
  }

  /** Returns the columns to keep of a block: its own and the computed keys. */
  Column[] bufferColumns(Block block, Frame frame) {
    return columns.of(block, frame);
  }

  /** Picks the key columns out of buffer columns. */
  Column[] keysOf(Column[] bufferColumns) {
    return Columns.pick(bufferColumns, positions);
  }
}
