package io.quarkgres.engine.parse.lex;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads one string constant between single quotes, with its continuations on later lines. Thread:
 * one.
 */
final class StringScanner {
  private final String sql;
  private final int start;
  private int at;

  /** The character behind the first backslash that escapes something, 0 for none. */
  private char firstEscape;

  /** The bytes so far, once an escape has given a byte that is not ASCII; until then null. */
  private ByteArrayOutputStream bytes;

  private final StringBuilder text = new StringBuilder(0);

  /**
   * Makes a scanner of the constant that starts at {@code start} and has its quote at {@code at}.
   */
  StringScanner(String sql, int start, int at) {
    this.sql = sql;
    this.start = start;
    this.at = at;
  }

  /** Returns the character behind the first backslash, 0 when there was none. */
  char firstEscape() {
    return firstEscape;
  }

  /** Returns where the constant ends. */
  int end() {
    return at;
  }

  /** Reads a string in which only a doubled quote is special. */
  String plain(String unterminated) {
    int from = at + 1;
    while (true) {
      int close = sql.indexOf('\'', from);
      if (close < 0) {
        throw ParseErrors.atOrNear(unterminated, sql, start, sql.length());
      }
      if (close + 1 < sql.length() && sql.charAt(close + 1) == '\'') {
        text.append(sql, from, close + 1);
        from = close + 2;
        continue;
      }
      int next = continuation(close + 1);
      if (next < 0) {
        at = close + 1;
        String last = sql.substring(from, close);
        return text.isEmpty() ? last : text.append(last).toString();
      }
      text.append(sql, from, close);
      from = next;
    }
  }

  /** Reads the digits of a bit string, in which nothing is special. */
  String bits(String unterminated) {
    int from = at + 1;
    while (true) {
      int close = sql.indexOf('\'', from);
      if (close < 0) {
        throw ParseErrors.atOrNear(unterminated, sql, start, sql.length());
      }
      text.append(sql, from, close);
      int next = continuation(close + 1);
      if (next < 0) {
        at = close + 1;
        return text.toString();
      }
      from = next;
    }
  }

  /** Reads a string with backslash escapes. */
  String escaped() {
    at++;
    while (true) {
      if (at >= sql.length()) {
        throw ParseErrors.atOrNear("unterminated quoted string", sql, start, sql.length());
      }
      char c = sql.charAt(at);
      if (c == '\\') {
        escape();
      } else if (c != '\'') {
        appendSource();
      } else if (at + 1 < sql.length() && sql.charAt(at + 1) == '\'') {
        append("'");
        at += 2;
      } else {
        int next = continuation(at + 1);
        if (next < 0) {
          at++;
          return finishEscaped();
        }
        at = next;
      }
    }
  }

  private void appendSource() {
    int from = at;
    while (at < sql.length() && sql.charAt(at) != '\\' && sql.charAt(at) != '\'') {
      at++;
    }
    append(sql.substring(from, at));
  }

  private void append(String part) {
    if (bytes != null) {
      bytes.writeBytes(part.getBytes(StandardCharsets.UTF_8));
    } else {
      text.append(part);
    }
  }

  private String finishEscaped() {
    return bytes == null ? text.toString() : Utf8.decode(bytes.toByteArray());
  }

  private void escape() {
    int backslash = at;
    if (at + 1 >= sql.length()) {
      throw ParseErrors.atOrNear("unterminated quoted string", sql, start, sql.length());
    }
    char c = sql.charAt(at + 1);
    firstEscape = firstEscape == 0 ? c : firstEscape;
    at += 2;
    switch (c) {
      case 'b' -> append("\b");
      case 'f' -> append("\f");
      case 'n' -> append("\n");
      case 'r' -> append("\r");
      case 't' -> append("\t");
      case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(c - '0');
      case 'x' -> hex();
      case 'u' -> unicode(backslash, 4);
      case 'U' -> unicode(backslash, 8);
      default -> {
        at--;
        int codePoint = sql.codePointAt(at);
        append(Character.toString(codePoint));
        at += Character.charCount(codePoint);
      }
    }
  }

