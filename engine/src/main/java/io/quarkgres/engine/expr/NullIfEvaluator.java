package io.quarkgres.engine.expr;

import io.quarkgres.engine.function.Call;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.BooleanColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Nulls;
import io.quarkgres.spi.data.Selection;

/** NULLIF: the left value, or NULL where it equals the right one. Thread: any. */
final class NullIfEvaluator extends Evaluator {
  private final Evaluator left;
  private final Evaluator comparedLeft;
  private final Evaluator right;
  private final Call equality;

  /** Makes one; {@code comparedLeft} is {@code null} when it is {@code left} itself. */
  NullIfEvaluator(Evaluator left, Evaluator comparedLeft, Evaluator right, Call equality) {
    this.left = left;
    this.comparedLeft = comparedLeft;
    this.right = right;
    this.equality = equality;
  }

  @Override
  public Column evaluate(Block block, Selection rows, Frame frame) {
    int size = block.positionCount();
    Column value = left.evaluate(block, rows, frame);
    Column a = comparedLeft == null ? value : comparedLeft.evaluate(block, rows, frame);
    Column b = right.evaluate(block, rows, frame);
    Selection both = rows.withoutNulls(a.nulls()).withoutNulls(b.nulls());
    if (both.count() == 0) {
      return value;
    }
    Column[] values = {a, b};
    Selection equal =
        both.whereTrue(
            (BooleanColumn) FunctionEvaluator.apply(equality, values, both, size, frame));
    if (equal.count() == 0) {
      return value;
    }
    long[] nulls = Nulls.none(Math.max(size, value.count()));
    long[] old = value.nulls();
    if (old != null) {
      System.arraycopy(old, 0, nulls, 0, Math.min(old.length, nulls.length));
    }
    for (int i = 0; i < equal.count(); i++) {
      Nulls.set(nulls, equal.position(i));
    }
    return value.withNulls(nulls);
  }
}
