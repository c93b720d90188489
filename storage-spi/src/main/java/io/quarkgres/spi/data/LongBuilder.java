package io.quarkgres.spi.data;

import java.util.Arrays;

/** Builds a {@link LongColumn}. Not safe for use by two threads at once. */
public final class LongBuilder extends ColumnBuilder {
  private long[] values;

  /** Makes a builder with room for {@code capacity} positions. */
  public LongBuilder(int capacity) {
    values = new long[Math.max(1, capacity)];
  }

  /** Appends a value. */
  public void append(long value) {
    reserve(count + 1);
    values[count++] = value;
  }

  @Override
  protected void appendValue(Column source, int position) {
    append(((LongColumn) source).values()[position]);
  }

  @Override
  protected void appendValues(Column source, Selection rows) {
    long[] from = ((LongColumn) source).values();
    int n = rows.count();
    if (rows.isDense()) {
      System.arraycopy(from, 0, values, count, n);
    } else {
      int[] positions = rows.positions();
      for (int i = 0; i < n; i++) {
        values[count + i] = from[positions[i]];
      }
    }
    count += n;
  }

  @Override
  protected void reserve(int capacity) {
    if (capacity > values.length) {
      values = Arrays.copyOf(values, Math.max(capacity, values.length * 2));
    }
  }

  @Override
  public LongColumn build() {
    return new LongColumn(values, builtNulls(), count);
  }
}
