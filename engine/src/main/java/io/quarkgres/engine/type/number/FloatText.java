package io.quarkgres.engine.type.number;

import io.quarkgres.engine.type.Digits;
import io.quarkgres.engine.type.Spaces;
import io.quarkgres.engine.type.TypeErrors;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/**
 * The text form of floating-point numbers: shortest digits that read back as the same number, or,
 * with {@code extra_float_digits} at most 0, as many digits as the type guarantees. Thread: any.
 */
public final class FloatText {
  private static final int DOUBLE_DIGITS = 15;
  private static final int FLOAT_DIGITS = 6;

  /** Shortest output of a double can lie exactly between two doubles only within these bounds. */
  private static final double TIE_MIN = 0x1p51;

  private static final double TIE_MAX = 1e41;

  /** Below these, numbers lie so far apart that one digit may do. */
  private static final double TINY = 1e-320;

  private static final double FLOAT_TINY = 1e-43;
  private static final double FLOAT_TIE_MIN = 0x1p22;
  private static final double FLOAT_TIE_MAX = 1e21;

  private FloatText() {}

  static double parse(byte[] text, int start, int length, boolean single) {
    String sqlName = single ? "real" : "double precision";
    int from = Spaces.skip(text, start, start + length);
    int to = Spaces.trimEnd(text, from, start + length);
    if (from == to) {
      throw TypeErrors.invalidText(sqlName, text, start, length);
    }
    double easy = single ? Double.NaN : ShortDecimals.parse(text, from, to);
    if (!Double.isNaN(easy)) {
      return easy;
    }
    int unsigned = text[from] == '-' || text[from] == '+' ? from + 1 : from;
    if (unsigned < to && !startsNumber(text[unsigned])) {
      return special(text, start, length, from, unsigned, to, sqlName);
    }
    int stop = decimalEnd(text, unsigned, to);
    if (stop > unsigned && stop < to) {
      // what follows a number is reported only when the number itself is in range
      String number = new String(text, from, stop - from, StandardCharsets.ISO_8859_1);
      checked(number, single, single ? TypeErrors.string(text, start, length) : number);
    }
    boolean hex = to - unsigned > 1 && text[unsigned] == '0' && (text[unsigned + 1] | 32) == 'x';
    if (!hex && stop != to) {
      throw TypeErrors.invalidText(sqlName, text, start, length);
    }
    String number = new String(text, from, to - from, StandardCharsets.ISO_8859_1);
    try {
      return checked(
          hex ? withExponent(number) : number,
          single,
          single ? TypeErrors.string(text, start, length) : number);
    } catch (NumberFormatException e) {
      throw TypeErrors.invalidText(sqlName, text, start, length);
    }
  }

  private static boolean startsNumber(byte b) {
    return b >= '0' && b <= '9' || b == '.';
  }

  /** Returns the end of the longest number at the start of a range, {@code from} if none. */
  private static int decimalEnd(byte[] text, int from, int to) {
    int at = digits(text, from, to);
    int count = at - from;
    if (at < to && text[at] == '.') {
      int fraction = digits(text, at + 1, to);
      count += fraction - at - 1;
      at = fraction;
    }
    if (count == 0) {
      return from;
    }
    if (at < to && (text[at] | 32) == 'e') {
      int first = at + 1;
      if (first < to && (text[first] == '-' || text[first] == '+')) {
        first++;
      }
      int exponent = digits(text, first, to);
      return exponent > first ? exponent : at;
    }
    return at;
  }

  private static int digits(byte[] text, int from, int to) {
    int at = from;
    while (at < to && text[at] >= '0' && text[at] <= '9') {
      at++;
    }
    return at;
  }

  /** Java wants an exponent behind a hexadecimal number; C does not. */
  private static String withExponent(String number) {
    return number.indexOf('p') < 0 && number.indexOf('P') < 0 ? number + "p0" : number;
  }

