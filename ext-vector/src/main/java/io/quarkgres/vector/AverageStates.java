package io.quarkgres.vector;

import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.nested.ArrayValue;
import io.quarkgres.spi.data.DoubleBuilder;
import io.quarkgres.spi.data.DoubleColumn;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.Arrays;

/**
 * The functions over states of averages as float8 arrays: a count, then a sum a dimension. The
 * aggregates here do not use them; users may. Thread: any.
 */
record AverageStates(Precision precision) {
  void accumulate(Row row, Out out) {
    double[] state = state(row, 0, precision.typeName() + "_accum");
    float[] values = row.floats(1);
    double[] result = new double[values.length + 1];
    if (state.length > 1) {
      VectorType.checkLength(values.length, state.length - 1);
      result = Arrays.copyOf(state, state.length);
    }
    result[0] = state[0] + 1;
    for (int i = 0; i < values.length; i++) {
      result[i + 1] = finite(result[i + 1] + values[i]);
    }
    write(result, out);
  }

  /** Adds two states. For halfvec, too, errors are those of vector. */
  void combine(Row row, Out out) {
    double[] a = state(row, 0, "vector_combine");
    double[] b = state(row, 1, "vector_combine");
    if (a[0] == 0 || b[0] == 0) {
      double[] result = a[0] == 0 ? b : a;
      Precision.SINGLE.checkDimensions(result.length - 1);
      write(result, out);
      return;
    }
    Precision.SINGLE.checkDimensions(a.length - 1);
    VectorType.checkLength(b.length - 1, a.length - 1);
    a[0] += b[0];
    for (int i = 1; i < a.length; i++) {
      a[i] = finite(a[i] + b[i]);
    }
    write(a, out);
  }

  void average(Row row, Out out) {
    double[] state = state(row, 0, precision.typeName() + "_avg");
    if (state[0] == 0) {
      out.sqlNull();
      return;
    }
    precision.checkDimensions(state.length - 1);
    float[] result = new float[state.length - 1];
    for (int i = 0; i < result.length; i++) {
      result[i] = precision.checked(precision.converted((float) (state[i + 1] / state[0])));
    }
    out.floats(result);
  }

  private static double finite(double sum) {
    if (Double.isInfinite(sum)) {
      throw VectorErrors.overflow();
    }
    return sum;
  }

  private static double[] state(Row row, int argument, String caller) {
    ArrayValue array = ArrayValue.read(row.column(argument), row.position(), Layout.FLOAT64);
    if (array.dims().length != 1 || array.hasNulls()) {
      throw new SqlException(SqlState.INTERNAL_ERROR, caller + ": expected state array");
    }
    return Arrays.copyOf(((DoubleColumn) array.elements()).values(), array.elements().count());
  }

  private static void write(double[] state, Out out) {
    DoubleBuilder elements = new DoubleBuilder(state.length);
    for (double value : state) {
      elements.append(value);
    }
    ArrayValue.of(Oids.FLOAT8, elements.build()).appendTo(out.builder());
  }
}