  private void octal(int first) {
    int value = first;
    for (int i = 0; i < 2 && at < sql.length(); i++) {
      int digit = Character.digit(sql.charAt(at), 8);
      if (digit < 0 || sql.charAt(at) > '7') {
        break;
      }
      value = value * 8 + digit;
      at++;
    }
    appendByte(value & 0xFF);
  }

  private void hex() {
    int value = 0;
    int digits = 0;
    while (digits < 2 && at < sql.length() && UnicodeEscapes.hexDigit(sql.charAt(at)) >= 0) {
      value = value * 16 + UnicodeEscapes.hexDigit(sql.charAt(at));
      digits++;
      at++;
    }
    if (digits == 0) {
      append("x");
    } else {
      appendByte(value);
    }
  }

  private void appendByte(int value) {
    if (value == 0) {
      throw ParseErrors.invalidBytes(new byte[1], 0, 1);
    }
    if (value < 0x80) {
      append(String.valueOf((char) value));
      return;
    }
    if (bytes == null) {
      bytes = new ByteArrayOutputStream();
      bytes.writeBytes(text.toString().getBytes(StandardCharsets.UTF_8));
    }
    bytes.write(value);
  }

  private void unicode(int backslash, int digits) {
    int codePoint = unicodeValue(backslash, digits);
    if (Character.isBmpCodePoint(codePoint) && Character.isHighSurrogate((char) codePoint)) {
      codePoint = secondHalf(codePoint);
    } else if (codePoint >= 0xDC00 && codePoint <= 0xDFFF) {
      throw ParseErrors.atOrNear("invalid Unicode surrogate pair", sql, backslash, at);
    }
    append(Character.toString(codePoint));
  }

  private int unicodeValue(int backslash, int digits) {
    long value = 0;
    for (int i = 0; i < digits; i++) {
      int digit = at < sql.length() ? UnicodeEscapes.hexDigit(sql.charAt(at)) : -1;
      if (digit < 0) {
        throw new SqlException(
            SqlState.INVALID_ESCAPE_SEQUENCE,
            "invalid Unicode escape",
            null,
            "Unicode escapes must be \\uXXXX or \\UXXXXXXXX.",
            backslash);
      }
      value = value * 16 + digit;
      at++;
    }
    if (value == 0 || value > Character.MAX_CODE_POINT) {
      throw ParseErrors.atOrNear("invalid Unicode escape value", sql, backslash, at);
    }
    return (int) value;
  }

  private int secondHalf(int high) {
    int backslash = at;
    boolean isEscape = at + 1 < sql.length() && sql.charAt(at) == '\\';
    char kind = isEscape ? sql.charAt(at + 1) : 0;
    if (kind != 'u' && kind != 'U') {
      int end = Math.min(sql.length(), at + 1);
      throw ParseErrors.atOrNear("invalid Unicode surrogate pair", sql, at, end);
    }
    at += 2;
    int low = unicodeValue(backslash, kind == 'u' ? 4 : 8);
    if (low < 0xDC00 || low > 0xDFFF) {
      throw ParseErrors.atOrNear("invalid Unicode surrogate pair", sql, backslash, at);
    }
    return Character.toCodePoint((char) high, (char) low);
  }

  /**
   * Returns the offset behind the quote that continues a constant ended before {@code from}, or -1.
   * A constant goes on after blanks and line comments that hold a line break.
   */
  private int continuation(int from) {
    boolean hasNewline = false;
    int i = from;
    while (i < sql.length()) {
      char c = sql.charAt(i);
      if (c == '\'') {
        return hasNewline ? i + 1 : -1;
      }
      if (c == '-' && sql.startsWith("--", i)) {
        while (i < sql.length() && sql.charAt(i) != '\n' && sql.charAt(i) != '\r') {
          i++;
        }
      } else if (Characters.isBlank(c)) {
        hasNewline |= c == '\n' || c == '\r';
        i++;
      } else {
        return -1;
      }
    }
    return -1;
  }
}
