package io.quarkgres.spi.data;

import java.util.Arrays;

/** Builds a {@link WideColumn}. Not safe for use by two threads at once. */
public final class WideBuilder extends ColumnBuilder {
  private long[] high;
  private long[] low;

  /** Makes a builder with room for {@code capacity} positions. */
  public WideBuilder(int capacity) {
    high = new long[Math.max(1, capacity)];
    low = new long[Math.max(1, capacity)];
  }

  /** Appends a value. */
  public void append(long highHalf, long lowHalf) {
    reserve(count + 1);
    high[count] = highHalf;
    low[count++] = lowHalf;
  }

  @Override
  protected void appendValue(Column source, int position) {
    WideColumn wide = (WideColumn) source;
    append(wide.high()[position], wide.low()[position]);
  }

  @Override
  protected void reserve(int capacity) {
    if (capacity > high.length) {
      int size = Math.max(capacity, high.length * 2);
      high = Arrays.copyOf(high, size);
      low = Arrays.copyOf(low, size);
    }
  }

  @Override
  public WideColumn build() {
    return new WideColumn(high, low, builtNulls(), count);
  }
}
