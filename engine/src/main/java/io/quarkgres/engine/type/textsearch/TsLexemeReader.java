package io.quarkgres.engine.type.textsearch;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads lexemes as the text forms of {@code tsvector} and {@code tsquery} have them: bare up to
 * white space, or in apostrophes, with backslashes before what stands for itself. Used by one
 * thread.
 */
public final class TsLexemeReader {
  /** The texts in which lexemes stand. */
  public enum Kind {
    /** A vector: positions may follow. */
    VECTOR,
    /** A query: operators end a lexeme. */
    QUERY,
    /** What people type: nothing is quoted by apostrophes or backslashes. */
    WEB
  }

  private final String text;
  private final Kind kind;
  private int at;
  private String lexeme;
  private int[] positions;

  /** Makes a reader of a text from its start. */
  public TsLexemeReader(String text, Kind kind) {
    this.text = text;
    this.kind = kind;
  }

  /** Returns where the reader stands. */
  public int at() {
    return at;
  }

  /** Goes on somewhere else. */
  public void moveTo(int position) {
    at = position;
  }

  /** Returns the lexeme that was read. */
  public String lexeme() {
    return lexeme;
  }

  /** Returns the positions behind it. */
  public int[] positions() {
    return positions;
  }

  /** Returns the next character, 0 at the end. */
  public char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  /** Tells whether a character is an operator of queries. */
  public static boolean isOperator(char c) {
    return c == '!' || c == '&' || c == '|' || c == '<' || c == '(' || c == ')';
  }

  /** Tells whether the reader stands at white space. */
  public boolean isSpace() {
    char c = peek();
    return c == ' ' || c >= '\t' && c <= '\r' || c > 0x7f && Character.isWhitespace(c);
  }

  /** Reads a lexeme; false at the end. */
  public boolean next() {
    while (isSpace()) {
      at++;
    }
    if (at >= text.length()) {
      return false;
    }
    positions = new int[0];
    if (peek() == '\'' && kind != Kind.WEB) {
      quoted();
    } else {
      bare();
    }
    return true;
  }

  private void quoted() {
    StringBuilder value = new StringBuilder();
    at++;
    while (true) {
      char c = need();
      if (c == '\\') {
        value.append(escaped());
      } else if (c == '\'') {
        if (peek() != '\'') {
          break;
        }
        at++;
        value.append('\'');
      } else {
        value.append(c);
      }
    }
    finish(value);
    if (kind == Kind.VECTOR && peek() == ':') {
      at++;
      readPositions();
    }
  }

  private void bare() {
    StringBuilder value = new StringBuilder();
    while (at < text.length() && !isSpace()) {
      char c = peek();
      boolean ends =
          c == ':' && !value.isEmpty()
              || kind != Kind.VECTOR && isOperator(c)
              || kind == Kind.WEB && c == '"';
      if (ends) {
        break;
      }
      at++;
      value.append(c == '\\' && kind != Kind.WEB ? escaped() : c);
    }
    finish(value);
    if (kind == Kind.VECTOR && peek() == ':') {
      at++;
      readPositions();
    }
  }

  private void finish(StringBuilder value) {
    if (value.isEmpty()) {
      throw syntaxError();
    }
    lexeme = value.toString();
  }

  private char need() {
    if (at >= text.length()) {
      throw syntaxError();
    }
    return text.charAt(at++);
  }

  private char escaped() {
    if (at >= text.length()) {
      throw new SqlException(
          SqlState.SYNTAX_ERROR, "there is no escaped character: \"" + text + "\"");
    }
    return text.charAt(at++);
  }

  private void readPositions() {
    int[] read = new int[4];
    int n = 0;
    while (true) {
      long place = place();
      int weight = 0;
      if (TsPosition.weightOf(peek()) >= 0 || peek() == '*') {
        weight = peek() == '*' ? 3 : TsPosition.weightOf(peek());
        at++;
      }
      if (n == read.length) {
        read = Arrays.copyOf(read, 2 * n);
      }
      read[n++] = TsPosition.of(place, weight);
      if (peek() != ',') {
        break;
      }
      at++;
    }
    if (at < text.length() && !isSpace()) {
      throw syntaxError();
    }
    positions = Arrays.copyOf(read, n);
  }

  private long place() {
    int from = at;
    long place = 0;
    while (peek() >= '0' && peek() <= '9') {
      place = Math.min(place * 10 + (peek() - '0'), Integer.MAX_VALUE);
      at++;
    }
    if (at == from) {
      throw syntaxError();
    }
    if (place == 0) {
      throw new SqlException(
          SqlState.SYNTAX_ERROR, "wrong position info in tsvector: \"" + text + "\"");
    }
    return place;
  }

  /** Returns the error that says the text is none of its kind. */
  public SqlException syntaxError() {
    String type = kind == Kind.VECTOR ? "tsvector" : "tsquery";
    return new SqlException(
        SqlState.SYNTAX_ERROR, "syntax error in " + type + ": \"" + text + "\"");
  }

  /** Returns the bytes of a lexeme for a vector; one that is too long is refused. */
  static byte[] checked(String lexeme) {
    byte[] bytes = lexeme.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > TsQuery.LEXEME_BYTES_MAX) {
      throw new SqlException(
          SqlState.PROGRAM_LIMIT_EXCEEDED,
          "word is too long (%d bytes, max %d bytes)"
              .formatted(bytes.length, TsQuery.LEXEME_BYTES_MAX));
    }
    return bytes;
  }
}
