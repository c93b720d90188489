package io.quarkgres.engine.exec;

import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.engine.expr.Frame;
import io.quarkgres.engine.expr.InputEvaluator;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Layout;

/**
 * Where the sort keys of kept rows lie: among the rows' own columns, or in columns behind them when
 * they have to be computed. Thread: any.
 */
final class KeyColumns {
  private final int columnCount;
  private final Evaluator[] computed;
  private final int[] keyPositions;
  private final Layout[] bufferLayouts;
  private final RowOrder order;

  KeyColumns(Layout[] layouts, Evaluator[] keys, RowOrder order) {
    this.columnCount = layouts.length;
    this.order = order;
    this.keyPositions = new int[keys.length];
    Evaluator[] behind = new Evaluator[keys.length];
    int n = 0;
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] instanceof InputEvaluator in) {
        keyPositions[i] = in.position();
      } else {
        keyPositions[i] = columnCount + n;
        behind[n++] = keys[i];
      }
    }
    this.computed = java.util.Arrays.copyOf(behind, n);
    this.bufferLayouts = java.util.Arrays.copyOf(layouts, columnCount + n);
    for (int i = 0; i < keys.length; i++) {
      if (keyPositions[i] >= columnCount) {
        bufferLayouts[keyPositions[i]] = order.type(i).layout();
      }
    }
  }

  RowOrder order() {
    return order;
  }

  /** Returns the layouts of the rows' columns and of the computed keys behind them. */
  Layout[] bufferLayouts() {
    return bufferLayouts;
  }

  /** Returns the columns to keep of a block: its own and the computed keys. */
  Column[] bufferColumns(Block block, Frame frame) {
    if (computed.length == 0) {
      return block.columns();
    }
    Column[] result = java.util.Arrays.copyOf(block.columns(), columnCount + computed.length);
    for (int i = 0; i < computed.length; i++) {
      result[columnCount + i] = computed[i].evaluate(block, block.selection(), frame);
    }
    return result;
  }

  /** Picks the key columns out of buffer columns. */
  Column[] keysOf(Column[] bufferColumns) {
    Column[] result = new Column[keyPositions.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = bufferColumns[keyPositions[i]];
    }
    return result;
  }
}
