package io.quarkgres.engine.expr;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.Selection;

/** COALESCE: a later operand is computed only where the earlier ones are NULL. Thread: any. */
final class CoalesceEvaluator extends Evaluator {
  private final Evaluator[] operands;
  private final Layout layout;

  CoalesceEvaluator(Evaluator[] operands, Layout layout) {
    this.operands = operands;
    this.layout = layout;
  }

  @Override
  public Column evaluate(Block block, Selection rows, Frame frame) {
    ColumnMerger merger = new ColumnMerger(layout, block.positionCount());
    Selection rest = rows;
    for (int i = 0; i < operands.length && rest.count() > 0; i++) {
      Column value = operands[i].evaluate(block, rest, frame);
      Selection present = rest.withoutNulls(value.nulls());
      if (present.count() > 0) {
        merger.add(value, present);
        rest = ColumnMerger.without(rest, present);
      }
    }
    return merger.build(rows);
  }
}
