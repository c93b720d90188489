package io.quarkgres.engine.expr;

import io.quarkgres.engine.type.nested.RecordType;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.BooleanColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Selection;

/**
 * IS [NOT] NULL of a record: IS NULL when it or all its fields are NULL, IS NOT NULL when none of
 * its fields is. Thread: any.
 */
final class RecordNullEvaluator extends Evaluator {
  private final Evaluator operand;
  private final RecordType record;
  private final boolean isNegated;

  RecordNullEvaluator(Evaluator operand, RecordType record, boolean isNegated) {
    this.operand = operand;
    this.record = record;
    this.isNegated = isNegated;
  }

  @Override
  public Column evaluate(Block block, Selection rows, Frame frame) {
    Column records = operand.evaluate(block, rows, frame);
    boolean[] result = new boolean[block.positionCount()];
    for (int i = 0; i < rows.count(); i++) {
      int position = rows.position(i);
      result[position] = records.isNull(position) ? !isNegated : answer(records, position);
    }
    return new BooleanColumn(result, null, result.length);
  }

  private boolean answer(Column records, int position) {
    for (Column value : record.value(records, position).values()) {
      // one field that does not fit decides
      if (value.isNull(0) == isNegated) {
        return false;
      }
    }
    return true;
  }
}
