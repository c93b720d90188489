package io.quarkgres.spi.data;

import java.util.Arrays;

/** Builds a {@link DoubleColumn}. Not safe for use by two threads at once. */
public final class DoubleBuilder extends ColumnBuilder {
  private double[] values;

  /** Makes a builder with room for {@code capacity} positions. */
  public DoubleBuilder(int capacity) {
    values = new double[Math.max(1, capacity)];
  }

  /** Appends a value. */
  public void append(double value) {
    reserve(count + 1);
    values[count++] = value;
  }

  @Override
  protected void appendValue(Column source, int position) {
    append(((DoubleColumn) source).values()[position]);
  }

  @Override
  protected void appendValues(Column source, Selection rows) {
    double[] from = ((DoubleColumn) source).values();
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
  public DoubleColumn build() {
    return new DoubleColumn(values, builtNulls(), count);
  }
}
