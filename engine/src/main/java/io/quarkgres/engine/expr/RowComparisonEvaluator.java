package io.quarkgres.engine.expr;

import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.BooleanColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Nulls;
import io.quarkgres.spi.data.Selection;

/**
 * {@code <}, {@code <=}, {@code >} or {@code >=} of two row values: the first pair of fields that
 * differs decides, a NULL in the way makes the result NULL. A field is computed only for rows whose
 * earlier fields are equal. Thread: any.
 */
final class RowComparisonEvaluator extends Evaluator {
  private final Evaluator[] lefts;
  private final Evaluator[] rights;
  private final SqlType[] types;
  private final boolean isLess;
  private final boolean isTrueWhenEqual;

  RowComparisonEvaluator(
      String comparison, Evaluator[] lefts, Evaluator[] rights, SqlType[] types) {
    this.lefts = lefts;
    this.rights = rights;
    this.types = types;
    this.isLess = comparison.charAt(0) == '<';
    this.isTrueWhenEqual = comparison.endsWith("=");
  }

  @Override
  public Column evaluate(Block block, Selection rows, Frame frame) {
    int size = block.positionCount();
    boolean[] result = new boolean[size];
    long[] nulls = null;
    Selection equal = rows;
    for (int f = 0; f < lefts.length && equal.count() > 0; f++) {
      Column left = lefts[f].evaluate(block, equal, frame);
      Column right = rights[f].evaluate(block, equal, frame);
      int[] kept = new int[equal.count()];
      int n = 0;
      for (int i = 0; i < equal.count(); i++) {
        int position = equal.position(i);
        if (left.isNull(position) || right.isNull(position)) {
          nulls = nulls == null ? Nulls.none(size) : nulls;
          Nulls.set(nulls, position);
          continue;
        }
        int order = types[f].compare(left, position, right, position);
        if (order == 0) {
          kept[n++] = position;
        } else {
          result[position] = order < 0 == isLess;
        }
      }
      equal = new Selection(kept, n);
    }
    for (int i = 0; i < equal.count(); i++) {
      result[equal.position(i)] = isTrueWhenEqual;
    }
    return new BooleanColumn(result, nulls, size);
  }
}
