package io.quarkgres.spi.data;

import java.math.BigDecimal;
import java.util.Arrays;

/** Builds a {@link DecimalColumn}. Not safe for use by two threads at once. */
public final class DecimalBuilder extends ColumnBuilder {
  private static final int LONG_BITS_MAX = 63;

  private long[] unscaled;
  private short[] scales;
  private BigDecimal[] big;

  /** Makes a builder with room for {@code capacity} positions. */
  public DecimalBuilder(int capacity) {
    unscaled = new long[Math.max(1, capacity)];
    scales = new short[Math.max(1, capacity)];
  }

  /** Appends {@code value * 10^-scale}; {@code scale} is 0 or above, and is what is shown. */
  public void append(long value, int scale) {
    reserve(count + 1);
    unscaled[count] = value;
    scales[count++] = (short) scale;
  }

  /** Appends a finite number; its scale, which must not be negative, is what is shown. */
  public void append(BigDecimal value) {
    if (value.scale() < 0) {
      append(value.setScale(0));
      return;
    }
    if (value.unscaledValue().bitLength() <= LONG_BITS_MAX) {
      append(value.unscaledValue().longValue(), value.scale());
      return;
    }
    reserve(count + 1);
    if (big == null) {
      big = new BigDecimal[unscaled.length];
    }
    big[count] = value;
    scales[count++] = DecimalColumn.BIG;
  }

  /** Appends one of the special values of {@link DecimalColumn}: NaN or an infinity. */
  public void appendSpecial(short code) {
    append(0, code);
  }

  @Override
  protected void appendValue(Column source, int position) {
    DecimalColumn decimal = (DecimalColumn) source;
    short scale = decimal.scales()[position];
    if (scale == DecimalColumn.BIG) {
      append(decimal.big()[position]);
    } else {
      append(decimal.unscaled()[position], scale);
    }
  }

  @Override
  protected void reserve(int capacity) {
    if (capacity > unscaled.length) {
      int size = Math.max(capacity, unscaled.length * 2);
      unscaled = Arrays.copyOf(unscaled, size);
      scales = Arrays.copyOf(scales, size);
      big = big == null ? null : Arrays.copyOf(big, size);
    }
  }

  @Override
  public DecimalColumn build() {
    return new DecimalColumn(unscaled, scales, big, builtNulls(), count);
  }
}
