package io.quarkgres.engine.exec;

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
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.Arrays;

/**
 * Sorts positions of key columns, stably: by radix on the first eight bytes of normalised keys,
 * then by comparing the rest where those are equal. A single number is its own eight bytes. O(n)
 * passes over flat arrays; nothing is allocated per row. Used by one thread.
 */
final class Sorter {
  private static final int RADIX_ROWS_MIN = 1024;
  private static final int INSERTION_ROWS_MAX = 12;
  private static final int KEY_NULL_FIRST = 0;
  private static final int KEY_VALUE = 1;
  private static final int KEY_NULL_LAST = 2;

  private final RowOrder order;
  private int[] positions;
  private long[] prefixes; // by position, in signed order
  private byte[] heap; // whole keys, or null when the prefixes are the keys
  private int[] starts;

  private Sorter(RowOrder order) {
    this.order = order;
  }

  /** Returns the positions {@code 0..n)} in order of the keys. */
  static int[] sort(Column[] keys, RowOrder order, int n) {
    int[] identity = new int[n];
    for (int i = 0; i < n; i++) {
      identity[i] = i;
    }
    return order.size() == 0 || n < 2 ? identity : new Sorter(order).sort(identity, keys, n);
  }

  private int[] sort(int[] identity, Column[] keys, int n) {
    positions = identity;
    prefixes = new long[n];
    if (order.size() == 1 && isNumber(order.type(0))) {
      sortNumbers(keys[0], n);
    } else {
      encode(keys, n);
      sortRange(0, n);
    }
    return positions;
  }

