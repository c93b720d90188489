package io.quarkgres.engine.parse.lex;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/** The escapes of {@code U&'...'} and {@code U&"..."} (manual, section 4.1.2.3). Thread: any. */
final class UnicodeEscapes {
  private UnicodeEscapes() {}

  /** Returns whether UESCAPE may name the character. */
  static boolean isEscapeCharacter(char c) {
    return hexDigit(c) < 0 && c != '+' && c != '\'' && c != '"' && !Characters.isBlank(c);
  }

  /** Returns the value of a hexadecimal digit, or -1; unlike the JDK's, for ASCII alone. */
  static int hexDigit(char c) {
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }

  /** Decodes {@code raw}, which starts at {@code position} of the query string. */
  static String decode(String raw, char escape, int position) {
    if (raw.indexOf(escape) < 0) {
      return raw;
    }
    StringBuilder text = new StringBuilder(raw.length());
    int high = 0;
    int i = 0;
    while (i < raw.length()) {
      char c = raw.charAt(i);
      boolean isDoubled = c == escape && i + 1 < raw.length() && raw.charAt(i + 1) == escape;
      if (c != escape || isDoubled) {
        if (high != 0) {
          throw badPair(position + i);
        }
        text.append(c);
        i += isDoubled ? 2 : 1;
        continue;
      }
      int digits = i + 1 < raw.length() && raw.charAt(i + 1) == '+' ? 6 : 4;
      int from = digits == 6 ? i + 2 : i + 1;
      int codePoint = value(raw, from, digits, position + i);
      boolean isHigh = codePoint >= 0xD800 && codePoint <= 0xDBFF;
      boolean isLow = codePoint >= 0xDC00 && codePoint <= 0xDFFF;
      if (isLow != (high != 0)) {
        throw badPair(position + i);
      }
      if (isHigh) {
        high = codePoint;
      } else {
        text.appendCodePoint(
            isLow ? Character.toCodePoint((char) high, (char) codePoint) : codePoint);
        high = 0;
      }
      i = from + digits;
    }
    if (high != 0) {
      throw badPair(position + i);
    }
    return text.toString();
  }

  private static int value(String raw, int from, int digits, int position) {
    int value = 0;
    for (int i = from; i < from + digits; i++) {
      int digit = i < raw.length() ? hexDigit(raw.charAt(i)) : -1;
      if (digit < 0) {
        throw new SqlException(
            SqlState.SYNTAX_ERROR,
            "invalid Unicode escape",
            null,
            "Unicode escapes must be \\XXXX or \\+XXXXXX.",
            position);
      }
      value = value * 16 + digit;
    }
    if (value == 0 || value > Character.MAX_CODE_POINT) {
      throw ParseErrors.grammar("invalid Unicode escape value", position);
    }
    return value;
  }

  private static SqlException badPair(int position) {
    return ParseErrors.grammar("invalid Unicode surrogate pair", position);
  }
}
