package io.quarkgres.engine.type.json;

import io.quarkgres.engine.type.HexText;
import io.quarkgres.engine.type.TypeErrors;
import io.quarkgres.engine.type.Utf8;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.error.SqlException;
import java.nio.charset.StandardCharsets;

/** Cuts JSON text into tokens and checks each. One use; one thread. */
final class JsonLexer {
  private static final int NONE = -1;
  static final int END = 0;
  static final int STRING = 1;
  static final int NUMBER = 2;
  static final int TRUE = 3;
  static final int FALSE = 4;
  static final int NULL = 5;

  private final byte[] text;
  private final int end;

  /** Where strings are unescaped to, or {@code null} when they are only checked. */
  private final ByteSink strings;

  private int at;
  private int line = 1;
  private int lineStart;
  private int token = NONE;
  private int tokenStart;
  private int tokenEnd;

  /**
   * Makes a lexer.
   *
   * @param strings where each string token is unescaped to; {@code null} accepts any escape of the
   *     right form, whatever it stands for
   */
  JsonLexer(byte[] text, int start, int length, ByteSink strings) {
    this.text = text;
    this.at = start;
    this.lineStart = start;
    this.end = start + length;
    this.strings = strings;
    this.tokenEnd = start;
  }

  byte[] text() {
    return text;
  }

  int end() {
    return end;
  }

  int line() {
    return line;
  }

  int lineStart() {
    return lineStart;
  }

  /** Returns the token: one of the constants or a punctuation character. */
  int token() {
    return token;
  }

  int tokenStart() {
    return tokenStart;
  }

  int tokenEnd() {
    return tokenEnd;
  }

  /** Returns the current token's text. */
  String tokenText() {
    return TypeErrors.string(text, tokenStart, tokenEnd - tokenStart);
  }

  /** Moves to the next token. */
  int next() {
    skipSpaces();
    tokenStart = at;
    if (at == end) {
      token = END;
      tokenEnd = at;
      return token;
    }
    int c = text[at];
    switch (c) {
      case '{', '}', '[', ']', ',', ':' -> {
        at++;
        tokenEnd = at;
        token = c;
      }
      case '"' -> {
        string();
        token = STRING;
      }
      default -> {
        if (c == '-' || isDigit(c)) {
          number();
          token = NUMBER;
        } else {
          token = word();
        }
      }
    }
    return token;
  }

