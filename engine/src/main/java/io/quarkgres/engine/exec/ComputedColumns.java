package io.quarkgres.engine.exec;

import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.engine.expr.Frame;
import io.quarkgres.engine.expr.InputEvaluator;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Layout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Values that are kept beside the rows of an input: each is one of the rows' own columns, or a
 * column behind them when it has to be computed. Used by one thread while it is set up, then by
 * any.
 */
public final class ComputedColumns {
  private final List<Layout> layouts = new ArrayList<>();
  private final List<Evaluator> computed = new ArrayList<>();
  private final int columnCount;

  public ComputedColumns(Layout[] own) {
    layouts.addAll(List.of(own));
    columnCount = own.length;
  }

  /** Adds a value; returns its position among the kept columns. */
  public int add(Evaluator value, Layout layout) {
    if (value instanceof InputEvaluator in) {
      return in.position();
    }
    layouts.add(layout);
    computed.add(value);
    return layouts.size() - 1;
  }

  /** Tells whether a value has to be computed. */
  public boolean isAnyComputed() {
    return !computed.isEmpty();
  }

  public Layout[] layouts() {
    return layouts.toArray(new Layout[0]);
  }

  /** Returns the columns to keep of a block. */
  public Column[] of(Block block, Frame frame) {
    if (computed.isEmpty()) {
      return block.columns();
    }
    Column[] result = Arrays.copyOf(block.columns(), layouts.size());
    for (int i = 0; i < computed.size(); i++) {
      result[columnCount + i] = computed.get(i).evaluate(block, block.selection(), frame);
    }
    return result;
  }
}
