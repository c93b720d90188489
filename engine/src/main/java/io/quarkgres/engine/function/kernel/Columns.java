package io.quarkgres.engine.function.kernel;

import io.quarkgres.spi.data.BooleanColumn;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.DecimalColumn;
import io.quarkgres.spi.data.DoubleColumn;
import io.quarkgres.spi.data.IntColumn;
import io.quarkgres.spi.data.LongColumn;
import io.quarkgres.spi.data.WideColumn;

/** Unwraps the raw arrays of columns, and wraps results without NULLs. Thread: any. */
public final class Columns {
  private Columns() {}

  /** Returns the values of a bool column. */
  public static boolean[] booleans(Column column) {
    return ((BooleanColumn) column).values();
  }

  /** Returns the values of an int2, int4, date or oid column. */
  public static int[] ints(Column column) {
    return ((IntColumn) column).values();
  }

  /** Returns the values of an int8, time or timestamp column. */
  public static long[] longs(Column column) {
    return ((LongColumn) column).values();
  }

  /** Returns the values of a float column. */
  public static double[] doubles(Column column) {
    return ((DoubleColumn) column).values();
  }

  /** Casts to a numeric column. */
  public static DecimalColumn decimals(Column column) {
    return (DecimalColumn) column;
  }

  /** Casts to a column of variable bytes. */
  public static BytesColumn bytes(Column column) {
    return (BytesColumn) column;
  }

  /** Casts to a uuid or interval column. */
  public static WideColumn wides(Column column) {
    return (WideColumn) column;
  }

  /** Returns the first {@code size} values of an int column widened to 64 bits. */
  public static long[] widened(Column column, int size) {
    int[] values = ints(column);
    long[] result = new long[size];
    for (int i = 0; i < size; i++) {
      result[i] = values[i];
    }
    return result;
  }

  /** Returns the first {@code size} values of an oid column as unsigned numbers. */
  public static long[] widenedUnsigned(Column column, int size) {
    int[] values = ints(column);
    long[] result = new long[size];
    for (int i = 0; i < size; i++) {
      result[i] = values[i] & 0xffffffffL;
    }
    return result;
  }

  /** Makes a column without NULLs. */
  public static BooleanColumn of(boolean[] values) {
    return new BooleanColumn(values, null, values.length);
  }

  /** Makes a column without NULLs. */
  public static IntColumn of(int[] values) {
    return new IntColumn(values, null, values.length);
  }

  /** Makes a column without NULLs. */
  public static LongColumn of(long[] values) {
    return new LongColumn(values, null, values.length);
  }

  /** Makes a column without NULLs. */
  public static DoubleColumn of(double[] values) {
    return new DoubleColumn(values, null, values.length);
  }
}
