package io.quarkgres.engine.function.aggregate;

import io.quarkgres.engine.function.kernel.Columns;
import io.quarkgres.engine.function.number.NumberText;
import io.quarkgres.engine.function.time.Intervals;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.BooleanColumn;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.DecimalColumn;
import io.quarkgres.spi.data.DoubleBuilder;
import io.quarkgres.spi.data.DoubleColumn;
import io.quarkgres.spi.data.FloatArrayColumn;
import io.quarkgres.spi.data.IntColumn;
import io.quarkgres.spi.data.LongColumn;
import io.quarkgres.spi.data.WideBuilder;
import io.quarkgres.spi.data.WideColumn;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/** Percentiles of sorted values. Thread: any. */
final class PercentileOne {
  private PercentileOne() {}

  static void discrete(SqlType type, Column fraction, Column values, ColumnBuilder out) {
    discrete(Columns.doubles(fraction)[0], values, out);
  }

  static void continuous(SqlType type, Column fraction, Column values, ColumnBuilder out) {
    continuous(Columns.doubles(fraction)[0], values, out);
  }

  /** Appends the first value at or above the fraction of all rows. */
  static void discrete(double fraction, Column values, ColumnBuilder out) {
    check(fraction);
    int row = (int) Math.ceil(fraction * values.count());
    out.append(values, Math.max(row, 1) - 1);
  }

  /** Appends the value at the fraction of the way, between two values where it falls there. */
  static void continuous(double fraction, Column values, ColumnBuilder out) {
    check(fraction);
    double place = fraction * (values.count() - 1);
    int first = (int) Math.floor(place);
    int second = (int) Math.ceil(place);
    if (first == second) {
      out.append(values, first);
      return;
    }
    double part = place - first;
    switch (values) {
      case DoubleColumn c -> {
        double low = c.values()[first];
        ((DoubleBuilder) out).append(low + part * (c.values()[second] - low));
      }
      case WideColumn c -> {
        Intervals low = Intervals.of(c.high()[first], c.low()[first]);
        Intervals high = Intervals.of(c.high()[second], c.low()[second]);
        Intervals result = low.plus(high.minus(low).times(part));
        ((WideBuilder) out).append(result.micros(), result.low());
      }
      case BooleanColumn _,
          IntColumn _,
          LongColumn _,
          DecimalColumn _,
          BytesColumn _,
          FloatArrayColumn _ ->
          throw new IllegalStateException("percentile_cont of " + values.layout());
    }
  }

  private static void check(double fraction) {
    if (!(fraction >= 0 && fraction <= 1)) {
      throw new SqlException(
          SqlState.NUMERIC_VALUE_OUT_OF_RANGE,
          "percentile value " + NumberText.general(fraction) + " is not between 0 and 1");
    }
  }
}
