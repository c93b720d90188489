package io.quarkgres.engine.exec.scan;

import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.exec.MemoryAccount;
import io.quarkgres.engine.exec.Operator;
import io.quarkgres.engine.exec.RowBuffer;
import io.quarkgres.engine.expr.Frame;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.LongColumn;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.store.BlockCursor;
import java.util.Arrays;

/**
 * Functions in FROM. The rows of a single one pass through as they come; several are kept and put
 * side by side, shorter ones padded with NULL.
 */
public final class FunctionScanOperator implements Operator {
  private final TableFunctionSource[] functions;
  private final Layout[][] layouts;
  private final boolean withOrdinality;
  private final ExecutionContext context;
  private final MemoryAccount.Share share;
  private BlockCursor single;
  private Column[][] kept;
  private int[] counts;
  private int total;
  private long yielded;

  public FunctionScanOperator(
      TableFunctionSource[] functions,
      Layout[][] layouts,
      boolean withOrdinality,
      ExecutionContext context) {
    this.functions = functions;
    this.layouts = layouts;
    this.withOrdinality = withOrdinality;
    this.context = context;
    this.share = context.memory().share();
  }

  @Override
  public Block next() {
    context.checkInterruption();
    return functions.length == 1 ? nextOfSingle() : nextOfMany();
  }

  private BlockCursor open(int function) {
    TableFunctionSource source = functions[function];
    Column[] arguments = source.evaluate(Frame.ONE_ROW, Selection.dense(1), context);
    return source.open(arguments, 0, context);
  }

  private Block nextOfSingle() {
    if (single == null) {
      single = open(0);
    }
    Block block = single.next();
    if (block == null || !withOrdinality) {
      return block;
    }
    Block dense = block.compact();
    Column[] columns = Arrays.copyOf(dense.columns(), dense.columns().length + 1);
    columns[columns.length - 1] = ordinals(dense.positionCount());
    return new Block(dense.positionCount(), columns);
  }

  private LongColumn ordinals(int n) {
    long[] values = new long[n];
    for (int i = 0; i < n; i++) {
      values[i] = ++yielded;
    }
    return new LongColumn(values, null, n);
  }

  private Block nextOfMany() {
    if (kept == null) {
      keepAll();
    }
    int from = (int) yielded;
    int n = Math.min(Block.ROWS_MAX, total - from);
    if (n <= 0) {
      return null;
    }
    int width = withOrdinality ? 1 : 0;
    for (Layout[] layout : layouts) {
      width += layout.length;
    }
    Column[] columns = new Column[width];
    int at = 0;
    int[] positions = new int[n];
    for (int f = 0; f < kept.length; f++) {
      for (int i = 0; i < n; i++) {
        positions[i] = from + i < counts[f] ? from + i : -1;
      }
      for (Column column : kept[f]) {
        columns[at++] = column.gather(positions, n);
      }
    }
    if (withOrdinality) {
      columns[at] = ordinals(n);
    } else {
      yielded += n;
    }
    return new Block(n, columns);
  }

  private void keepAll() {
    kept = new Column[functions.length][];
    counts = new int[functions.length];
    total = 0;
    for (int f = 0; f < functions.length; f++) {
      RowBuffer buffer = new RowBuffer(layouts[f], share);
      try (BlockCursor cursor = open(f)) {
        for (Block block = cursor.next(); block != null; block = cursor.next()) {
          context.checkInterruption();
          buffer.append(block);
        }
      }
      counts[f] = buffer.count();
      total = Math.max(total, counts[f]);
      kept[f] = buffer.build();
    }
  }

  @Override
  public void reset() {
    close();
  }

  @Override
  public void close() {
    if (single != null) {
      single.close();
      single = null;
    }
    kept = null;
    yielded = 0;
    share.release();
  }
}
