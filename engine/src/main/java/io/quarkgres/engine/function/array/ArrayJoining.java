package io.quarkgres.engine.function.array;

import io.quarkgres.engine.function.kernel.Columns;
import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.nested.ArrayValue;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.Arrays;

/** Arrays put together: append, prepend, concatenate, fill, trim. Thread: any. */
final class ArrayJoining {
  private ArrayJoining() {}

  static void register(KernelTable t) {
    t.row("array_append", (r, o) -> extend(r, o, 0, 1));
    t.row("array_prepend", (r, o) -> extend(r, o, 1, 0));
    t.row("array_cat", ArrayJoining::concatenate);
    t.row("array_fill", (r, o) -> fill(r, o, false));
    t.row("array_fill_with_lower_bounds", (r, o) -> fill(r, o, true));
    t.row("trim_array", ArrayJoining::trim);
  }

  /** Puts argument {@code added} behind or before the elements of argument {@code array}. */
  private static void extend(Row r, Out o, int array, int added) {
    SqlType element = ArrayRow.element(r, array);
    ArrayValue old = r.isNull(array) ? ArrayValue.empty(element) : ArrayRow.array(r, array);
    if (old.dims().length > 1) {
      throw new SqlException(
          SqlState.DATA_EXCEPTION, "argument must be empty or one-dimensional array");
    }
    int n = old.cardinality();
    int lowerBound = n == 0 ? 1 : old.lowerBounds()[0];
    if (n > 0 && (long) lowerBound + n > Integer.MAX_VALUE) {
      throw new SqlException(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "integer out of range");
    }
    ColumnBuilder elements = ArrayRow.builder(element, n + 1);
    if (added < array) {
      elements.append(r.column(added), r.position());
    }
    elements.appendAll(old.elements(), Selection.dense(n));
    if (added > array) {
      elements.append(r.column(added), r.position());
    }
    int[] dims = {n + 1};
    ArrayValue.checkedCardinality(dims);
    ArrayRow.write(
        new ArrayValue(element.oid(), dims, new int[] {lowerBound}, elements.build()), o);
  }

  private static SqlException incompatible(String detail) {
    return ArrayRow.subscripts("cannot concatenate incompatible arrays", detail);
  }

  /** Tells whether two arrays have the same lengths and bounds from given dimensions on. */
  private static boolean isSameShape(ArrayValue left, int i, ArrayValue right, int j) {
    int leftEnd = left.dims().length;
    int rightEnd = right.dims().length;
    return Arrays.equals(left.dims(), i, leftEnd, right.dims(), j, rightEnd)
        && Arrays.equals(left.lowerBounds(), i, leftEnd, right.lowerBounds(), j, rightEnd);
  }

  private static void concatenate(Row r, Out o) {
    if (r.isNull(0) || r.isNull(1)) {
      o.copy(r.column(r.isNull(0) ? 1 : 0), r.position());
      return;
    }
    ArrayValue left = ArrayRow.array(r, 0);
    ArrayValue right = ArrayRow.array(r, 1);
    int leftDimensions = left.dims().length;
    int rightDimensions = right.dims().length;
    if (leftDimensions == 0 || rightDimensions == 0) {
      o.copy(r.column(leftDimensions == 0 ? 1 : 0), r.position());
      return;
    }
    if (Math.abs(leftDimensions - rightDimensions) > 1) {
      throw incompatible(
          "Arrays of "
              + leftDimensions
              + " and "
              + rightDimensions
              + " dimensions are not compatible for concatenation.");
    }
    ArrayValue outer = leftDimensions >= rightDimensions ? left : right;
    int[] dims = outer.dims().clone();
    if (leftDimensions == rightDimensions) {
      dims[0] = left.dims()[0] + right.dims()[0];
      if (!isSameShape(left, 1, right, 1)) {
        throw incompatible(
            "Arrays with differing element dimensions are not compatible for concatenation.");
      }
    } else {
      ArrayValue inner = outer == left ? right : left;
      dims[0]++;
      if (!isSameShape(outer, 1, inner, 0)) {
        throw incompatible(
            "Arrays with differing dimensions are not compatible for concatenation.");
      }
    }
    SqlType element = ArrayRow.element(r, 0);
    ColumnBuilder elements = ArrayRow.builder(element, ArrayValue.checkedCardinality(dims));
    elements.appendAll(left.elements(), Selection.dense(left.cardinality()));
    elements.appendAll(right.elements(), Selection.dense(right.cardinality()));
    ArrayRow.write(new ArrayValue(element.oid(), dims, outer.lowerBounds(), elements.build()), o);
  }

