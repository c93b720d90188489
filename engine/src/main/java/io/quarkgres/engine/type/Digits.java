package io.quarkgres.engine.type;

import io.quarkgres.spi.data.ByteSink;

/** Writes whole numbers as digits straight into a sink. Thread: any. */
public final class Digits {
  private static final long[] POWERS = new long[19];

  static {
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = POWERS[i - 1] * 10;
    }
  }

  private Digits() {}

  /** Returns 10 to the power of {@code exponent}, 0 to 18. */
  public static long power(int exponent) {
    return POWERS[exponent];
  }

  /** Returns how many digits a number that is not negative has; 1 for 0. */
  public static int count(long value) {
    // 1233 / 4096 is a little more than the logarithm of 2: at most one too many
    int most = (64 - Long.numberOfLeadingZeros(value | 1)) * 1233 >> 12;
    return value < POWERS[most] ? Math.max(most, 1) : most + 1;
  }

  /** Appends a signed number. */
  public static void put(long value, ByteSink out) {
    if (value < 0) {
      if (value == Long.MIN_VALUE) {
        out.putAscii("-9223372036854775808");
        return;
      }
      out.put('-');
      put(-value, out);
      return;
    }
    putPadded(value, count(value), out);
  }

  /** Appends the last {@code width} digits of a number that is not negative, with leading zeros. */
  public static void putPadded(long value, int width, ByteSink out) {
    out.ensure(width);
    byte[] target = out.array();
    int at = out.size() + width;
    long rest = value;
    for (int i = 0; i < width; i++) {
      long next = rest / 10;
      target[--at] = (byte) ('0' + (rest - next * 10));
      rest = next;
    }
    out.advance(width);
  }

  /** Appends an unsigned 64-bit number. */
  public static void putUnsigned(long value, ByteSink out) {
    if (value >= 0) {
      put(value, out);
    } else {
      out.putAscii(Long.toUnsignedString(value));
    }
  }
}
