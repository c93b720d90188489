package io.quarkgres.engine.expr;

import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.nested.RecordType;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Selection;

/** One field of a record value. Thread: any. */
final class FieldAccessEvaluator extends Evaluator {
  private final Evaluator operand;
  private final RecordType record;
  private final int field;
  private final SqlType type;

  FieldAccessEvaluator(Evaluator operand, RecordType record, int field, SqlType type) {
    this.operand = operand;
    this.record = record;
    this.field = field;
    this.type = type;
  }

  @Override
  public Column evaluate(Block block, Selection rows, Frame frame) {
    Column records = operand.evaluate(block, rows, frame);
    int size = block.positionCount();
    ColumnBuilder result = ColumnBuilder.of(type.layout(), size);
    int next = 0;
    for (int position = 0; position < size; position++) {
      boolean isSelected = RecordEvaluators.isNext(rows, next, position);
      next += isSelected ? 1 : 0;
      if (!isSelected || records.isNull(position)) {
        result.appendNull();
      } else {
        result.append(record.value(records, position).values()[field], 0);
      }
    }
    return result.build();
  }
}
