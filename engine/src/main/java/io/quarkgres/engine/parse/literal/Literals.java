package io.quarkgres.engine.parse.literal;

import io.quarkgres.engine.parse.lex.Characters;
import java.util.Arrays;

/**
 * The literals of one statement's text and the text without them: statements that differ in the
 * values of literals only have the same {@link #shape}. What is not certain to be read here as the
 * lexer reads it (comments, escapes, dollar quotes, several statements) makes {@link #of} give up.
 * Used by one thread.
 */
public final class Literals {
  /** The longest text that is looked at. */
  public static final int TEXT_MAX = 8_192;

  /** The most literals. */
  private static final int LITERALS_MAX = 256;

  private static final int NAME_MAX = 63;

  /** What a literal is, and so of which type it is before it meets its context. */
  public enum Kind {
    INT4,
    INT8,
    NUMERIC,
    STRING;

    /** Stands for a literal in the shape; no such character is part of a statement otherwise. */
    private final char mark = (char) (1 + ordinal());
  }

  private final String sql;
  private final StringBuilder shape;
  private Kind[] kinds = new Kind[8];
  private int[] starts = new int[8];
  private int[] ends = new int[8];
  private int count;
  private int at;
  private String shapeText;

  private Literals(String sql) {
    this.sql = sql;
    this.shape = new StringBuilder(sql.length());
  }

  /**
   * Reads the text of one query or data-modifying statement, with {@code
   * standard_conforming_strings} on; returns {@code null} when anything in it is doubtful.
   */
  public static Literals of(String sql) {
    if (sql.length() > TEXT_MAX || !mayBeQuery(sql)) {
      return null;
    }
    Literals result = new Literals(sql);
    return result.read() ? result : null;
  }

  private static boolean mayBeQuery(String sql) {
    return !sql.isEmpty() && "SsIiUuDdWw".indexOf(sql.charAt(0)) >= 0;
  }

  /** Returns the text with marks for literals, without the semicolon at its end. */
  public String shape() {
    if (shapeText == null) {
      shapeText = shape.toString();
    }
    return shapeText;
  }

  /** Returns how many literals there are. */
  public int count() {
    return count;
  }

  /** Returns what a literal is. */
  public Kind kind(int index) {
    return kinds[index];
  }

  /** Returns the offset at which a literal begins. */
  public int start(int index) {
    return starts[index];
  }

  /** Returns the offset behind a literal. */
  public int end(int index) {
    return ends[index];
  }

  /** Returns the digits of a number, or what a string says. */
  public String text(int index) {
    if (kinds[index] != Kind.STRING) {
      return sql.substring(starts[index], ends[index]);
    }
    String inner = sql.substring(starts[index] + 1, ends[index] - 1);
    return inner.indexOf('\'') < 0 ? inner : inner.replace("''", "'");
  }

  /** Returns the value of a literal of kind INT4. */
  public int integer(int index) {
    return Integer.parseInt(sql, starts[index], ends[index], 10);
  }

  private boolean read() {
    int length = sql.length();
    while (at < length) {
      char c = sql.charAt(at);
      boolean isRead;
      if (Characters.isIdentifierStart(c)) {
        isRead = word();
      } else if (Characters.isDigit(c)
          || c == '.' && at + 1 < length && Characters.isDigit(next())) {
        isRead = number();
      } else if (c == '\'') {
        isRead = string();
      } else if (c == '"') {
        isRead = quotedName();
      } else if (c == ';') {
        return endsHere();
      } else {
        isRead = symbol(c);
      }
      if (!isRead) {
        return false;
      }
    }
    return true;
  }

  private char next() {
    return at + 1 < sql.length() ? sql.charAt(at + 1) : 0;
  }

  private boolean endsHere() {
    for (int i = at + 1; i < sql.length(); i++) {
      if (!Characters.isBlank(sql.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean word() {
    int start = at;
    boolean isAscii = true;
    while (at < sql.length() && Characters.isIdentifierPart(sql.charAt(at))) {
      isAscii &= sql.charAt(at++) < 0x80;
    }
    char behind = at < sql.length() ? sql.charAt(at) : 0;
    // A prefix of a string, or a name that may be cut.
    if (behind == '\'' || behind == '&' || (at - start) * (isAscii ? 1 : 3) > NAME_MAX) {
      return false;
    }
    shape.append(sql, start, at);
    return true;
  }

  private boolean quotedName() {
    int close = sql.indexOf('"', at + 1);
    if (close < 0 || (close - at) * 3 > NAME_MAX) {
      return false;
    }
    shape.append(sql, at, close + 1);
    at = close + 1;
    return true;
  }

  private boolean symbol(char c) {
    boolean isDoubtful =
        c == '$'
            || c < ' ' && !Characters.isBlank(c)
            || c == '-' && next() == '-'
            || c == '/' && next() == '*';
    shape.append(c);
    at++;
    return !isDoubtful;
  }

  private boolean number() {
    int start = at;
    skipDigits();
    boolean isInteger = true;
    if (at < sql.length() && sql.charAt(at) == '.') {
      isInteger = false;
      at++;
      skipDigits();
    }
    char behind = at < sql.length() ? sql.charAt(at) : 0;
    // An exponent, junk, or two dots.
    if (Characters.isIdentifierStart(behind) || behind == '.') {
      return false;
    }
    Kind kind = isInteger ? integerKind(start) : Kind.NUMERIC;
    return kind != null && add(kind, start);
  }

  private void skipDigits() {
    while (at < sql.length() && Characters.isDigit(sql.charAt(at))) {
      at++;
    }
  }

  /** Returns the kind of an integer, {@code null} when a minus sign could make it another. */
  private Kind integerKind(int start) {
    int digits = at - start;
    if (digits < 10) {
      return Kind.INT4;
    }
    if (digits > 18) {
      return null;
    }
    long value = Long.parseLong(sql, start, at, 10);
    if (value == 1L + Integer.MAX_VALUE) {
      return null;
    }
    return value <= Integer.MAX_VALUE ? Kind.INT4 : Kind.INT8;
  }

  private boolean string() {
    int start = at++;
    while (true) {
      int close = sql.indexOf('\'', at);
      if (close < 0) {
        return false;
      }
      at = close + 1;
      if (at == sql.length() || sql.charAt(at) != '\'') {
        return !isContinued() && add(Kind.STRING, start);
      }
      at++;
    }
  }

  /** Tells whether another string follows, with which this one may make one. */
  private boolean isContinued() {
    int i = at;
    while (i < sql.length() && Characters.isBlank(sql.charAt(i))) {
      i++;
    }
    return i < sql.length() && sql.charAt(i) == '\'';
  }

  private boolean add(Kind kind, int start) {
    if (count == LITERALS_MAX) {
      return false;
    }
    if (count == starts.length) {
      kinds = Arrays.copyOf(kinds, 2 * count);
      starts = Arrays.copyOf(starts, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
    }
    kinds[count] = kind;
    starts[count] = start;
    ends[count++] = at;
    shape.append(kind.mark);
    return true;
  }
}
