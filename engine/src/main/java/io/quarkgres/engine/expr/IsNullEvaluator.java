package io.quarkgres.engine.expr;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.BooleanColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Selection;

/** IS [NOT] NULL of a value that is no record. Thread: any. */
final class IsNullEvaluator extends Evaluator {
  private final Evaluator operand;
  private final boolean isNegated;

  IsNullEvaluator(Evaluator operand, boolean isNegated) {
    this.operand = operand;
    this.isNegated = isNegated;
  }

  @Override
  public Column evaluate(Block block, Selection rows, Frame frame) {
    Column value = operand.evaluate(block, rows, frame);
    boolean[] result = new boolean[block.positionCount()];
    for (int i = 0; i < rows.count(); i++) {
      int position = rows.position(i);
      result[position] = value.isNull(position) != isNegated;
    }
    return new BooleanColumn(result, null, result.length);
  }
}
