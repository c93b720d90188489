package io.quarkgres.spi.data;

import java.util.Arrays;

/**
 * Appends values of one layout and makes a column of them. After {@link #build()} the builder is
 * spent. Not safe for use by two threads at once.
 */
public abstract sealed class ColumnBuilder
    permits BooleanBuilder,
        IntBuilder,
        LongBuilder,
        DoubleBuilder,
        DecimalBuilder,
        WideBuilder,
        BytesBuilder,
        FloatArrayBuilder {
  /** How many positions were appended. */
  protected int count;

  private long[] nulls;

  ColumnBuilder() {}

  /** Makes a builder for a layout, with room for {@code capacity} positions. */
  public static ColumnBuilder of(Layout layout, int capacity) {
    return switch (layout) {
      case BOOLEAN -> new BooleanBuilder(capacity);
      case INT32 -> new IntBuilder(capacity);
      case INT64 -> new LongBuilder(capacity);
      case FLOAT64 -> new DoubleBuilder(capacity);
      case DECIMAL -> new DecimalBuilder(capacity);
      case INT128 -> new WideBuilder(capacity);
      case BYTES -> new BytesBuilder(capacity);
      case FLOAT_ARRAY -> new FloatArrayBuilder(capacity);
    };
  }

  /** Returns a column of {@code count} NULLs. */
  public static Column nulls(Layout layout, int count) {
    ColumnBuilder builder = of(layout, count);
    for (int i = 0; i < count; i++) {
      builder.appendNull();
    }
    return builder.build();
  }

  /** Returns how many positions were appended. */
  public final int count() {
    return count;
  }

  /** Appends NULL. */
  public final void appendNull() {
    reserve(count + 1);
    if (nulls == null) {
      nulls = new long[Math.max(16, (count >> 6) + 1)];
    } else if (count >> 6 >= nulls.length) {
      nulls = Arrays.copyOf(nulls, Math.max((count >> 6) + 1, nulls.length * 2));
    }
    Nulls.set(nulls, count);
    skipValue();
    count++;
  }

  /** Appends the value, or NULL, at a position of a column of the same layout. */
  public final void append(Column source, int position) {
    if (source.isNull(position)) {
      appendNull();
    } else {
      appendValue(source, position);
    }
  }

  /** Appends {@code n} selected positions of a column of the same layout. */
  public final void appendAll(Column source, Selection rows) {
    reserve(count + rows.count());
    if (source.nulls() == null) {
      appendValues(source, rows);
      return;
    }
    for (int i = 0; i < rows.count(); i++) {
      append(source, rows.position(i));
    }
  }

  /** Appends the values at selected positions, none of which is NULL; room is reserved. */
  protected void appendValues(Column source, Selection rows) {
    for (int i = 0; i < rows.count(); i++) {
      appendValue(source, rows.position(i));
    }
  }

  /** Appends the value at a position that is not NULL. */
  protected abstract void appendValue(Column source, int position);

  /** Makes room for {@code capacity} positions. */
  protected abstract void reserve(int capacity);

  /** Writes whatever a NULL needs at the current position (most layouts need nothing). */
  protected void skipValue() {}

  /** Returns the column; the builder must not be used afterwards. */
  public abstract Column build();

  /** Returns the NULL bitmap for the built column. */
  protected final long[] builtNulls() {
    if (nulls == null) {
      return null;
    }
    int words = (count + 63) >> 6;
    return nulls.length >= words ? nulls : Arrays.copyOf(nulls, words);
  }
}
