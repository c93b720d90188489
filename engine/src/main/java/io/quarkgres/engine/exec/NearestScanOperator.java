package io.quarkgres.engine.exec;

import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.engine.plan.Plan;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.index.DistanceIndex;
import io.quarkgres.spi.store.BlockCursor;

/** Reads a distance index, nearest rows first. */
final class NearestScanOperator implements Operator {
  private final Plan.NearestScan plan;
  private final ExecutionContext context;
  private final Evaluator query;
  private final Evaluator filter;
  private final int[] projection;
  private BlockCursor cursor;

  NearestScanOperator(
      Plan.NearestScan plan, ExecutionContext context, Evaluator query, Evaluator filter) {
    this.plan = plan;
    this.context = context;
    this.query = query;
    this.filter = filter;
    this.projection = TableScanOperator.projection(plan.table(), plan.outputs());
  }

  @Override
  public Block next() {
    if (cursor == null) {
      cursor = open();
    }
    return TableScanOperator.nextFiltered(cursor, filter, context);
  }

  private BlockCursor open() {
    Column value = query.single(context.frame());
    return plan.index().index().nearest(context.snapshot(), value, options(), projection);
  }

  private DistanceIndex.SearchOptions options() {
    return new DistanceIndex.SearchOptions() {
      @Override
      public int integer(String setting) {
        return Integer.parseInt(text(setting));
      }

      @Override
      public String text(String setting) {
        return context.evaluation().setting(setting);
      }
    };
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
