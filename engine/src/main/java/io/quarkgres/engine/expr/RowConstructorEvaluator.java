package io.quarkgres.engine.expr;

import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.nested.RecordValue;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.BytesBuilder;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Selection;
import java.util.Arrays;

/** {@code ROW(...)} as one record value. Thread: any. */
final class RowConstructorEvaluator extends Evaluator {
  private final Evaluator[] fields;
  private final SqlType[] types;

  RowConstructorEvaluator(Evaluator[] fields, SqlType[] types) {
    this.fields = fields;
    this.types = types;
  }

  @Override
  public Column evaluate(Block block, Selection rows, Frame frame) {
    Column[] values = RecordEvaluators.evaluateAll(fields, block, rows, frame);
    int size = block.positionCount();
    BytesBuilder result = new BytesBuilder(size);
    int[] positions = new int[fields.length];
    int next = 0;
    for (int position = 0; position < size; position++) {
      if (RecordEvaluators.isNext(rows, next, position)) {
        next++;
        Arrays.fill(positions, position);
        RecordValue.append(types, values, positions, result);
      } else {
        result.appendNull();
      }
    }
    return result.build();
  }
}
