package io.quarkgres.engine.expr;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.BooleanColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Nulls;
import io.quarkgres.spi.data.Selection;

/**
 * Three-valued AND, from left to right: an operand is computed only for rows for which none before
 * it was false. Thread: any.
 */
final class AndEvaluator extends Evaluator {
  private final Evaluator[] operands;

  AndEvaluator(Evaluator[] operands) {
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
          kept[n++] = position;
        } else if (nulls != null) {
          nulls[position >> 6] &= ~(1L << position);
        }
      }
      live = n == live.count() ? live : new Selection(kept, n);
    }
    for (int i = 0; i < live.count(); i++) {
      result[live.position(i)] = true;
    }
    return new BooleanColumn(result, nulls, size);
  }

  @Override
  public Selection select(Block block, Selection rows, Frame frame) {
    Selection live = rows;
    for (Evaluator operand : operands) {
      if (live.count() == 0) {
        return live;
      }
      live = operand.select(block, live, frame);
    }
    return live;
  }
}
