package io.quarkgres.vector;

import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.nested.ArrayValue;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.DecimalColumn;
import io.quarkgres.spi.data.DoubleColumn;
import io.quarkgres.spi.data.IntColumn;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.math.BigDecimal;

/**
 * The elements of an int4, float4, float8 or numeric array as floats, for casts to vectors. Thread:
 * any.
 */
record ArrayElements(Column column) {
  /** Reads the array that is the first argument; raises errors for nested ones and NULLs. */
  static ArrayElements read(Row row) {
    Layout layout =
        switch (row.type(0).oid()) {
          case Oids.INT4_ARRAY -> Layout.INT32;
          case Oids.NUMERIC_ARRAY -> Layout.DECIMAL;
          default -> Layout.FLOAT64;
        };
    ArrayValue array = ArrayValue.read(row.column(0), row.position(), layout);
    if (array.dims().length > 1) {
      throw new SqlException(SqlState.DATA_EXCEPTION, "array must be 1-D");
    }
    if (array.hasNulls()) {
      throw new SqlException(SqlState.NULL_VALUE_NOT_ALLOWED, "array must not contain nulls");
    }
    return new ArrayElements(array.elements());
  }

  int count() {
    return column.count();
  }

  float element(int i) {
    return switch (column.layout()) {
      case INT32 -> ((IntColumn) column).values()[i];
      case FLOAT64 -> (float) ((DoubleColumn) column).values()[i];
      case DECIMAL -> toFloat((DecimalColumn) column, i);
      case BOOLEAN, INT64, INT128, BYTES, FLOAT_ARRAY ->
          throw new IllegalStateException("no cast to a vector from arrays of " + column.layout());
    };
  }

  private static float toFloat(DecimalColumn values, int i) {
    short code = values.scales()[i];
    if (code == DecimalColumn.NAN) {
      return Float.NaN;
    }
    if (code == DecimalColumn.POSITIVE_INFINITY || code == DecimalColumn.NEGATIVE_INFINITY) {
      return Float.POSITIVE_INFINITY;
    }
    BigDecimal exact = values.decimal(i);
    float value = exact.floatValue();
    if (Float.isInfinite(value) || (value == 0 && exact.signum() != 0)) {
      throw VectorErrors.outOfRange(exact.toPlainString(), "real");
    }
    return value;
  }
}
