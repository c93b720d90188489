package io.quarkgres.vector;

/**
 * Decimal digits, eight at once: a long holds eight bytes of text, the first in its lowest byte.
 * Thread: any.
 */
final class DecimalDigits {
  private static final long ZEROS = 0x3030303030303030L;
  private static final long TOP_BITS = 0x8080808080808080L;

  /** Added to a byte, this sets its top bit when it is behind the digit 9. */
  private static final long BEHIND_NINE = 0x4646464646464646L;

  private DecimalDigits() {}

  /** Returns how many of the bytes are digits before the first that is none. */
  static int count(long eight) {
    long others = (eight + BEHIND_NINE | eight - ZEROS | eight) & TOP_BITS;
    return Long.numberOfTrailingZeros(others) >>> 3;
  }

  /** Returns the number that the first {@code n} bytes are, all of them digits. */
  static long value(long eight, int n) {
    if (n == 0) {
      return 0;
    }
    // Digits that are not there become zeros in front.
    long digits = eight - ZEROS << Long.SIZE - 8 * n;
    long pairs = digits * 10 + (digits >>> 8);
    long upper = (pairs & 0xff000000ffL) * (100 + (1_000_000L << 32));
    long lower = (pairs >>> 16 & 0xff000000ffL) * (1 + (10_000L << 32));
    return upper + lower >>> 32;
  }
}
