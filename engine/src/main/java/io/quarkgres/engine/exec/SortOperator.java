package io.quarkgres.engine.exec;

import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Layout;
import java.util.Arrays;

/** A stable sort: keeps all rows, sorts their positions, yields them in order. */
final class SortOperator implements Operator {
  private final Operator input;
  private final Layout[] layouts;
  private final KeyColumns keys;
  private final ExecutionContext context;
  private final MemoryAccount.Share share;
  private RowOutput output;

  SortOperator(
      Operator input,
      Layout[] layouts,
      Evaluator[] keys,
      RowOrder order,
      ExecutionContext context) {
    this.input = input;
    this.layouts = layouts;
    this.keys = new KeyColumns(layouts, keys, order);
    this.context = context;
    this.share = context.memory().share();
  }

  @Override
  public Block next() {
    if (output == null) {
      output = sort();
    }
    return output.next();
  }

  private RowOutput sort() {
    RowBuffer buffer = new RowBuffer(keys.bufferLayouts(), share);
    for (Block block = input.next(); block != null; block = input.next()) {
      context.checkInterruption();
      buffer.append(keys.bufferColumns(block, context.frame()), block.selection());
    }
    int n = buffer.count();
    share.grow(Sorter.BYTES_PER_ROW * n);
    Column[] all = buffer.build();
    int[] order = Sorter.sort(keys.keysOf(all), keys.order(), n);
    return new RowOutput(Arrays.copyOf(all, layouts.length), order, 0, n);
  }

  @Override
  public void reset() {
    output = null;
    share.release();
    input.reset();
  }

  @Override
  public void close() {
    output = null;
    share.release();
    input.close();
  }
}