  private static SqlException nullBounds(String what) {
    return new SqlException(SqlState.NULL_VALUE_NOT_ALLOWED, what + " cannot be null");
  }

  private static int[] bounds(Row r, int argument, String name) {
    ArrayValue array = ArrayRow.array(r, argument);
    if (array.dims().length > 1) {
      throw ArrayRow.subscripts(
          "wrong number of array subscripts", name + " array must be one dimensional.");
    }
    if (array.hasNulls()) {
      throw nullBounds("dimension values");
    }
    int[] values = new int[array.cardinality()];
    System.arraycopy(Columns.ints(array.elements()), 0, values, 0, values.length);
    return values;
  }

  private static void fill(Row r, Out o, boolean hasLowerBounds) {
    if (r.isNull(1) || hasLowerBounds && r.isNull(2)) {
      throw nullBounds("dimension array or low bound array");
    }
    SqlType element = r.type(0);
    int[] dims = bounds(r, 1, "Dimension");
    if (dims.length > ArrayValue.DIMENSIONS_MAX) {
      ArrayValue.checkedCardinality(dims);
    }
    int[] lowerBounds = new int[dims.length];
    Arrays.fill(lowerBounds, 1);
    if (hasLowerBounds) {
      lowerBounds = bounds(r, 2, "Dimension");
      if (lowerBounds.length != dims.length) {
        throw ArrayRow.subscripts(
            "wrong number of array subscripts",
            "Low bound array has different size than dimensions array.");
      }
    }
    for (int dim : dims) {
      if (dim < 0) {
        throw new SqlException(
            SqlState.PROGRAM_LIMIT_EXCEEDED,
            "array size exceeds the maximum allowed (" + ArrayValue.ELEMENTS_MAX + ")");
      }
    }
    int n = ArrayValue.checkedCardinality(dims);
    if (n == 0) {
      ArrayRow.write(ArrayValue.empty(element), o);
      return;
    }
    ColumnBuilder elements = ArrayRow.builder(element, n);
    for (int i = 0; i < n; i++) {
      elements.append(r.column(0), r.position());
    }
    ArrayRow.write(new ArrayValue(element.oid(), dims, lowerBounds, elements.build()), o);
  }

  /** Takes elements off the end of the first dimension. */
  private static void trim(Row r, Out o) {
    ArrayValue array = ArrayRow.array(r, 0);
    int length = array.dims().length == 0 ? 0 : array.dims()[0];
    int trimmed = r.int32(1);
    if (trimmed < 0 || trimmed > length) {
      throw ArrayRow.subscripts("number of elements to trim must be between 0 and " + length, null);
    }
    SqlType element = ArrayRow.element(r, 0);
    if (trimmed == length) {
      ArrayRow.write(ArrayValue.empty(element), o);
      return;
    }
    int[] dims = array.dims().clone();
    dims[0] = length - trimmed;
    int[] lowerBounds = new int[dims.length];
    Arrays.fill(lowerBounds, 1);
    int n = ArrayValue.checkedCardinality(dims);
    ColumnBuilder elements = ArrayRow.builder(element, n);
    elements.appendAll(array.elements(), Selection.dense(n));
    ArrayRow.write(new ArrayValue(element.oid(), dims, lowerBounds, elements.build()), o);
  }
}