  private void skipSpaces() {
    while (at < end) {
      int c = text[at];
      if (c == '\n') {
        line++;
        lineStart = at + 1;
      } else if (c != ' ' && c != '\t' && c != '\r') {
        return;
      }
      at++;
    }
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /** What a wrong word extends over when it is reported. */
  private static boolean isWordPart(int c) {
    return c < 0 || isDigit(c) || (c | 32) >= 'a' && (c | 32) <= 'z' || c == '_';
  }

  private SqlException invalidToken() {
    at = tokenEnd;
    return JsonErrors.invalid(this, "Token \"" + tokenText() + "\" is invalid.");
  }

  private int word() {
    int stop = at;
    while (stop < end && isWordPart(text[stop])) {
      stop++;
    }
    if (stop == at) {
      tokenEnd = Math.min(end, at + 1);
      throw invalidToken();
    }
    tokenEnd = stop;
    int length = stop - at;
    int found;
    if (length == 4 && matches("true")) {
      found = TRUE;
    } else if (length == 5 && matches("false")) {
      found = FALSE;
    } else if (length == 4 && matches("null")) {
      found = NULL;
    } else {
      throw invalidToken();
    }
    at = stop;
    return found;
  }

  private boolean matches(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (text[at + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private void number() {
    int i = at;
    if (text[i] == '-') {
      i++;
    }
    boolean valid = i < end && isDigit(text[i]);
    if (valid && text[i] == '0') {
      i++;
    } else {
      i = digits(i);
    }
    if (i < end && text[i] == '.') {
      int stop = digits(i + 1);
      valid &= stop > i + 1;
      i = stop;
    }
    if (i < end && (text[i] | 32) == 'e') {
      int from = i + 1;
      if (from < end && (text[from] == '+' || text[from] == '-')) {
        from++;
      }
      int stop = digits(from);
      valid &= stop > from;
      i = stop;
    }
    while (i < end && isWordPart(text[i])) {
      valid = false;
      i++;
    }
    tokenEnd = i;
    if (!valid) {
      throw invalidToken();
    }
    at = i;
  }

  private int digits(int from) {
    int i = from;
    while (i < end && isDigit(text[i])) {
      i++;
    }
    return i;
  }

  private void string() {
    if (strings != null) {
      strings.truncate(0);
    }
    int plain = at + 1;
    int i = at + 1;
    for (; ; i++) {
      if (i >= end) {
        tokenEnd = i;
        throw invalidToken();
      }
      int c = text[i];
      if (c == '"') {
        break;
      }
      if (c == '\\') {
        keep(plain, i);
        i = escape(i + 1);
        plain = i + 1;
      } else if (c >= 0 && c < 32) {
        tokenEnd = i;
        throw JsonErrors.invalid(
            this,
            "Character with value 0x"
                + Character.forDigit(c >> 4, 16)
                + Character.forDigit(c & 15, 16)
                + " must be escaped.");
      }
    }
    keep(plain, i);
    at = i + 1;
    tokenEnd = at;
  }

  private void keep(int from, int to) {
    if (strings != null) {
      strings.put(text, from, to - from);
    }
  }

  /** Reads what stands behind a backslash; returns the offset of its last byte. */
  private int escape(int i) {
    if (i >= end) {
      tokenEnd = i;
      throw invalidToken();
    }
    int c = text[i];
    int plain =
        switch (c) {
          case '"', '\\', '/' -> c;
          case 'b' -> '\b';
          case 'f' -> '\f';
          case 'n' -> '\n';
          case 'r' -> '\r';
          case 't' -> '\t';
          case 'u' -> -1;
          default -> {
            tokenStart = i;
            tokenEnd = Utf8.offset(text, i, end, 1);
            throw JsonErrors.invalid(this, "Escape sequence \"\\" + tokenText() + "\" is invalid.");
          }
        };
    if (plain < 0) {
      return unicode(i);
    }
    if (strings != null) {
      strings.put(plain);
    }
    return i;
  }

  private int unicode(int u) {
    int unit = codeUnit(u);
    if (strings == null) {
      return u + 4;
    }
    if (unit == 0) {
      tokenEnd = u + 5;
      throw JsonErrors.zeroCharacter(this);
    }
    if (Character.isLowSurrogate((char) unit)) {
      throw loneLowSurrogate(u + 5);
    }
    if (!Character.isHighSurrogate((char) unit)) {
      putCharacter(unit);
      return u + 4;
    }
    if (u + 5 >= end || text[u + 5] == '\\' && u + 6 >= end) {
      tokenEnd = end;
      throw invalidToken();
    }
    boolean escape = text[u + 5] == '\\';
    if (!escape || text[u + 6] != 'u') {
      throw loneLowSurrogate(Utf8.offset(text, u + (escape ? 6 : 5), end, 1));
    }
    int second = codeUnit(u + 6);
    if (Character.isHighSurrogate((char) second)) {
      tokenEnd = u + 11;
      throw JsonErrors.invalid(this, "Unicode high surrogate must not follow a high surrogate.");
    }
    if (!Character.isLowSurrogate((char) second)) {
      throw loneLowSurrogate(u + 11);
    }
    putCharacter(Character.toCodePoint((char) unit, (char) second));
    return u + 10;
  }

  private SqlException loneLowSurrogate(int stop) {
    tokenEnd = stop;
    return JsonErrors.invalid(this, "Unicode low surrogate must follow a high surrogate.");
  }

  private int codeUnit(int u) {
    int value = 0;
    for (int i = u + 1; i <= u + 4; i++) {
      if (i >= end) {
        tokenEnd = end;
        throw invalidToken();
      }
      int digit = HexText.digit(text[i]);
      if (digit < 0) {
        tokenEnd = Utf8.offset(text, i, end, 1);
        throw JsonErrors.invalid(this, "\"\\u\" must be followed by four hexadecimal digits.");
      }
      value = value << 4 | digit;
    }
    return value;
  }

  private void putCharacter(int codePoint) {
    byte[] utf8 = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
    strings.put(utf8, 0, utf8.length);
  }
}
