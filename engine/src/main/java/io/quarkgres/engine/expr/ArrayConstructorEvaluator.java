package io.quarkgres.engine.expr;

import io.quarkgres.engine.type.ArrayType;
import io.quarkgres.engine.type.ArrayValue;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.BytesBuilder;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.Arrays;

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
    ArrayValue first = null;
    boolean hasEmpty = false;
    ColumnBuilder builder = ColumnBuilder.of(element.layout(), values.length * 4);
    for (Column value : values) {
      ArrayValue part =
          value.isNull(position) ? null : ArrayValue.read(value, position, element.layout());
      if (part == null || part.dims().length == 0) {
        hasEmpty = true;
        continue;
      }
      if (first == null) {
        first = part;
      } else if (!Arrays.equals(first.dims(), part.dims())
          || !Arrays.equals(first.lowerBounds(), part.lowerBounds())) {
        throw mismatch();
      }
      builder.appendAll(part.elements(), Selection.dense(part.elements().count()));
    }
    if (first == null) {
      return ArrayValue.empty(element);
    }
    if (hasEmpty) {
      throw mismatch();
    }
    int ndim = first.dims().length + 1;
    int[] dims = new int[ndim];
    int[] bounds = new int[ndim];
    dims[0] = values.length;
    bounds[0] = 1;
    System.arraycopy(first.dims(), 0, dims, 1, ndim - 1);
    System.arraycopy(first.lowerBounds(), 0, bounds, 1, ndim - 1);
    ArrayValue.checkedCardinality(dims);
    return new ArrayValue(element.oid(), dims, bounds, builder.build());
  }

  private static SqlException mismatch() {
    return new SqlException(
        SqlState.ARRAY_ELEMENT_ERROR,
        "multidimensional arrays must have array expressions with matching dimensions");
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
