package io.quarkgres.engine.function.jsonpath;

import io.quarkgres.engine.function.jsonpath.PathToken.Kind;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/** Cuts the text of a path into tokens. One use; one thread. */
final class PathLexer {
  private static final String SPECIAL = "?%$.[]{}()|&!=<>@#,*:-+/";
  private static final String BLANKS = " \t\n\r\f";
  private static final String[] LONG_SYMBOLS = {"||", "&&", "==", "<=", ">=", "<>", "!=", "**"};
  private static final int LAST_CHARACTER = 0x10ffff;

  private final String text;
  private int at;

  PathLexer(String text) {
    this.text = text;
  }

  /** Tells whether a character may be part of a name. */
  private static boolean isNamePart(char c) {
    return SPECIAL.indexOf(c) < 0 && BLANKS.indexOf(c) < 0 && c != '"' && c != '\\';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private char peek(int offset) {
    return at + offset < text.length() ? text.charAt(at + offset) : '\0';
  }

  private void skipBlanks() {
    while (at < text.length()) {
      if (BLANKS.indexOf(text.charAt(at)) >= 0) {
        at++;
      } else if (text.startsWith("/*", at)) {
        comment();
      } else {
        return;
      }
    }
  }

  private void comment() {
    int end = text.indexOf("*/", at + 2);
    if (end < 0) {
      throw PathErrors.at("unexpected end of comment", "");
    }
    at = end + 2;
  }

  PathToken next() {
    skipBlanks();
    if (at == text.length()) {
      return new PathToken(Kind.END, "", "");
    }
    char c = text.charAt(at);
    if (c == '"') {
      at++;
      return new PathToken(Kind.STRING, quoted(), "\"");
    }
    if (c == '$') {
      return dollar();
    }
    if (isDigit(c) || c == '.' && isDigit(peek(1))) {
      PathToken number = number();
      if (number != null) {
        return number;
      }
    }
    if (isNamePart(c) || c == '\\') {
      return name();
    }
    return symbol();
  }

  private PathToken symbol() {
    for (String symbol : LONG_SYMBOLS) {
      if (text.startsWith(symbol, at)) {
        at += symbol.length();
        return new PathToken(Kind.SYMBOL, symbol, symbol);
      }
    }
    String symbol = text.substring(at, at + 1);
    at++;
    return new PathToken(Kind.SYMBOL, symbol, symbol);
  }

  private PathToken dollar() {
    int start = at++;
    if (peek(0) == '"') {
      at++;
      return new PathToken(Kind.VARIABLE, quoted(), "\"");
    }
    while (at < text.length() && isNamePart(text.charAt(at))) {
      at++;
    }
    String name = text.substring(start, at);
    return name.length() == 1
        ? new PathToken(Kind.SYMBOL, "$", "$")
        : new PathToken(Kind.VARIABLE, name.substring(1), name);
  }

  private int digitsEnd(int from) {
    int end = from;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /** Reads a number; returns {@code null} where a longer name begins with its digits. */
  private PathToken number() {
    int end = at;
    if (text.charAt(at) == '0') {
      end++;
    } else {
      end = digitsEnd(at);
    }
    boolean isInteger = true;
    if (end < text.length() && text.charAt(end) == '.') {
      end = digitsEnd(end + 1);
      isInteger = false;
    }
    boolean hasPoint = !isInteger;
    if (end < text.length() && (text.charAt(end) | 32) == 'e') {
      int digits = end + 1;
      boolean isSigned = digits < text.length() && "+-".indexOf(text.charAt(digits)) >= 0;
      if (isSigned) {
        digits++;
      }
      int stop = digitsEnd(digits);
      if (stop > digits) {
        end = stop;
        isInteger = false;
        hasPoint |= isSigned;
      } else if (isSigned) {
        throw PathErrors.at("invalid numeric literal", text.substring(at, digits));
      }
    }
    int nameEnd = end;
    while (nameEnd < text.length() && isNamePart(text.charAt(nameEnd))) {
      nameEnd++;
    }
    if (nameEnd > end) {
      int junkEnd = end + Character.charCount(text.codePointAt(end));
      if (!hasPoint && nameEnd > junkEnd) {
        return null;
      }
      throw PathErrors.at("trailing junk after numeric literal", text.substring(at, junkEnd));
    }
    String number = text.substring(at, end);
    at = end;
    return new PathToken(isInteger ? Kind.INTEGER : Kind.NUMBER, number, number);
  }

  private PathToken name() {
    StringBuilder name = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\\') {
        escape(name);
      } else if (isNamePart(c)) {
        name.append(c);
        at++;
      } else {
        break;
      }
    }
    // the blanks or the start of a comment behind a name are what an error shows
    String near = "";
    if (text.startsWith("/*", at)) {
      comment();
      near = "*/";
    } else {
      int blanks = at;
      while (blanks < text.length() && BLANKS.indexOf(text.charAt(blanks)) >= 0) {
        blanks++;
      }
      near = text.substring(at, blanks);
    }
    return new PathToken(Kind.NAME, name.toString(), near);
  }

