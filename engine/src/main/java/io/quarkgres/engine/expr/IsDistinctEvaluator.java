package io.quarkgres.engine.expr;

import io.quarkgres.engine.function.Call;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.BooleanColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Selection;

/** IS [NOT] DISTINCT FROM: never NULL. Thread: any. */
final class IsDistinctEvaluator extends Evaluator {
  private final Evaluator left;
  private final Evaluator right;
  private final Call equality;
  private final boolean isNegated;

  IsDistinctEvaluator(Evaluator left, Evaluator right, Call equality, boolean isNegated) {
    this.left = left;
    this.right = right;
    this.equality = equality;
    this.isNegated = isNegated;
  }

  @Override
  public Column evaluate(Block block, Selection rows, Frame frame) {
    int size = block.positionCount();
    Column a = left.evaluate(block, rows, frame);
    Column b = right.evaluate(block, rows, frame);
    Selection both = rows.withoutNulls(a.nulls()).withoutNulls(b.nulls());
    boolean[] result = new boolean[size];
    if (both.count() < rows.count()) {
      for (int i = 0; i < rows.count(); i++) {
        int position = rows.position(i);
        result[position] = (a.isNull(position) != b.isNull(position)) != isNegated;
      }
    }
    if (both.count() > 0) {
      Column[] values = {a, b};
      BooleanColumn equal =
          (BooleanColumn) FunctionEvaluator.apply(equality, values, both, size, frame);
      boolean[] bits = equal.values();
      for (int i = 0; i < both.count(); i++) {
        int position = both.position(i);
        result[position] = bits[position] == isNegated;
      }
    }
    return new BooleanColumn(result, null, size);
  }
}
