package io.quarkgres.engine.function.array;

import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.nested.ArrayType;
import io.quarkgres.engine.type.nested.ArrayValue;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/** Reads array arguments and writes array results. Thread: any. */
final class ArrayRow {
  private ArrayRow() {}

  static SqlType element(Row r, int i) {
    return ((ArrayType) r.type(i)).element();
  }

  static ArrayValue array(Row r, int i) {
    return ((ArrayType) r.type(i)).value(r.column(i), r.position());
  }

  static void write(ArrayValue array, Out o) {
    array.appendTo(o.builder());
  }

  /** Tells whether two values are equal, NULL being equal to NULL. */
  static boolean isSame(SqlType type, Column left, int i, Column right, int j) {
    if (left.isNull(i) || right.isNull(j)) {
      return left.isNull(i) && right.isNull(j);
    }
    return type.equal(left, i, right, j);
  }

  static ColumnBuilder builder(SqlType element, int capacity) {
    return ColumnBuilder.of(element.layout(), capacity);
  }

  /** 2202E. */
  static SqlException subscripts(String message, String detail) {
    return new SqlException(SqlState.ARRAY_ELEMENT_ERROR, message, detail, null);
  }
}
