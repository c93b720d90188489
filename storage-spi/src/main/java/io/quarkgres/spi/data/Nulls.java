package io.quarkgres.spi.data;

import java.util.Arrays;

/**
 * Operations on NULL bitmaps: one bit a position, set means NULL, {@code null} means none is.
 * Thread: any.
 */
public final class Nulls {
  private Nulls() {}

  /** Returns an empty bitmap for {@code count} positions. */
  public static long[] none(int count) {
    return new long[(count + 63) >> 6];
  }

  /** Returns a bitmap in which all of {@code count} positions are NULL. */
  public static long[] all(int count) {
    long[] bits = none(count);
    Arrays.fill(bits, -1L);
    return bits;
  }

  /** Marks a position NULL. */
  public static void set(long[] bits, int position) {
    bits[position >> 6] |= 1L << position;
  }

  /** Tells whether a position is marked; {@code bits} may be {@code null}. */
  public static boolean isSet(long[] bits, int position) {
    return bits != null && (bits[position >> 6] >>> position & 1L) != 0;
  }

  /** Returns the union of two bitmaps of {@code count} positions; either may be {@code null}. */
  public static long[] union(long[] a, long[] b, int count) {
    if (a == null) {
      return b;
    }
    if (b == null || a == b) {
      return a;
    }
    int words = (count + 63) >> 6;
    long[] result = new long[words];
    for (int i = 0; i < words; i++) {
      result[i] = a[i] | b[i];
    }
    return result;
  }

  /** Tells whether any of the first {@code count} positions is marked. */
  public static boolean any(long[] bits, int count) {
    if (bits == null) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      if (isSet(bits, i)) {
        return true;
      }
    }
    return false;
  }
}
