package io.quarkgres.engine.exec.sort;

import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.BooleanColumn;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.DecimalColumn;
import io.quarkgres.spi.data.DoubleColumn;
import io.quarkgres.spi.data.FloatArrayColumn;
import io.quarkgres.spi.data.IntColumn;
import io.quarkgres.spi.data.LongColumn;
import io.quarkgres.spi.data.WideColumn;
import java.util.Arrays;

/**
 * The values of a sort key as signed longs in the same order: numbers as they are, decimals at one
 * scale, bytes behind what all have in common, as many as fit. Thread: any.
 *
 * @param values by position; any at NULL
 * @param isExact whether different values have different longs
 * @param whole the keys that the longs are the beginnings of, {@code null} for none
 */
record SortValues(long[] values, boolean isExact, SortBytes whole) {
  private static final int BYTES_MAX = Long.BYTES;

  /** How much of a type's own sort key is looked at. */
  private static final int KEY_BYTES_MAX = 64;

  private static final long[] POWERS = new long[19];

  static {
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = POWERS[i - 1] * 10;
    }
  }

  /** Makes the longs of the first {@code n} positions of a column. */
  static SortValues of(SqlType type, Column column, int n) {
    if (isNumber(type)) {
      return new SortValues(numbers(column, n), true, null);
    }
    long[] values = new long[n];
    if (column instanceof DecimalColumn decimals && aligned(decimals, n, values)) {
      return new SortValues(values, true, null);
    }
    if (column instanceof BytesColumn bytes && isText(type)) {
      byte[] heap = bytes.heap();
      boolean isExact = prefixes(heap, bytes.starts(), bytes.lengths(), bytes, n, values);
      return new SortValues(values, isExact, null);
    }
    return ofKeys(type, column, n, values);
  }

  /** Tells whether values are in the order of their numbers, signed. */
  static boolean isNumber(SqlType type) {
    return switch (type.oid()) {
      case Oids.BOOL,
          Oids.INT2,
          Oids.INT4,
          Oids.INT8,
          Oids.FLOAT4,
          Oids.FLOAT8,
          Oids.DATE,
          Oids.TIME,
          Oids.TIMESTAMP,
          Oids.TIMESTAMPTZ ->
          true;
      default -> false;
    };
  }

  /** Tells whether values are in the order of their bytes, among which no zero is. */
  private static boolean isText(SqlType type) {
    return switch (type.oid()) {
      case Oids.TEXT, Oids.VARCHAR, Oids.NAME -> true;
      default -> false;
    };
  }

  /** Returns a long whose signed order is the double's: -0 equals 0, NaN is above all. */
  static long ordered(double value) {
    long bits = Double.doubleToLongBits(value == 0 ? 0.0 : value);
    return bits ^ bits >> 63 & Long.MAX_VALUE;
  }

  /** Returns the first {@code n} values of a type that {@link #isNumber}. */
  static long[] numbers(Column column, int n) {
    long[] target = new long[n];
    switch (column) {
      case IntColumn c -> {
        int[] values = c.values();
        for (int i = 0; i < n; i++) {
          target[i] = values[i];
        }
      }
      case LongColumn c -> System.arraycopy(c.values(), 0, target, 0, n);
      case DoubleColumn c -> {
        double[] values = c.values();
        for (int i = 0; i < n; i++) {
          target[i] = ordered(values[i]);
        }
      }
      case BooleanColumn c -> {
        boolean[] values = c.values();
        for (int i = 0; i < n; i++) {
          target[i] = values[i] ? 1 : 0;
        }
      }
      case DecimalColumn c -> throw notNumeric();
      case WideColumn c -> throw notNumeric();
      case BytesColumn c -> throw notNumeric();
      case FloatArrayColumn c -> throw notNumeric();
    }
    return target;
  }

  private static IllegalStateException notNumeric() {
    return new IllegalStateException("a number has a numeric layout");
  }

  /** Writes decimals at the largest scale among them; false where that does not fit. */
  private static boolean aligned(DecimalColumn column, int n, long[] target) {
    long[] unscaled = column.unscaled();
    short[] scales = column.scales();
    int least = Integer.MAX_VALUE;
    int most = 0;
    for (int i = 0; i < n; i++) {
      if (!column.isNull(i)) {
        least = Math.min(least, scales[i]);
        most = Math.max(most, scales[i]);
      }
    }
    if (least < 0 || least != Integer.MAX_VALUE && most - least >= POWERS.length) {
      return false;
    }
    for (int i = 0; i < n; i++) {
      if (!column.isNull(i)) {
        long power = POWERS[most - scales[i]];
        target[i] = unscaled[i] * power;
        if (Math.multiplyHigh(unscaled[i], power) != target[i] >> 63) {
          return false;
        }
      }
    }
    return true;
  }

  /** Makes the longs of the type's own sort keys. */
  private static SortValues ofKeys(SqlType type, Column column, int n, long[] target) {
    int[] starts = new int[n];
    int[] lengths = new int[n];
    ByteSink sink = new ByteSink((int) Math.min(1 << 20, 16L * n));
    boolean isWhole = true;
    for (int i = 0; i < n; i++) {
      starts[i] = sink.size();
      if (!column.isNull(i)) {
        type.sortKey(column, i, sink);
        lengths[i] = sink.size() - starts[i];
        if (lengths[i] > KEY_BYTES_MAX) {
          isWhole = false;
          lengths[i] = KEY_BYTES_MAX;
          sink.truncate(starts[i] + KEY_BYTES_MAX);
        }
      }
    }
    SortBytes keys = new SortBytes(sink.array(), starts, lengths);
    boolean isExact = prefixes(sink.array(), starts, lengths, column, n, target);
    return new SortValues(target, isExact && isWhole, isWhole ? keys : null);
  }

  /**
   * Writes the bytes behind those that all values begin with, most significant first. Zeros fill up
   * short ones, which keeps the order as no value is another with zeros behind.
   */
  private static boolean prefixes(
      byte[] heap, int[] starts, int[] lengths, Column nulls, int n, long[] target) {
    int first = 0;
    while (first < n && nulls.isNull(first)) {
      first++;
    }
    if (first == n) {
      return true;
    }
    int common = lengths[first];
    int longest = common;
    for (int i = first + 1; i < n; i++) {
      if (!nulls.isNull(i)) {
        longest = Math.max(longest, lengths[i]);
        common = common(heap, starts[first], starts[i], Math.min(common, lengths[i]));
      }
    }
    int width = Math.min(BYTES_MAX, longest - common);
    for (int i = first; i < n; i++) {
      if (!nulls.isNull(i)) {
        target[i] = prefix(heap, starts[i] + common, lengths[i] - common, width);
      }
    }
    return longest - common <= BYTES_MAX;
  }

  private static int common(byte[] heap, int a, int b, int most) {
    int difference = Arrays.mismatch(heap, a, a + most, heap, b, b + most);
    return difference < 0 ? most : difference;
  }

  private static long prefix(byte[] heap, int start, int length, int width) {
    long result = 0;
    for (int b = 0; b < width; b++) {
      result = result << 8 | (b < length ? heap[start + b] & 0xff : 0);
    }
    return width == BYTES_MAX ? result ^ Long.MIN_VALUE : result;
  }
}
