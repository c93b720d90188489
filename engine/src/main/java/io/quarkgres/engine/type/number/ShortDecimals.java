package io.quarkgres.engine.type.number;

import io.quarkgres.engine.type.Digits;
import io.quarkgres.spi.data.ByteSink;

/**
 * The easy and common case of floating-point text: plain decimals of at most 15 digits, for which
 * one division of two exact numbers is the correctly rounded value. Saves the general conversion's
 * strings, three quarters of the time. Thread: any.
 */
final class ShortDecimals {
  /** Every decimal of so many digits is nearest to one double, and that one to no other such. */
  private static final int DIGITS_MAX = 15;

  private static final double LIMIT = 1e15;

  /** Below, numbers are written with an exponent. */
  private static final double PLAIN_MIN = 1e-4;

  /** How far a product with a power of ten can be off, relatively. */
  private static final double PRODUCT_ERROR = 0x1p-50;

  private static final double[] POWERS = new double[DIGITS_MAX + 4];

  static {
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = Digits.power(i);
    }
  }

  private ShortDecimals() {}

  /** Reads a number of digits and at most one point; NaN where the text is anything else. */
  static double parse(byte[] text, int from, int to) {
    boolean isNegative = text[from] == '-';
    int at = isNegative ? from + 1 : from;
    if (to - at > DIGITS_MAX + 1) {
      return Double.NaN;
    }
    long digits = 0;
    int count = 0;
    int point = -1;
    for (; at < to; at++) {
      int digit = text[at] - '0';
      if (digit >= 0 && digit <= 9) {
        digits = digits * 10 + digit;
        count++;
      } else if (text[at] == '.' && point < 0) {
        point = count;
      } else {
        return Double.NaN;
      }
    }
    if (count == 0 || count > DIGITS_MAX) {
      return Double.NaN;
    }
    double value = point < 0 ? digits : digits / POWERS[count - point];
    return isNegative ? -value : value;
  }

  /** Appends the shortest form of a positive number; false, and nothing, where that is long. */
  static boolean print(double value, ByteSink out) {
    if (value < PLAIN_MIN) {
      return false;
    }
    for (int scale = 1; scale < POWERS.length; scale++) {
      double product = value * POWERS[scale];
      if (product >= LIMIT) {
        return false;
      }
      double digits = Math.rint(product);
      boolean mayBe = Math.abs(product - digits) <= product * PRODUCT_ERROR;
      if (mayBe && digits / POWERS[scale] == value) {
        long whole = (long) digits;
        long unit = Digits.power(scale);
        Digits.put(whole / unit, out);
        out.put('.');
        Digits.putPadded(whole % unit, scale, out);
        return true;
      }
    }
    return false;
  }
}
