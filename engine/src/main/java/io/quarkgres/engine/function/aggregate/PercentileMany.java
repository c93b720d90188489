package io.quarkgres.engine.function.aggregate;

import io.quarkgres.engine.function.kernel.Columns;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.nested.ArrayValue;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Layout;

/** Percentiles at each fraction of an array, as an array of the same shape. Thread: any. */
final class PercentileMany {
  /** A percentile of one fraction. */
  private interface One {
    void append(double fraction, Column values, ColumnBuilder out);
  }

  private PercentileMany() {}

  static void discrete(SqlType type, Column fractions, Column values, ColumnBuilder out) {
    each(type, fractions, values, out, PercentileOne::discrete);
  }

  static void continuous(SqlType type, Column fractions, Column values, ColumnBuilder out) {
    each(type, fractions, values, out, PercentileOne::continuous);
  }

  private static void each(
      SqlType type, Column fractions, Column values, ColumnBuilder out, One one) {
    ArrayValue array = ArrayValue.read(fractions, 0, Layout.FLOAT64);
    int n = array.cardinality();
    ColumnBuilder results = ColumnBuilder.of(type.layout(), n);
    for (int i = 0; i < n; i++) {
      if (array.elements().isNull(i)) {
        results.appendNull();
      } else {
        one.append(Columns.doubles(array.elements())[i], values, results);
      }
    }
    new ArrayValue(type.oid(), array.dims(), array.lowerBounds(), results.build()).appendTo(out);
  }
}
