package io.quarkgres.vector;

import io.quarkgres.engine.type.TypeErrors;
import io.quarkgres.spi.error.SqlException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Reads the numbers in the text form of a vector. Clients send embeddings of thousands of digits as
 * literals, so common numbers are read without making strings, and digits eight at once. Used by
 * one thread.
 */
class VectorTextReader {
  /** The powers of ten up to this one are exact in a double. */
  private static final int EXACT_POWER = 22;

  private static final double[] POWERS = new double[EXACT_POWER + 1];

  /** So many digits fit into a long. */
  private static final int DIGITS_MAX = 18;

  /** A number from which on a long may have no room for another digit. */
  private static final long DIGITS_LIMIT = 100_000_000_000_000_000L;

  private static final long[] TENS = new long[Long.BYTES + 1];

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Doubles as near to the middle of two floats are left to the exact conversion, in ulps. */
  private static final long ERROR = 4;

  private static final long MIDDLE = 1L << 28;

  private static final long BELOW_FLOAT = (1L << 29) - 1;

  static {
    double power = 1;
    for (int i = 0; i <= EXACT_POWER; i++) {
      POWERS[i] = power;
      power *= 10;
    }
    TENS[0] = 1;
    for (int i = 1; i < TENS.length; i++) {
      TENS[i] = 10 * TENS[i - 1];
    }
  }

  private final String typeName;
  private final byte[] text;
  private final int start;
  private final int end;
  private int at;
  private int numberStart;

  VectorTextReader(byte[] text, int start, int length, String typeName) {
    this.typeName = typeName;
    this.text = text;
    this.start = start;
    this.end = start + length;
    this.at = start;
  }

  /** Returns the next byte, -1 at the end. */
  final int peek() {
    return at < end ? text[at] : -1;
  }

  /** Returns the next byte, -1 at the end, and steps over it. */
  final int take() {
    return at < end ? text[at++] : -1;
  }

  final boolean isAtEnd() {
    return at == end;
  }

  final void skipSpaces() {
    while (at < end && (text[at] == ' ' || text[at] >= '\t' && text[at] <= '\r')) {
      at++;
    }
  }

  final SqlException invalid() {
    return TypeErrors.invalidText(
        typeName, new String(text, start, end - start, StandardCharsets.UTF_8));
  }

  /** Returns the text of the number read last. */
  final String numberText() {
    return new String(text, numberStart, at - numberStart, StandardCharsets.ISO_8859_1);
  }

  /** Tells whether the number read last has a digit that is not 0 before its exponent. */
  final boolean isNumberNonzero() {
    for (int i = numberStart; i < at && (text[i] | 32) != 'e' && (text[i] | 32) != 'p'; i++) {
      if (text[i] >= '1' && text[i] <= '9') {
        return true;
      }
    }
    return false;
  }

  /** Reads a whole number as C's strtol does, kept within int and above its least value. */
  final int integer() {
    skipSpaces();
    boolean isNegative = peek() == '-';
    if (isNegative || peek() == '+') {
      at++;
    }
    int first = at;
    long value = 0;
    for (; at < end && text[at] >= '0' && text[at] <= '9'; at++) {
      value = Math.min(Integer.MAX_VALUE, value * 10 + (text[at] - '0'));
    }
    if (at == first) {
      throw invalid();
    }
    return (int) (isNegative ? -value : value);
  }

  /** Reads the longest number that starts here, as C's strtof does. */
  final float number() {
    int from = at;
    numberStart = at;
    boolean isNegative = peek() == '-';
    if (isNegative || peek() == '+') {
      at++;
    }
    if (peek() == '0' && at + 1 < end && (text[at + 1] | 32) == 'x') {
      return hexadecimal(from);
    }
    int first = at;
    long digits = digits(0);
    int digitCount = at - first;
    int scale = 0;
    if (peek() == '.') {
      at++;
      int fraction = at;
      digits = digits(digits);
      scale = at - fraction;
      digitCount += scale;
    }
    if (digitCount == 0) {
      at = from;
      return special(isNegative);
    }
    int numberEnd = at;
    int power = exponent() - scale;
    if (digitCount > DIGITS_MAX) {
      return longNumber(from, first, numberEnd, power, isNegative);
    }
    return rounded(from, digits, power, isNegative);
  }

