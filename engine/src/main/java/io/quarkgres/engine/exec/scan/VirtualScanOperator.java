package io.quarkgres.engine.exec.scan;

import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.exec.Operator;
import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.engine.plan.Plan;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.store.BlockCursor;

/** Reads a virtual table. */
public final class VirtualScanOperator implements Operator {
  private final Plan.VirtualScan plan;
  private final ExecutionContext context;
  private final Evaluator filter;
  private BlockCursor cursor;

  public VirtualScanOperator(Plan.VirtualScan plan, ExecutionContext context, Evaluator filter) {
    this.plan = plan;
    this.context = context;
    this.filter = filter;
  }

  @Override
  public Block next() {
    if (cursor == null) {
      BlockCursor all = plan.table().rows().open(context.catalog(), context.evaluation());
      cursor = () -> projected(all.next());
    }
    return TableScanOperator.nextFiltered(cursor, filter, context);
  }

  private Block projected(Block all) {
    if (all == null) {
      return null;
    }
    Column[] columns = new Column[plan.outputs().size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = all.column(plan.outputs().get(i).column());
    }
    return new Block(columns, all.positionCount(), all.selection());
  }

  @Override
  public void reset() {
    cursor = null;
  }

  @Override
  public void close() {
    cursor = null;
  }
}
