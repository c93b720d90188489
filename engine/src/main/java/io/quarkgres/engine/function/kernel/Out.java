package io.quarkgres.engine.function.kernel;

import io.quarkgres.spi.data.BooleanBuilder;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.BytesBuilder;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.DecimalBuilder;
import io.quarkgres.spi.data.DoubleBuilder;
import io.quarkgres.spi.data.FloatArrayBuilder;
import io.quarkgres.spi.data.IntBuilder;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.LongBuilder;
import io.quarkgres.spi.data.WideBuilder;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.math.BigDecimal;

/** The result column of a row function, filled position after position. Used by one thread. */
public final class Out {
  /** The most digits that a numeric has before the decimal point. */
  private static final int WHOLE_DIGITS_MAX = 131_072;

  private static final byte[] NO_BYTES = {};
  private static final float[] NO_FLOATS = {};

  private final ColumnBuilder builder;

  /** Makes an empty result of a layout. */
  public Out(Layout layout, int capacity) {
    builder = ColumnBuilder.of(layout, capacity);
  }

  /** Fills positions that nobody asked for, up to but without {@code position}. */
  void skipTo(int position) {
    while (builder.count() < position) {
      skip();
    }
  }

  private void skip() {
    switch (builder) {
      case BooleanBuilder b -> b.append(false);
      case IntBuilder b -> b.append(0);
      case LongBuilder b -> b.append(0);
      case DoubleBuilder b -> b.append(0);
      case DecimalBuilder b -> b.append(0, 0);
      case WideBuilder b -> b.append(0, 0);
      case BytesBuilder b -> b.append(NO_BYTES);
      case FloatArrayBuilder b -> b.append(NO_FLOATS);
    }
  }

  Column build() {
    return builder.build();
  }

  /** Returns the builder behind, for types that append by themselves. */
  public ColumnBuilder builder() {
    return builder;
  }

  /** Writes NULL. */
  public void sqlNull() {
    builder.appendNull();
  }

  /** Writes the value, or NULL, at a position of a column of the same layout. */
  public void copy(Column source, int position) {
    builder.append(source, position);
  }

  /** Writes a bool. */
  public void bool(boolean value) {
    ((BooleanBuilder) builder).append(value);
  }

  /** Writes an int2, int4, date or oid. */
  public void int32(int value) {
    ((IntBuilder) builder).append(value);
  }

  /** Writes an int8, time or timestamp. */
  public void int64(long value) {
    ((LongBuilder) builder).append(value);
  }

  /** Writes a float8, or a float4 that is rounded already. */
  public void float64(double value) {
    ((DoubleBuilder) builder).append(value);
  }

  /** Writes a finite numeric; raises 22003 for one with too many digits before the point. */
  public void decimal(BigDecimal value) {
    if (value.precision() - value.scale() > WHOLE_DIGITS_MAX) {
      throw new SqlException(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "value overflows numeric format");
    }
    ((DecimalBuilder) builder).append(value);
  }

  /** Writes {@code unscaled * 10^-scale}. */
  public void decimal(long unscaled, int scale) {
    ((DecimalBuilder) builder).append(unscaled, scale);
  }

  /** Writes NaN or an infinity, by {@code DecimalColumn}'s code. */
  public void decimalSpecial(short code) {
    ((DecimalBuilder) builder).appendSpecial(code);
  }

  /** Writes a wide value. */
  public void wide(long high, long low) {
    ((WideBuilder) builder).append(high, low);
  }

  /** Writes a text. */
  public void text(String value) {
    ((BytesBuilder) builder).append(value);
  }

  /** Writes a variable value. */
  public void bytes(byte[] value) {
    ((BytesBuilder) builder).append(value);
  }

  /** Writes a slice as a variable value. */
  public void bytes(byte[] source, int start, int length) {
    ((BytesBuilder) builder).append(source, start, length);
  }

  /** Writes a float array. */
  public void floats(float[] value) {
    ((FloatArrayBuilder) builder).append(value);
  }

  /** Writes what a sink holds as a variable value. */
  public void bytes(ByteSink sink) {
    ((BytesBuilder) builder).append(sink);
  }
}
