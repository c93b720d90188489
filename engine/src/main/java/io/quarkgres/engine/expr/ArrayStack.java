package io.quarkgres.engine.expr;

import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.nested.ArrayValue;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.Arrays;

/** Puts arrays of one shape into an array with one dimension more. Thread: any. */
public final class ArrayStack {
  private ArrayStack() {}

  /** Stacks arrays; {@code null} stands for NULL, which counts as an empty array. */
  public static ArrayValue of(SqlType element, ArrayValue... parts) {
    ArrayValue first = null;
    boolean hasEmpty = false;
    ColumnBuilder builder = ColumnBuilder.of(element.layout(), parts.length * 4);
    for (ArrayValue part : parts) {
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
    dims[0] = parts.length;
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
}