  /** Tells whether values are in the order of their numbers, signed. */
  static boolean isNumber(SqlType type) {
    return switch (type.oid()) {
      case Oids.INT2,
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

  private void sortNumbers(Column key, int n) {
    int nulls = 0;
    for (int i = 0; key.nulls() != null && i < n; i++) {
      nulls += key.isNull(i) ? 1 : 0;
    }
    int atValue = order.nullsFirst(0) ? nulls : 0;
    int atNull = order.nullsFirst(0) ? 0 : n - nulls;
    long flip = order.isDescending(0) ? -1L : 0L;
    int from = atValue;
    for (int i = 0; i < n; i++) {
      if (key.isNull(i)) {
        positions[atNull++] = i;
      } else {
        prefixes[i] = number(key, i) ^ flip;
        positions[atValue++] = i;
      }
    }
    sortRange(from, atValue);
  }

  private static long number(Column key, int i) {
    return switch (key) {
      case IntColumn c -> c.values()[i];
      case LongColumn c -> c.values()[i];
      case DoubleColumn c -> ordered(c.values()[i]);
      case BooleanColumn c -> throw notNumeric();
      case DecimalColumn c -> throw notNumeric();
      case WideColumn c -> throw notNumeric();
      case BytesColumn c -> throw notNumeric();
      case FloatArrayColumn c -> throw notNumeric();
    };
  }

  private static IllegalStateException notNumeric() {
    return new IllegalStateException("a number has a numeric layout");
  }

  /** Returns a long whose signed order is the double's: -0 equals 0, NaN is above all. */
  static long ordered(double value) {
    long bits = Double.doubleToLongBits(value == 0 ? 0.0 : value);
    return bits ^ bits >> 63 & Long.MAX_VALUE;
  }

  private void encode(Column[] keys, int n) {
    starts = new int[n + 1];
    ByteSink sink = new ByteSink(Math.max(64, (int) Math.min(1 << 20, 16L * n)));
    for (int i = 0; i < n; i++) {
      starts[i] = sink.size();
      if (sink.size() > Integer.MAX_VALUE - (1 << 26)) {
        throw new SqlException(
            SqlState.PROGRAM_LIMIT_EXCEEDED, "the keys of a sort would exceed 2 GB");
      }
      encodeRow(keys, i, sink);
    }
    starts[n] = sink.size();
    heap = sink.array();
    for (int i = 0; i < n; i++) {
      prefixes[i] = prefix(starts[i], starts[i + 1]);
    }
  }

  private void encodeRow(Column[] keys, int position, ByteSink sink) {
    for (int k = 0; k < keys.length; k++) {
      if (keys[k].isNull(position)) {
        sink.put(order.nullsFirst(k) ? KEY_NULL_FIRST : KEY_NULL_LAST);
        continue;
      }
      sink.put(KEY_VALUE);
      int from = sink.size();
      order.type(k).sortKey(keys[k], position, sink);
      if (order.isDescending(k)) {
        byte[] bytes = sink.array();
        for (int b = from; b < sink.size(); b++) {
          bytes[b] = (byte) ~bytes[b];
        }
      }
    }
  }

  private long prefix(int start, int end) {
    long result = 0;
    for (int b = 0; b < 8; b++) {
      result = result << 8 | (start + b < end ? heap[start + b] & 0xff : 0);
    }
    return result ^ Long.MIN_VALUE;
  }

  private void sortRange(int from, int to) {
    if (to - from < RADIX_ROWS_MIN) {
      int[] scratch = new int[to - from];
      mergeSort(from, to, scratch, from);
      return;
    }
    radixSort(from, to);
    if (heap != null) {
      sortEqualPrefixes(from, to);
    }
  }

  /** Sorts by prefix, least significant byte first; bytes that are all alike cost nothing. */
  private void radixSort(int from, int to) {
    int n = to - from;
    int[][] counts = new int[8][256];
    long[] keys = new long[n];
    for (int i = 0; i < n; i++) {
      long key = prefixes[positions[from + i]] ^ Long.MIN_VALUE;
      keys[i] = key;
      for (int b = 0; b < 8; b++) {
        counts[b][(int) (key >>> 8 * b) & 0xff]++;
      }
    }
    int[] source = Arrays.copyOfRange(positions, from, to);
    int[] target = new int[n];
    long[] targetKeys = new long[n];
    for (int b = 0; b < 8; b++) {
      int shift = 8 * b;
      int[] count = counts[b];
      if (count[(int) (keys[0] >>> shift) & 0xff] == n) {
        continue;
      }
      int sum = 0;
      for (int v = 0; v < 256; v++) {
        int c = count[v];
        count[v] = sum;
        sum += c;
      }
      for (int i = 0; i < n; i++) {
        int at = count[(int) (keys[i] >>> shift) & 0xff]++;
        targetKeys[at] = keys[i];
        target[at] = source[i];
      }
      long[] swapKeys = keys;
      keys = targetKeys;
      targetKeys = swapKeys;
      int[] swap = source;
      source = target;
      target = swap;
    }
    System.arraycopy(source, 0, positions, from, n);
  }

  private void sortEqualPrefixes(int from, int to) {
    int[] scratch = null;
    int start = from;
    while (start < to) {
      long prefix = prefixes[positions[start]];
      int end = start + 1;
      while (end < to && prefixes[positions[end]] == prefix) {
        end++;
      }
      if (end - start > 1) {
        scratch = scratch == null ? new int[to - from] : scratch;
        mergeSort(start, end, scratch, from);
      }
      start = end;
    }
  }

  /** Sorts {@code positions[from..to)}; scratch index {@code i} stands for {@code i - base}. */
  private void mergeSort(int from, int to, int[] scratch, int base) {
    if (to - from <= INSERTION_ROWS_MAX) {
      for (int i = from + 1; i < to; i++) {
        int position = positions[i];
        int j = i;
        while (j > from && compare(positions[j - 1], position) > 0) {
          positions[j] = positions[j - 1];
          j--;
        }
        positions[j] = position;
      }
      return;
    }
    int middle = from + to >>> 1;
    mergeSort(from, middle, scratch, base);
    mergeSort(middle, to, scratch, base);
    if (compare(positions[middle - 1], positions[middle]) <= 0) {
      return;
    }
    System.arraycopy(positions, from, scratch, from - base, middle - from);
    int left = from - base;
    int leftEnd = middle - base;
    int right = middle;
    int out = from;
    while (left < leftEnd && right < to) {
      positions[out++] =
          compare(scratch[left], positions[right]) <= 0 ? scratch[left++] : positions[right++];
    }
    System.arraycopy(scratch, left, positions, out, leftEnd - left);
  }

  private int compare(int a, int b) {
    int byPrefix = Long.compare(prefixes[a], prefixes[b]);
    if (byPrefix != 0 || heap == null) {
      return byPrefix;
    }
    return Arrays.compareUnsigned(heap, starts[a], starts[a + 1], heap, starts[b], starts[b + 1]);
  }
}
