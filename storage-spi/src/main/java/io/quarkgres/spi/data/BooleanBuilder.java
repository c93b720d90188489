package io.quarkgres.spi.data;

import java.util.Arrays;

/** Builds a {@link BooleanColumn}. Not safe for use by two threads at once. */
public final class BooleanBuilder extends ColumnBuilder {
  private boolean[] values;

  /** Makes a builder with room for {@code capacity} positions. */
  public BooleanBuilder(int capacity) {
    values = new boolean[Math.max(1, capacity)];
  }

  /** Appends a value. */
  public void append(boolean value) {
    reserve(count + 1);
    values[count++] = value;
  }

  @Override
  protected void appendValue(Column source, int position) {
    append(((BooleanColumn) source).values()[position]);
  }

  @Override
  protected void reserve(int capacity) {
    if (capacity > values.length) {
      values = Arrays.copyOf(values, Math.max(capacity, values.length * 2));
    }
  }

  @Override
  public BooleanColumn build() {
    return new BooleanColumn(values, builtNulls(), count);
  }
}
