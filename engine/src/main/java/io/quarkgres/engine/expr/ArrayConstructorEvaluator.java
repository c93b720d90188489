package io.quarkgres.engine.expr;

import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.nested.ArrayType;
import io.quarkgres.engine.type.nested.ArrayValue;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.BytesBuilder;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Selection;

/** {@code ARRAY[...]}, of elements or of arrays that get one dimension more. Thread: any. */
final class ArrayConstructorEvaluator extends Evaluator {
  private final Evaluator[] elements;
  private final boolean isNested;
  private final SqlType element;

  ArrayConstructorEvaluator(Evaluator[] elements, boolean isNested, ArrayType type) {
    this.elements = elements;
    this.isNested = isNested;
    this.element = type.element();
  }

  @Override
  public Column evaluate(Block block, Selection rows, Frame frame) {
    Column[] values = new Column[elements.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = elements[i].evaluate(block, rows, frame);
    }
    int size = block.positionCount();
    BytesBuilder result = new BytesBuilder(size);
    int next = 0;
    for (int position = 0; position < size; position++) {
      if (next < rows.count() && rows.position(next) == position) {
        next++;
        (isNested ? nested(values, position) : flat(values, position)).appendTo(result);
      } else {
        result.appendNull();
      }
    }
    return result.build();
  }

  private ArrayValue flat(Column[] values, int position) {
    ColumnBuilder builder = ColumnBuilder.of(element.layout(), values.length);
    for (Column value : values) {
      builder.append(value, position);
    }
    return ArrayValue.of(element.oid(), builder.build());
  }

  private ArrayValue nested(Column[] values, int position) {
    ArrayValue[] parts = new ArrayValue[values.length];
    for (int i = 0; i < parts.length; i++) {
      parts[i] =
          values[i].isNull(position)
              ? null
              : ArrayValue.read(values[i], position, element.layout());
    }
    return ArrayStack.of(element, parts);
  }

  @Override
  boolean isFixed() {
    for (Evaluator e : elements) {
      if (!e.isFixed()) {
        return false;
      }
    }
    return true;
  }
}
