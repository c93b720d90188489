package io.quarkgres.engine.expr;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.BooleanColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Nulls;
import io.quarkgres.spi.data.Selection;

/**
 * Three-valued OR, from left to right: an operand is computed only for rows for which none before
 * it was true. Thread: any.
 */
final class OrEvaluator extends Evaluator {
  private final Evaluator[] operands;

  OrEvaluator(Evaluator[] operands) {
    this.operands = operands;
  }

  @Override
  public Column evaluate(Block block, Selection rows, Frame frame) {
    int size = block.positionCount();
    boolean[] result = new boolean[size];
    long[] nulls = null;
    Selection live = rows;
    for (Evaluator operand : operands) {
      if (live.count() == 0) {
        break;
      }
      BooleanColumn value = (BooleanColumn) operand.evaluate(block, live, frame);
      boolean[] bits = value.values();
      int[] kept = new int[live.count()];
      int n = 0;
      for (int i = 0; i < live.count(); i++) {
        int position = live.position(i);
        if (value.isNull(position)) {
          nulls = nulls == null ? Nulls.none(size) : nulls;
          Nulls.set(nulls, position);
          kept[n++] = position;
        } else if (bits[position]) {
          result[position] = true;
          if (nulls != null) {
            nulls[position >> 6] &= ~(1L << position);
          }
        } else {
          kept[n++] = position;
        }
      }
      live = n == live.count() ? live : new Selection(kept, n);
    }
    return new BooleanColumn(result, nulls, size);
  }
}