  /** Reads digits, eight at once where there are as many bytes; appends them to a number. */
  private long digits(long before) {
    byte[] bytes = text;
    int last = end;
    int i = at;
    long value = before;
    while (i + Long.BYTES <= last) {
      long eight = (long) EIGHT.get(bytes, i);
      int n = DecimalDigits.count(eight);
      value = value * TENS[n] + DecimalDigits.value(eight, n);
      i += n;
      if (n < Long.BYTES) {
        at = i;
        return value;
      }
    }
    while (i < last && bytes[i] >= '0' && bytes[i] <= '9') {
      value = value * 10 + (bytes[i] - '0');
      i++;
    }
    at = i;
    return value;
  }

  /** Keeps the digits that count, which may be fewer, and leaves out those that cannot matter. */
  private float longNumber(int from, int first, int to, int power, boolean isNegative) {
    long digits = 0;
    int dropped = 0;
    for (int i = first; i < to; i++) {
      if (text[i] != '.' && digits < DIGITS_LIMIT) {
        digits = digits * 10 + (text[i] - '0');
      } else if (text[i] != '.') {
        dropped++;
      }
    }
    return rounded(from, digits, power + dropped, isNegative);
  }

  /** Returns {@code digits * 10^power}, or what the exact conversion makes of the text. */
  private float rounded(int from, long digits, int power, boolean isNegative) {
    if (power >= -EXACT_POWER && power <= EXACT_POWER) {
      double near = power < 0 ? digits / POWERS[-power] : digits * POWERS[power];
      if (isSafe(near)) {
        return (float) (isNegative ? -near : near);
      }
    }
    return convert(from, "");
  }

  /**
   * Tells whether a double is so far from the middle of two floats that rounding it gives the right
   * one. It was rounded twice itself, when it was made of the digits and when it was scaled, and
   * digits may have been left out: that is less than two of its last places.
   */
  private static boolean isSafe(double value) {
    if (value == 0) {
      return true;
    }
    long distance = (Double.doubleToRawLongBits(value) & BELOW_FLOAT) - MIDDLE;
    return value >= Float.MIN_NORMAL && value < 1e38 && (distance < -ERROR || distance > ERROR);
  }

  private int exponent() {
    if (at >= end || (text[at] | 32) != 'e') {
      return 0;
    }
    int mark = at;
    at++;
    boolean isNegative = peek() == '-';
    if (isNegative || peek() == '+') {
      at++;
    }
    int first = at;
    int value = 0;
    for (; at < end && text[at] >= '0' && text[at] <= '9'; at++) {
      value = Math.min(100_000, value * 10 + (text[at] - '0'));
    }
    if (at == first) {
      at = mark;
      return 0;
    }
    return isNegative ? -value : value;
  }

  private float hexadecimal(int from) {
    int zero = at;
    at += 2;
    int count = 0;
    boolean isFraction = false;
    for (; at < end; at++) {
      if (Character.digit(text[at], 16) >= 0) {
        count++;
      } else if (text[at] == '.' && !isFraction) {
        isFraction = true;
      } else {
        break;
      }
    }
    if (count == 0) {
      at = zero + 1;
      return convert(from, "");
    }
    if (at < end && (text[at] | 32) == 'p') {
      int mark = at;
      at++;
      if (peek() == '-' || peek() == '+') {
        at++;
      }
      int first = at;
      while (at < end && text[at] >= '0' && text[at] <= '9') {
        at++;
      }
      if (at > first) {
        return convert(from, "");
      }
      at = mark;
    }
    // Java wants an exponent behind a hexadecimal number; C does not.
    return convert(from, "p0");
  }

  private float convert(int from, String suffix) {
    String number = new String(text, from, at - from, StandardCharsets.ISO_8859_1);
    float value = Float.parseFloat(number + suffix);
    if (Float.isInfinite(value)) {
      throw VectorErrors.outOfRange(number, typeName);
    }
    return value;
  }

  private float special(boolean isNegative) {
    int sign = peek() == '-' || peek() == '+' ? 1 : 0;
    if (isWord(at + sign, "nan")) {
      return Float.NaN;
    }
    if (isWord(at + sign, "inf")) {
      return isNegative ? Float.NEGATIVE_INFINITY : Float.POSITIVE_INFINITY;
    }
    throw invalid();
  }

  private boolean isWord(int from, String word) {
    for (int i = 0; i < word.length(); i++) {
      if (from + i >= end || (text[from + i] | 32) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
