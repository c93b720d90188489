package io.quarkgres.engine.function.number;

import io.quarkgres.spi.data.DecimalColumn;
import java.math.BigDecimal;

/** A numeric result that is written at chosen positions. Used by one thread. */
public final class DecimalOut {
  private static final int LONG_BITS_MAX = 63;

  /** The unscaled values, for loops that write directly. */
  final long[] unscaled;

  /** The scales, for loops that write directly. */
  final short[] scales;

  private BigDecimal[] big;

  /** Makes a result of {@code size} zeros. */
  public DecimalOut(int size) {
    unscaled = new long[size];
    scales = new short[size];
  }

  /** Writes {@code value * 10^-scale}. */
  public void set(int position, long value, int scale) {
    unscaled[position] = value;
    scales[position] = (short) scale;
  }

  /** Writes a finite number with the scale to show, which is not negative. */
  public void set(int position, BigDecimal value) {
    if (value.unscaledValue().bitLength() <= LONG_BITS_MAX) {
      set(position, value.unscaledValue().longValue(), value.scale());
      return;
    }
    if (value.precision() - value.scale() > Decimals.INTEGER_DIGITS_MAX) {
      throw NumberErrors.numericOverflow();
    }
    if (big == null) {
      big = new BigDecimal[unscaled.length];
    }
    big[position] = value;
    scales[position] = DecimalColumn.BIG;
  }

  /** Writes a sum, NaN or infinity that was computed on {@link Decimals#sketch} values. */
  void setSketch(int position, double value) {
    if (Double.isNaN(value)) {
      scales[position] = DecimalColumn.NAN;
    } else if (Double.isInfinite(value)) {
      scales[position] =
          value > 0 ? DecimalColumn.POSITIVE_INFINITY : DecimalColumn.NEGATIVE_INFINITY;
    } else {
      set(position, (long) value, 0);
    }
  }

  /** Writes NaN or an infinity. */
  public void setSpecial(int position, short code) {
    scales[position] = code;
  }

  /** Returns the column. */
  public DecimalColumn build() {
    return new DecimalColumn(unscaled, scales, big, null, unscaled.length);
  }
}
