package io.quarkgres.engine.exec.sort;

import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.exec.GatheringOperator;
import io.quarkgres.engine.exec.Operator;
import io.quarkgres.engine.exec.OperatorStatistics;
import io.quarkgres.engine.exec.RowOrder;
import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.store.BlockCursor;

/** A stable sort: takes all rows, yields them in order. */
public final class SortOperator extends GatheringOperator {
  private final Layout[] layouts;
  private final KeyColumns keys;
  private final OperatorStatistics statistics;
  private final ExecutionContext context;
  private RowSorter sorter;
  private BlockCursor output;

  /** Makes one; {@code statistics} is {@code null} where nobody wants to know. */
  public SortOperator(
      Operator input,
      Layout[] layouts,
      Evaluator[] keys,
      RowOrder order,
      OperatorStatistics statistics,
      ExecutionContext context) {
    super(input);
    this.layouts = layouts;
    this.keys = new KeyColumns(layouts, keys, order);
    this.statistics = statistics;
    this.context = context;
  }

  @Override
  public Block next() {
    if (output == null) {
      output = sort();
    }
    return output.next();
  }

  private BlockCursor sort() {
    sorter = keys.sorter(context);
    for (Block block = input.next(); block != null; block = input.next()) {
      context.checkInterruption();
      sorter.add(keys.bufferColumns(block, context.frame()), block.selection());
    }
    BlockCursor result = sorter.finish(layouts.length);
    sorter.describe(statistics, "quicksort");
    return result;
  }

  @Override
  protected void forget() {
    output = null;
    if (sorter != null) {
      sorter.close();
      sorter = null;
    }
  }
}