  private String quoted() {
    StringBuilder result = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        return result.toString();
      }
      if (c == '\\') {
        escape(result);
      } else {
        result.append(c);
        at++;
      }
    }
    throw PathErrors.at("unexpected end of quoted string", "");
  }

  private void escape(StringBuilder out) {
    if (at + 1 == text.length()) {
      throw PathErrors.at("unexpected end after backslash", "\\");
    }
    char c = text.charAt(at + 1);
    switch (c) {
      case 'b' -> out.append('\b');
      case 'f' -> out.append('\f');
      case 'n' -> out.append('\n');
      case 'r' -> out.append('\r');
      case 't' -> out.append('\t');
      case 'v' -> out.append('\u000b');
      case 'u' -> {
        unicode(out);
        return;
      }
      case 'x' -> {
        int code = hex(at + 2, 2, "invalid hex character sequence");
        append(code, out);
        at += 4;
        return;
      }
      default -> {
        int code = text.codePointAt(at + 1);
        out.appendCodePoint(code);
        at += 1 + Character.charCount(code);
        return;
      }
    }
    at += 2;
  }

  /** Reads as many hexadecimal digits as are asked for, behind the backslash at {@code at}. */
  private int hex(int from, int count, String error) {
    int code = 0;
    for (int i = from; i < from + count; i++) {
      int digit = i < text.length() ? Character.digit(text.charAt(i), 16) : -1;
      if (digit < 0) {
        throw PathErrors.at(error, text.substring(at, Math.min(i, text.length())));
      }
      code = code << 4 | digit;
    }
    return code;
  }

  /** Reads escapes that follow each other, since two may be halves of one character. */
  private void unicode(StringBuilder out) {
    String error = "invalid unicode sequence";
    int high = -1;
    while (text.startsWith("\\u", at)) {
      int code;
      int length;
      if (at + 2 < text.length() && text.charAt(at + 2) == '{') {
        int end = at + 3;
        while (end < text.length() && end < at + 9 && Character.digit(text.charAt(end), 16) >= 0) {
          end++;
        }
        if (end == at + 3 || end == text.length() || text.charAt(end) != '}') {
          throw PathErrors.at(error, text.substring(at, end));
        }
        code = Integer.parseInt(text, at + 3, end, 16);
        length = end + 1 - at;
      } else {
        code = hex(at + 2, 4, error);
        length = 6;
      }
      at += length;
      if (code <= 0xffff && Character.isHighSurrogate((char) code)) {
        if (high >= 0) {
          throw PathErrors.escape("Unicode high surrogate must not follow a high surrogate.");
        }
        high = code;
      } else if (code <= 0xffff && Character.isLowSurrogate((char) code)) {
        if (high < 0) {
          throw PathErrors.escape("Unicode low surrogate must follow a high surrogate.");
        }
        out.appendCodePoint(Character.toCodePoint((char) high, (char) code));
        high = -1;
      } else if (high >= 0) {
        break;
      } else {
        append(code, out);
      }
    }
    if (high >= 0) {
      throw PathErrors.escape("Unicode low surrogate must follow a high surrogate.");
    }
  }

  private static void append(int code, StringBuilder out) {
    if (code == 0) {
      throw PathErrors.zeroCharacter();
    }
    if (code > LAST_CHARACTER) {
      throw new SqlException(SqlState.SYNTAX_ERROR, "invalid Unicode code point");
    }
    out.appendCodePoint(code);
  }
}
