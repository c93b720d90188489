package io.quarkgres.engine.expr;

import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Selection;

/** Makes values fit a type modifier: {@code varchar(3)}, {@code numeric(10,2)}. Thread: any. */
final class CoerceLengthEvaluator extends Evaluator {
  private final Evaluator operand;
  private final SqlType type;
  private final int typmod;
  private final boolean isExplicit;

  CoerceLengthEvaluator(Evaluator operand, SqlType type, int typmod, boolean isExplicit) {
    this.operand = operand;
    this.type = type;
    this.typmod = typmod;
    this.isExplicit = isExplicit;
  }

  @Override
  public Column evaluate(Block block, Selection rows, Frame frame) {
    Column value = operand.evaluate(block, rows, frame);
    int size = block.positionCount();
    ColumnBuilder result = ColumnBuilder.of(type.layout(), size);
    int next = 0;
    for (int position = 0; position < size; position++) {
      boolean isSelected = next < rows.count() && rows.position(next) == position;
      next += isSelected ? 1 : 0;
      if (!isSelected || value.isNull(position)) {
        result.appendNull();
      } else {
        type.coerceLength(value, position, typmod, isExplicit, result);
      }
    }
    return result.build();
  }

  @Override
  boolean isFixed() {
    return operand.isFixed();
  }
}
