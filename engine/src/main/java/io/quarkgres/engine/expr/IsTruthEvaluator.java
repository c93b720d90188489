package io.quarkgres.engine.expr;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.BooleanColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Selection;

/** IS [NOT] TRUE, FALSE or UNKNOWN. Thread: any. */
final class IsTruthEvaluator extends Evaluator {
  private final Evaluator operand;
  private final BoundExpr.Truth truth;
  private final boolean isNegated;

  IsTruthEvaluator(Evaluator operand, BoundExpr.Truth truth, boolean isNegated) {
    this.operand = operand;
    this.truth = truth;
    this.isNegated = isNegated;
  }

  @Override
  public Column evaluate(Block block, Selection rows, Frame frame) {
    BooleanColumn value = (BooleanColumn) operand.evaluate(block, rows, frame);
    boolean[] bits = value.values();
    boolean[] result = new boolean[block.positionCount()];
    for (int i = 0; i < rows.count(); i++) {
      int position = rows.position(i);
      boolean isNull = value.isNull(position);
      boolean holds =
          switch (truth) {
            case TRUE -> !isNull && bits[position];
            case FALSE -> !isNull && !bits[position];
            case UNKNOWN -> isNull;
          };
      result[position] = holds != isNegated;
    }
    return new BooleanColumn(result, null, result.length);
  }
}
