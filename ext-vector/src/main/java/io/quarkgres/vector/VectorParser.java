package io.quarkgres.vector;

import io.quarkgres.engine.type.TypeErrors;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the text form of a vector. Clients send embeddings of thousands of digits as literals, so
 * common numbers are read without making strings. Used by one thread.
 */
final class VectorParser {

  /** The powers of ten up to this one are exact in a double. */
  private static final int EXACT_POWER = 22;

  private static final double[] POWERS = new double[EXACT_POWER + 1];

  /** A double this near to the middle of two floats is left to the exact conversion. */
  private static final long MIDDLE = 1L << 28;

  private static final long BELOW_FLOAT = (1L << 29) - 1;

  static {
    double power = 1;
    for (int i = 0; i <= EXACT_POWER; i++) {
      POWERS[i] = power;
      power *= 10;
    }
  }

  private final byte[] text;
  private final int start;
  private final int end;
  private int at;

  VectorParser(byte[] text, int start, int length) {
    this.text = text;
    this.start = start;
    this.end = start + length;
    this.at = start;
  }

  float[] parse() {
    skipSpaces();
    if (peek() != '[') {
      throw invalid().withDetail("Vector contents must start with \"[\".");
    }
    at++;
    skipSpaces();
    if (peek() == ']') {
      throw VectorErrors.noDimension();
    }
    float[] values = new float[Math.min(VectorType.DIMENSIONS_MAX, Math.max(4, (end - at) / 8))];
    int n = 0;
    while (true) {
      if (n == VectorType.DIMENSIONS_MAX) {
        throw VectorErrors.tooManyDimensions();
      }
      if (n == values.length) {
        values = Arrays.copyOf(values, 2 * n);
      }
      skipSpaces();
      values[n++] = VectorType.checked(number());
      skipSpaces();
      int next = peek();
      at++;
      if (next == ']') {
        break;
      }
      if (next != ',') {
        throw invalid();
      }
    }
    skipSpaces();
    if (at < end) {
      throw invalid().withDetail("Junk after closing right brace.");
    }
    return n == values.length ? values : Arrays.copyOf(values, n);
  }

  private int peek() {
    return at < end ? text[at] : -1;
  }

  private void skipSpaces() {
    while (at < end && (text[at] == ' ' || text[at] >= '\t' && text[at] <= '\r')) {
      at++;
    }
  }

  private SqlException invalid() {
    return TypeErrors.invalidText(
        "vector", new String(text, start, end - start, StandardCharsets.UTF_8));
  }

  /** Reads the longest number that starts here, as C's strtof does. */
  private float number() {
    int from = at;
    boolean isNegative = peek() == '-';
    if (isNegative || peek() == '+') {
      at++;
    }
    if (peek() == '0' && at + 1 < end && (text[at + 1] | 32) == 'x') {
      return hexadecimal(from);
    }
    long digits = 0;
    int digitCount = 0;
    int scale = 0;
    boolean isFraction = false;
    boolean isTooLong = false;
    for (; at < end; at++) {
      int c = text[at];
      if (c >= '0' && c <= '9') {
        digitCount++;
        isTooLong |= digits >= 100_000_000_000_000L;
        digits = isTooLong ? digits : digits * 10 + (c - '0');
        scale += isFraction ? 1 : 0;
      } else if (c == '.' && !isFraction) {
        isFraction = true;
      } else {
        break;
      }
    }
    if (digitCount == 0) {
      at = from;
      return special(isNegative);
    }
    int exponent = exponent();
    int power = exponent - scale;
    if (!isTooLong && power >= -EXACT_POWER && power <= EXACT_POWER) {
      double exact = power < 0 ? digits / POWERS[-power] : digits * POWERS[power];
      if (isSafe(exact)) {
        return (float) (isNegative ? -exact : exact);
      }
    }
    return convert(from, "");
  }

  /** Tells whether rounding a correctly rounded double once more gives the right float. */
  private static boolean isSafe(double value) {
    if (value == 0) {
      return true;
    }
    long distance = (Double.doubleToRawLongBits(value) & BELOW_FLOAT) - MIDDLE;
    return value >= Float.MIN_NORMAL && value < 1e38 && (distance < -1 || distance > 1);
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
      throw new SqlException(
          SqlState.NUMERIC_VALUE_OUT_OF_RANGE,
          "\"" + number + "\" is out of range for type vector");
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
