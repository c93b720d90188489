package io.quarkgres.engine.expr;

import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Selection;
import java.util.Arrays;

/** GREATEST and LEAST, by the type's order, NULLs left out. Thread: any. */
final class ExtremeEvaluator extends Evaluator {
  private final Evaluator[] operands;
  private final SqlType type;
  private final int sign;

  ExtremeEvaluator(Evaluator[] operands, SqlType type, boolean isGreatest) {
    this.operands = operands;
    this.type = type;
    this.sign = isGreatest ? 1 : -1;
  }

  @Override
  public Column evaluate(Block block, Selection rows, Frame frame) {
    int size = block.positionCount();
    Column[] values = new Column[operands.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = operands[i].evaluate(block, rows, frame);
    }
    int[] best = new int[size];
    Arrays.fill(best, -1);
    for (int i = 0; i < values.length; i++) {
      raise(best, values, i, rows);
    }
    ColumnMerger merger = new ColumnMerger(type.layout(), size);
    for (int i = 0; i < values.length; i++) {
      merger.add(values[i], whereBest(best, i, rows));
    }
    return merger.build(rows);
  }

  private void raise(int[] best, Column[] values, int candidate, Selection rows) {
    Column value = values[candidate];
    for (int i = 0; i < rows.count(); i++) {
      int position = rows.position(i);
      if (!value.isNull(position)
          && (best[position] < 0
              || sign
                      * Integer.signum(
                          type.compare(value, position, values[best[position]], position))
                  > 0)) {
        best[position] = candidate;
      }
    }
  }

  private static Selection whereBest(int[] best, int candidate, Selection rows) {
    int[] kept = new int[rows.count()];
    int n = 0;
    for (int i = 0; i < rows.count(); i++) {
      int position = rows.position(i);
      kept[n] = position;
      n += best[position] == candidate ? 1 : 0;
    }
    return new Selection(kept, n);
  }
}
