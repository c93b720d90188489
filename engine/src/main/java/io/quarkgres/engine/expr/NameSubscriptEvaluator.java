package io.quarkgres.engine.expr;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.IntBuilder;
import io.quarkgres.spi.data.Selection;

/**
 * A byte of a {@code name}, which is a fixed array of 64 that counts from 0; behind the text it has
 * zeros. Thread: any.
 */
final class NameSubscriptEvaluator extends Evaluator {
  private static final int LENGTH = 64;

  private final Evaluator operand;
  private final Evaluator[] lowers;
  private final Evaluator[] uppers;

  NameSubscriptEvaluator(Evaluator operand, Evaluator[] lowers, Evaluator[] uppers) {
    this.operand = operand;
    this.lowers = lowers;
    this.uppers = uppers;
  }

  @Override
  public Column evaluate(Block block, Selection rows, Frame frame) {
    BytesColumn names = (BytesColumn) operand.evaluate(block, rows, frame);
    SubscriptBounds bounds = SubscriptBounds.evaluate(lowers, uppers, block, rows, frame);
    int size = block.positionCount();
    IntBuilder result = new IntBuilder(size);
    int next = 0;
    for (int position = 0; position < size; position++) {
      boolean isSelected = next < rows.count() && rows.position(next) == position;
      next += isSelected ? 1 : 0;
      if (!isSelected || names.isNull(position) || bounds.hasNull(position)) {
        result.appendNull();
      } else {
        append(names, position, bounds, result);
      }
    }
    return result.build();
  }

  private static void append(
      BytesColumn names, int position, SubscriptBounds bounds, IntBuilder result) {
    int index = bounds.count() == 1 ? bounds.upper(0, position) : -1;
    if (index < 0 || index >= LENGTH) {
      result.appendNull();
    } else if (index >= names.lengths()[position]) {
      result.append(0);
    } else {
      result.append(names.heap()[names.starts()[position] + index] & 0xff);
    }
  }
}
