package io.quarkgres.engine.exec.scan;

import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.exec.Operator;
import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.engine.plan.Plan;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.index.KeyRange;
import io.quarkgres.spi.store.BlockCursor;
import java.util.List;

/** Reads ranges of an ordered index, in key order or backward. */
public final class IndexScanOperator implements Operator {
  /** The most rows that an event loop reads: there were to be few, or a worker reads them. */
  private static final int SHORT_ROWS_MAX = 2_048;

  private final Plan.IndexScan plan;
  private final ExecutionContext context;
  private final IndexRanges bounds;
  private final Evaluator filter;
  private final int[] projection;
  private List<KeyRange> ranges;
  private int nextRange;
  private BlockCursor cursor;
  private long rowsRead;

  public IndexScanOperator(
      Plan.IndexScan plan, ExecutionContext context, IndexRanges bounds, Evaluator filter) {
    this.plan = plan;
    this.context = context;
    this.bounds = bounds;
    this.filter = filter;
    this.projection = TableScanOperator.projection(plan.table(), plan.outputs());
  }

  @Override
  public Block next() {
    if (ranges == null) {
      ranges = bounds.compute(context);
      nextRange = 0;
    }
    while (true) {
      if (cursor == null) {
        if (nextRange == ranges.size()) {
          return null;
        }
        int i = plan.isBackward() ? ranges.size() - 1 - nextRange : nextRange;
        nextRange++;
        cursor =
            plan.index()
                .index()
                .scan(context.snapshot(), ranges.get(i), plan.isBackward(), projection);
      }
      Block block = TableScanOperator.nextFiltered(cursor, filter, context);
      if (block != null) {
        rowsRead += block.rowCount();
        if (rowsRead > SHORT_ROWS_MAX) {
          context.requireMayWait();
        }
        return block;
      }
      cursor.close();
      cursor = null;
    }
  }

  @Override
  public void reset() {
    close();
    ranges = null;
    rowsRead = 0;
  }

  @Override
  public void close() {
    if (cursor != null) {
      cursor.close();
      cursor = null;
    }
    ranges = List.of();
    nextRange = 0;
  }
}
