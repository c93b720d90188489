package io.quarkgres.vector;

import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.type.ArrayValue;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.DecimalColumn;
import io.quarkgres.spi.data.DoubleBuilder;
import io.quarkgres.spi.data.DoubleColumn;
import io.quarkgres.spi.data.IntColumn;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.math.BigDecimal;

/**
 * Casts between vectors and arrays, and from a vector to one of a fixed number of dimensions. Their
 * arguments are the value, the type modifier and whether the cast is explicit. Thread: any.
 */
final class VectorCasts {
  private VectorCasts() {}

  static void fit(Row row, Out out) {
    VectorType.checkLength(row.floatCount(0), row.int32(1));
    out.copy(row.column(0), row.position());
  }

  static void fromInts(Row row, Out out) {
    Column elements = elements(row, Layout.INT32);
    int[] values = ((IntColumn) elements).values();
    float[] result = new float[elements.count()];
    for (int i = 0; i < result.length; i++) {
      result[i] = values[i];
    }
    out.floats(result);
  }

  static void fromDoubles(Row row, Out out) {
    Column elements = elements(row, Layout.FLOAT64);
    double[] values = ((DoubleColumn) elements).values();
    float[] result = new float[elements.count()];
    for (int i = 0; i < result.length; i++) {
      result[i] = VectorType.checked((float) values[i]);
    }
    out.floats(result);
  }

  static void fromNumerics(Row row, Out out) {
    Column elements = elements(row, Layout.DECIMAL);
    DecimalColumn values = (DecimalColumn) elements;
    float[] result = new float[elements.count()];
    for (int i = 0; i < result.length; i++) {
      result[i] = VectorType.checked(toFloat(values, i));
    }
    out.floats(result);
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
      throw new SqlException(
          SqlState.NUMERIC_VALUE_OUT_OF_RANGE,
          "\"" + exact.toPlainString() + "\" is out of range for type real");
    }
    return value;
  }

  /** Returns the elements of an array that can become a vector. */
  private static Column elements(Row row, Layout layout) {
    ArrayValue array = ArrayValue.read(row.column(0), row.position(), layout);
    if (array.dims().length > 1) {
      throw new SqlException(SqlState.DATA_EXCEPTION, "array must be 1-D");
    }
    if (array.hasNulls()) {
      throw new SqlException(SqlState.NULL_VALUE_NOT_ALLOWED, "array must not contain nulls");
    }
    VectorType.checkDimensions(array.cardinality());
    VectorType.checkLength(array.cardinality(), row.int32(1));
    return array.elements();
  }

  static void toFloats(Row row, Out out) {
    float[] values = row.floats(0);
    DoubleBuilder elements = new DoubleBuilder(values.length);
    for (float value : values) {
      elements.append(value);
    }
    ArrayValue.of(Oids.FLOAT4, elements.build()).appendTo(out.builder());
  }
}