  private static double special(
      byte[] text, int start, int length, int from, int unsigned, int to, String sqlName) {
    boolean negative = text[from] == '-';
    if (Spaces.isWord(text, unsigned, to, "nan")) {
      return Double.NaN;
    }
    if (Spaces.isWord(text, unsigned, to, "infinity") || Spaces.isWord(text, unsigned, to, "inf")) {
      return negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    throw TypeErrors.invalidText(sqlName, text, start, length);
  }

  private static double checked(String number, boolean single, String shown) {
    double value = single ? Float.parseFloat(number) : Double.parseDouble(number);
    if (Double.isInfinite(value) || value == 0 && hasNonZeroDigit(number)) {
      throw new SqlException(
          SqlState.NUMERIC_VALUE_OUT_OF_RANGE,
          "\"" + shown + "\" is out of range for type " + (single ? "real" : "double precision"));
    }
    return value;
  }

  private static boolean hasNonZeroDigit(String number) {
    for (int i = 0; i < number.length(); i++) {
      char c = number.charAt(i);
      if (c == 'e' || c == 'E') {
        return false;
      }
      if (c >= '1' && c <= '9') {
        return true;
      }
    }
    return false;
  }

  /**
   * Appends a number.
   *
   * @param single whether it is a real, whose value is exactly a float
   * @param extraDigits {@code extra_float_digits}
   */
  public static void print(double value, boolean single, int extraDigits, ByteSink out) {
    if (Double.isNaN(value)) {
      out.putAscii("NaN");
    } else if (Double.isInfinite(value)) {
      out.putAscii(value > 0 ? "Infinity" : "-Infinity");
    } else if (extraDigits > 0) {
      printShortest(value, single, out);
    } else {
      printRounded(value, Math.max(1, (single ? FLOAT_DIGITS : DOUBLE_DIGITS) + extraDigits), out);
    }
  }

  private static void printShortest(double value, boolean single, ByteSink out) {
    int exponentMax = single ? FLOAT_DIGITS : DOUBLE_DIGITS;
    long whole = (long) value;
    if (whole == value && Math.abs(value) < Digits.power(exponentMax) && !isNegativeZero(value)) {
      Digits.put(whole, out);
      return;
    }
    if (value < 0 || isNegativeZero(value)) {
      out.put('-');
    }
    if (value == 0) {
      out.put('0');
      return;
    }
    double magnitude = Math.abs(value);
    if (!single && ShortDecimals.print(magnitude, out)) {
      return;
    }
    // Java's digits are the shortest too, but at least two, and a tie counts as near enough
    boolean special =
        single
            ? magnitude < FLOAT_TINY || magnitude >= FLOAT_TIE_MIN && magnitude < FLOAT_TIE_MAX
            : magnitude < TINY || magnitude >= TIE_MIN && magnitude < TIE_MAX;
    if (special) {
      layOut(shortest(magnitude, single), exponentMax, out);
    } else {
      layOut(
          single ? Float.toString((float) magnitude) : Double.toString(magnitude),
          exponentMax,
          out);
    }
  }

  private static boolean isNegativeZero(double value) {
    return value == 0 && 1 / value < 0;
  }

  /** Returns the decimal with the fewest digits that is nearer to the number than to any other. */
  private static BigDecimal shortest(double value, boolean single) {
    BigDecimal digits =
        new BigDecimal(single ? Float.toString((float) value) : Double.toString(value));
    if (digits.precision() == 2) {
      BigDecimal one = digits.round(new MathContext(1, RoundingMode.HALF_EVEN));
      if (reads(one, value, single)) {
        digits = one;
      }
    }
    return isTie(digits, value, single) ? longer(digits, value, single) : digits;
  }

  private static boolean reads(BigDecimal digits, double value, boolean single) {
    return (single ? digits.floatValue() : digits.doubleValue()) == value;
  }

  private static boolean isTie(BigDecimal digits, double value, boolean single) {
    BigDecimal exact = new BigDecimal(value);
    BigDecimal twice = digits.add(digits);
    BigDecimal up = new BigDecimal(single ? Math.nextUp((float) value) : Math.nextUp(value));
    BigDecimal down = new BigDecimal(single ? Math.nextDown((float) value) : Math.nextDown(value));
    return twice.compareTo(exact.add(up)) == 0 || twice.compareTo(exact.add(down)) == 0;
  }

  private static BigDecimal longer(BigDecimal tie, double value, boolean single) {
    BigDecimal exact = new BigDecimal(value);
    for (int n = tie.stripTrailingZeros().precision(); ; n++) {
      BigDecimal candidate = exact.round(new MathContext(n, RoundingMode.HALF_EVEN));
      if (reads(candidate, value, single) && !isTie(candidate, value, single)) {
        return candidate;
      }
    }
  }

  private static void layOut(BigDecimal digits, int exponentMax, ByteSink out) {
    BigDecimal stripped = digits.stripTrailingZeros();
    byte[] text = stripped.unscaledValue().toString().getBytes(StandardCharsets.ISO_8859_1);
    layOut(text, 0, text.length, text.length - 1 - stripped.scale(), exponentMax, out);
  }

  /** Writes what {@code toString} made of a positive number: {@code 12.34} or {@code 1.234E-5}. */
  private static void layOut(String text, int exponentMax, ByteSink out) {
    byte[] digits = new byte[text.length()];
    int count = 0;
    int point = 0;
    int exponent = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.') {
        point = count;
      } else if (c == 'E') {
        exponent = Integer.parseInt(text, i + 1, text.length(), 10);
        break;
      } else {
        digits[count++] = (byte) c;
      }
    }
    int first = 0;
    while (digits[first] == '0') {
      first++;
    }
    while (digits[count - 1] == '0') {
      count--;
    }
    layOut(digits, first, count - first, exponent + point - 1 - first, exponentMax, out);
  }

  /** Writes digits in plain form, or with an exponent below 1e-4 or from 10^exponentMax on. */
  private static void layOut(
      byte[] digits, int first, int count, int exponent, int exponentMax, ByteSink out) {
    if (exponent < -4 || exponent >= exponentMax) {
      putScientific(digits, first, count, exponent, out);
    } else if (exponent < 0) {
      out.put('0');
      out.put('.');
      putZeros(-exponent - 1, out);
      out.put(digits, first, count);
    } else if (count <= exponent + 1) {
      out.put(digits, first, count);
      putZeros(exponent + 1 - count, out);
    } else {
      out.put(digits, first, exponent + 1);
      out.put('.');
      out.put(digits, first + exponent + 1, count - exponent - 1);
    }
  }

  private static void putZeros(int count, ByteSink out) {
    for (int i = 0; i < count; i++) {
      out.put('0');
    }
  }

  private static void putScientific(
      byte[] digits, int first, int count, int exponent, ByteSink out) {
    out.put(digits[first]);
    if (count > 1) {
      out.put('.');
      out.put(digits, first + 1, count - 1);
    }
    out.put('e');
    out.put(exponent < 0 ? '-' : '+');
    int magnitude = Math.abs(exponent);
    Digits.putPadded(magnitude, magnitude < 100 ? 2 : 3, out);
  }

  /** Writes a fixed number of digits as C's {@code %.*g} does. */
  private static void printRounded(double value, int digits, ByteSink out) {
    if (value < 0 || isNegativeZero(value)) {
      out.put('-');
    }
    if (value == 0) {
      out.put('0');
      return;
    }
    BigDecimal rounded =
        new BigDecimal(Math.abs(value)).round(new MathContext(digits, RoundingMode.HALF_EVEN));
    layOut(rounded, digits, out);
  }
}
