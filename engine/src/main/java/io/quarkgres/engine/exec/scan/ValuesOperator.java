package io.quarkgres.engine.exec.scan;

import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.exec.Operator;
import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Layout;

/** The rows of VALUES. */
public final class ValuesOperator implements Operator {
  private final Evaluator[][] rows;
  private final Layout[] layouts;
  private final ExecutionContext context;
  private int next;

  public ValuesOperator(Evaluator[][] rows, Layout[] layouts, ExecutionContext context) {
    this.rows = rows;
    this.layouts = layouts;
    this.context = context;
  }

  @Override
  public Block next() {
    int n = Math.min(Block.ROWS_MAX, rows.length - next);
    if (n <= 0) {
      return null;
    }
    context.checkInterruption();
    ColumnBuilder[] builders = new ColumnBuilder[layouts.length];
    for (int c = 0; c < builders.length; c++) {
      builders[c] = ColumnBuilder.of(layouts[c], n);
    }
    for (int r = 0; r < n; r++) {
      Evaluator[] row = rows[next + r];
      for (int c = 0; c < builders.length; c++) {
        builders[c].append(row[c].single(context.frame()), 0);
      }
    }
    next += n;
    Column[] columns = new Column[builders.length];
    for (int c = 0; c < columns.length; c++) {
      columns[c] = builders[c].build();
    }
    return new Block(n, columns);
  }

  @Override
  public void reset() {
    next = 0;
  }

  @Override
  public void close() {
    next = rows.length;
  }
}
