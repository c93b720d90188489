package io.quarkgres.engine.exec.sort;

import io.quarkgres.engine.exec.RowOrder;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Nulls;

/**
 * Rows' sort keys as unsigned numbers in the same order, directions and places of NULL folded in:
 * of each key only as many bits as its values differ in, and so mostly all keys in one long. Used
 * by one thread.
 */
final class SortCodes {
  private final long[] codes;
  private int bits;

  /** From which key on rows of equal codes may differ; the number of keys if in none. */
  private int exactKeys;

  /** Whole keys of the first key that is not exact, {@code null} for none. */
  private SortBytes whole;

  private SortCodes(int n) {
    codes = new long[n];
  }

  /** Makes the codes of positions {@code 0..n)}. */
  static SortCodes of(Column[] keys, RowOrder order, int n) {
    SortCodes result = new SortCodes(n);
    while (result.exactKeys < keys.length) {
      int k = result.exactKeys;
      SortValues values = SortValues.of(order.type(k), keys[k], n);
      if (!result.add(values, keys[k], order.isDescending(k), order.nullsFirst(k))) {
        result.whole = values.whole();
        break;
      }
      result.exactKeys++;
    }
    return result;
  }

  long[] codes() {
    return codes;
  }

  /** Returns how many bits the codes have, from the lowest. */
  int bits() {
    return bits;
  }

  SortBytes whole() {
    return whole;
  }

  int exactKeys() {
    return exactKeys;
  }

  /** Puts a key behind those before; false if rows can differ by it and have the same code. */
  private boolean add(SortValues key, Column column, boolean isDescending, boolean nullsFirst) {
    long[] values = key.values();
    long[] nulls = Nulls.any(column.nulls(), codes.length) ? column.nulls() : null;
    long[] range = nulls == null ? range(values, codes.length) : range(values, nulls, codes.length);
    long least = range[0];
    long most = range[1];
    if (least > most) {
      return true; // all are NULL
    }
    // where values and NULL need 65 bits, the lowest is left out
    int drop = nulls != null && most - least < 0 ? 1 : 0;
    long highest = (most - least >>> drop) + (nulls == null ? 0 : 1);
    int width = Long.SIZE - Long.numberOfLeadingZeros(highest);
    if (bits == Long.SIZE && width > 0) {
      return false;
    }
    int cut = Math.max(0, bits + width - Long.SIZE);
    makeRoom(codes, width - cut);
    if (nulls != null) {
      long base = isDescending ? most : least;
      addNullable(codes, values, nulls, base, isDescending, drop, nullsFirst, highest, cut);
    } else if (isDescending) {
      addDescending(codes, values, most, cut);
    } else {
      addAscending(codes, values, least, cut);
    }
    bits += width - cut;
    return key.isExact() && drop == 0 && cut == 0;
  }

  private static long[] range(long[] values, int n) {
    long least = Long.MAX_VALUE;
    long most = Long.MIN_VALUE;
    for (int i = 0; i < n; i++) {
      least = Math.min(least, values[i]);
      most = Math.max(most, values[i]);
    }
    return new long[] {least, most};
  }

  private static long[] range(long[] values, long[] nulls, int n) {
    long least = Long.MAX_VALUE;
    long most = Long.MIN_VALUE;
    for (int i = 0; i < n; i++) {
      if (!Nulls.isSet(nulls, i)) {
        least = Math.min(least, values[i]);
        most = Math.max(most, values[i]);
      }
    }
    return new long[] {least, most};
  }

  /** Moves codes up; those of all 64 bits are the first, and so still 0. */
  private static void makeRoom(long[] codes, int width) {
    for (int i = 0; width < Long.SIZE && i < codes.length; i++) {
      codes[i] <<= width;
    }
  }

  private static void addAscending(long[] codes, long[] values, long base, int cut) {
    for (int i = 0; i < codes.length; i++) {
      codes[i] |= values[i] - base >>> cut;
    }
  }

  private static void addDescending(long[] codes, long[] values, long base, int cut) {
    for (int i = 0; i < codes.length; i++) {
      codes[i] |= base - values[i] >>> cut;
    }
  }

  private static void addNullable(
      long[] codes,
      long[] values,
      long[] nulls,
      long base,
      boolean isDescending,
      int drop,
      boolean nullsFirst,
      long highest,
      int cut) {
    long ofNull = nullsFirst ? 0 : highest;
    long first = nullsFirst ? 1 : 0;
    for (int i = 0; i < codes.length; i++) {
      long distance = isDescending ? base - values[i] : values[i] - base;
      long code = Nulls.isSet(nulls, i) ? ofNull : (distance >>> drop) + first;
      codes[i] |= code >>> cut;
    }
  }
}
