package io.quarkgres.engine.exec.scan;

import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.exec.Operator;
import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.engine.plan.Plan;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.store.BlockCursor;
import io.quarkgres.spi.store.TableStore;
import java.util.List;

/** Reads a table from end to end and keeps the rows that pass the filter. */
public final class TableScanOperator implements Operator {
  private final Plan.TableScan plan;
  private final ExecutionContext context;
  private final Evaluator filter;
  private final int[] projection;
  private final SharedScan shared;
  private BlockCursor cursor;

  TableScanOperator(Plan.TableScan plan, ExecutionContext context, Evaluator filter) {
    this(plan, context, filter, null);
  }

  /** Makes the scan of one of several workers, or of the only one if {@code shared} is null. */
  public TableScanOperator(
      Plan.TableScan plan, ExecutionContext context, Evaluator filter, SharedScan shared) {
    this.shared = shared;
    this.plan = plan;
    this.context = context;
    this.filter = filter;
    this.projection = projection(plan.table(), plan.outputs());
  }

  /** Returns the store's column numbers for the outputs of a scan. */
  public static int[] projection(TableEntry table, List<OutputColumn> outputs) {
    int[] result = new int[outputs.size()];
    for (int i = 0; i < result.length; i++) {
      int column = outputs.get(i).column();
      result[i] = column == table.columns().size() ? TableStore.ROW_ID : column;
    }
    return result;
  }

  @Override
  public Block next() {
    if (cursor == null) {
      cursor =
          shared == null
              ? plan.table()
                  .store()
                  .scan(context.snapshot(), projection, ZoneRanges.of(plan, context.frame()))
              : shared.open(context, projection);
    }
    return nextFiltered(cursor, filter, context);
  }

  /** Returns the next block of a cursor that has rows which pass a filter, or {@code null}. */
  static Block nextFiltered(BlockCursor cursor, Evaluator filter, ExecutionContext context) {
    while (true) {
      context.checkInterruption();
      Block block = cursor.next();
      if (block == null || filter == null) {
        return block;
      }
      Selection kept = filter.select(block, block.selection(), context.frame());
      if (kept.count() > 0) {
        return block.select(kept);
      }
    }
  }

  @Override
  public void reset() {
    close();
  }

  @Override
  public void close() {
    if (cursor != null) {
      cursor.close();
      cursor = null;
    }
  }
}
