package io.quarkgres.engine.expr;

import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Selection;

/** A cast by printing a value of one type and parsing the text as another. Thread: any. */
final class CastByTextEvaluator extends Evaluator {
  private final Evaluator operand;
  private final SqlType from;
  private final SqlType to;
  private final int typmod;

  CastByTextEvaluator(Evaluator operand, SqlType from, SqlType to, int typmod) {
    this.operand = operand;
    this.from = from;
    this.to = to;
    this.typmod = typmod;
  }

  @Override
  public Column evaluate(Block block, Selection rows, Frame frame) {
    Column value = operand.evaluate(block, rows, frame);
    TypeContext types = frame.context().types();
    ByteSink text = new ByteSink(64);
    int size = block.positionCount();
    ColumnBuilder result = ColumnBuilder.of(to.layout(), size);
    int next = 0;
    for (int position = 0; position < size; position++) {
      boolean isSelected = next < rows.count() && rows.position(next) == position;
      next += isSelected ? 1 : 0;
      if (!isSelected || value.isNull(position)) {
        result.appendNull();
        continue;
      }
      text.truncate(0);
      from.print(value, position, text, types);
      to.parse(text.array(), 0, text.size(), typmod, result, types);
    }
    return result.build();
  }

  @Override
  boolean isFixed() {
    return operand.isFixed();
  }
}
