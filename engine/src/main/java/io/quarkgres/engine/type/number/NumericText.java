package io.quarkgres.engine.type.number;

import io.quarkgres.engine.type.Digits;
import io.quarkgres.engine.type.Spaces;
import io.quarkgres.engine.type.TypeErrors;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.DecimalBuilder;
import io.quarkgres.spi.data.DecimalColumn;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** The text form of numeric. Thread: any. */
public final class NumericText {
  /** The most digits behind the point. */
  static final int SCALE_MAX = 16383;

  /** The most digits before the point. */
  static final int WHOLE_DIGITS_MAX = 131072;

  private static final int LONG_DIGITS = 18;
  private static final int EXPONENT_MAX = Integer.MAX_VALUE / 2;

  private NumericText() {}

  public static void parse(byte[] text, int start, int length, DecimalBuilder out) {
    int end = start + length;
    int from = Spaces.skip(text, start, end);
    int to = Spaces.trimEnd(text, from, end);
    if (from == to || !parseNumber(text, from, to, out) && !parseSpecial(text, from, to, out)) {
      throw TypeErrors.invalidText("numeric", text, start, length);
    }
  }

  private static boolean parseSpecial(byte[] text, int from, int to, DecimalBuilder out) {
    if (Spaces.isWord(text, from, to, "nan")) {
      out.appendSpecial(DecimalColumn.NAN);
      return true;
    }
    boolean negative = text[from] == '-';
    int at = negative || text[from] == '+' ? from + 1 : from;
    if (Spaces.isWord(text, at, to, "infinity") || Spaces.isWord(text, at, to, "inf")) {
      out.appendSpecial(
          negative ? DecimalColumn.NEGATIVE_INFINITY : DecimalColumn.POSITIVE_INFINITY);
      return true;
    }
    return false;
  }

  /** Appends a plain number, or returns whether the text is none. */
  private static boolean parseNumber(byte[] text, int from, int to, DecimalBuilder out) {
    boolean negative = text[from] == '-';
    int first = negative || text[from] == '+' ? from + 1 : from;
    int at = first;
    long value = 0;
    int digits = 0;
    int significant = 0;
    int point = -1;
    for (; at < to; at++) {
      int b = text[at];
      if (b == '.' && point < 0) {
        point = digits;
      } else if (b >= '0' && b <= '9') {
        digits++;
        significant += significant > 0 || b != '0' ? 1 : 0;
        value = significant <= LONG_DIGITS ? value * 10 + (b - '0') : value;
      } else {
        break;
      }
    }
    if (digits == 0) {
      return false;
    }
    int exponent = 0;
    if (at < to) {
      // blanks may stand before the exponent's digits
      int power = Spaces.skip(text, at + 1, to);
      int stop = exponentEnd(text, power, to);
      if ((text[at] | 32) != 'e' || stop == power) {
        return false;
      }
      exponent = exponent(text, power, stop);
      if (stop != to) {
        return false;
      }
    }
    int scale = point < 0 ? 0 : digits - point;
    if (significant <= LONG_DIGITS && exponent == 0 && scale <= SCALE_MAX) {
      out.append(negative ? -value : value, scale);
      return true;
    }
    String magnitude = new String(text, first, at - first, StandardCharsets.ISO_8859_1);
    appendScaled(significant == 0, magnitude, negative, scale, exponent, out);
    return true;
  }

  /** Returns the end of an optionally signed number, its start if there is none. */
  private static int exponentEnd(byte[] text, int from, int to) {
    int first = from < to && (text[from] == '-' || text[from] == '+') ? from + 1 : from;
    int at = first;
    while (at < to && text[at] >= '0' && text[at] <= '9') {
      at++;
    }
    return at == first ? from : at;
  }

  private static int exponent(byte[] text, int from, int to) {
    boolean negative = text[from] == '-';
    long value = 0;
    for (int at = negative || text[from] == '+' ? from + 1 : from; at < to; at++) {
      value = value * 10 + (text[at] - '0');
      if (value >= EXPONENT_MAX) {
        throw overflows();
      }
    }
    return (int) (negative ? -value : value);
  }

  private static void appendScaled(
      boolean zero, String digits, boolean negative, int scale, int exponent, DecimalBuilder out) {
    long shownScale = Math.max(0, (long) scale - exponent);
    if (shownScale > SCALE_MAX) {
      throw overflows();
    }
    if (zero) {
      out.append(0, (int) shownScale);
      return;
    }
    BigInteger unscaled = new BigInteger(digits.replace(".", ""));
    BigDecimal value = new BigDecimal(negative ? unscaled.negate() : unscaled, scale - exponent);
    if (value.precision() - (long) value.scale() > WHOLE_DIGITS_MAX) {
      throw overflows();
    }
    out.append(value.setScale((int) shownScale));
  }

  /** 22003: more digits than numeric can hold. */
  static SqlException overflows() {
    return new SqlException(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "value overflows numeric format");
  }

  public static void print(DecimalColumn column, int position, ByteSink out) {
    short scale = column.scales()[position];
    switch (scale) {
      case DecimalColumn.NAN -> out.putAscii("NaN");
      case DecimalColumn.POSITIVE_INFINITY -> out.putAscii("Infinity");
      case DecimalColumn.NEGATIVE_INFINITY -> out.putAscii("-Infinity");
      case DecimalColumn.BIG -> out.putAscii(column.big()[position].toPlainString());
      default -> printLong(column.unscaled()[position], scale, out);
    }
  }

  private static void printLong(long unscaled, int scale, ByteSink out) {
    if (scale == 0) {
      Digits.put(unscaled, out);
      return;
    }
    if (unscaled < 0) {
      out.put('-');
    }
    long magnitude = Math.abs(unscaled);
    if (unscaled == Long.MIN_VALUE || scale > LONG_DIGITS) {
      String plain = new BigDecimal(BigInteger.valueOf(unscaled), scale).abs().toPlainString();
      out.putAscii(plain);
      return;
    }
    long power = Digits.power(scale);
    long whole = magnitude / power;
    Digits.put(whole, out);
    out.put('.');
    Digits.putPadded(magnitude - whole * power, scale, out);
  }
}
