package io.quarkgres.engine.exec.sort;

import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.exec.Operator;
import io.quarkgres.engine.exec.RowOrder;
import io.quarkgres.engine.exec.RowOutput;
import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Selection;

/** The first row of each run of equal keys. */
public final class DistinctOnOperator implements Operator {
  private final Operator input;
  private final Evaluator[] keys;
  private final RowOrder order;
  private final ExecutionContext context;
  private Column[] lastKeys;

  public DistinctOnOperator(
      Operator input, Evaluator[] keys, RowOrder order, ExecutionContext context) {
    this.input = input;
    this.keys = keys;
    this.order = order;
    this.context = context;
  }

  @Override
  public Block next() {
    while (true) {
      context.checkInterruption();
      Block block = input.next();
      if (block == null) {
        return null;
      }
      Selection rows = block.selection();
      Column[] values = new Column[keys.length];
      for (int i = 0; i < keys.length; i++) {
        values[i] = keys[i].evaluate(block, rows, context.frame());
      }
      int[] kept = new int[rows.count()];
      int n = 0;
      Column[] previous = lastKeys;
      int previousPosition = 0;
      for (int i = 0; i < rows.count(); i++) {
        int position = rows.position(i);
        if (previous == null || order.compare(values, position, previous, previousPosition) != 0) {
          kept[n++] = position;
        }
        previous = values;
        previousPosition = position;
      }
      lastKeys = RowOutput.gather(values, new int[] {previousPosition}, 1);
      if (n > 0) {
        return block.select(new Selection(kept, n));
      }
    }
  }

  @Override
  public void reset() {
    lastKeys = null;
    input.reset();
  }

  @Override
  public void close() {
    lastKeys = null;
    input.close();
  }
}
