package io.quarkgres.engine.parse.literal;

import io.quarkgres.engine.parse.lex.Characters;
import java.util.Arrays;

/**
 * The text of an INSERT of many rows of literals, as where they are: what stands before the rows,
 * the literals, and what stands behind. Whatever else is in the text makes {@link #of} give up.
 * Used by one thread.
 */
public final class LiteralRows {
  /** The longest text that is looked at. */
  private static final int TEXT_MAX = 16 << 20;

  private static final int DIGITS_MAX = 18;

  private static final String BEGINNING = "INSERT INTO ";
  private static final String VALUES = "VALUES";

  /** What a cell holds. */
  public enum Kind {
    INTEGER,
    NUMERIC,
    STRING,
    NULL,
    TRUE,
    FALSE
  }

  private final String sql;
  private String head;
  private String tail;
  private int width;
  private int count;
  private Kind[] kinds = new Kind[64];
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private int at;

  private LiteralRows(String sql) {
    this.sql = sql;
  }

  /**
   * Reads a text, with {@code standard_conforming_strings} on; returns {@code null} when it is
   * anything but an INSERT of rows of literals.
   */
  public static LiteralRows of(String sql) {
    if (sql.length() > TEXT_MAX || !mayBeOne(sql)) {
      return null;
    }
    LiteralRows result = new LiteralRows(sql);
    return result.readHead() && result.readRows() && result.readTail() ? result : null;
  }

  /** Tells whether a text begins as one. */
  public static boolean mayBeOne(String sql) {
    return sql.regionMatches(true, 0, BEGINNING, 0, BEGINNING.length());
  }

  /** Returns the text before VALUES. */
  public String head() {
    return head;
  }

  /** Returns the text behind the rows, without the semicolon at its end. */
  public String tail() {
    return tail;
  }

  /** Returns how many literals a row has. */
  public int width() {
    return width;
  }

  /** Returns how many rows there are. */
  public int rows() {
    return count / width;
  }

  /** Returns what a cell holds; cells are numbered row by row. */
  public Kind kind(int cell) {
    return kinds[cell];
  }

  /** Returns where the digits of a number, with their sign, or the characters of a string begin. */
  public int start(int cell) {
    return starts[cell];
  }

  /** Returns where they end. */
  public int end(int cell) {
    return ends[cell];
  }

  /** Returns a number as it is written, or what a string says. */
  public String text(int cell) {
    String text = sql.substring(starts[cell], ends[cell]);
    return kinds[cell] == Kind.STRING && text.indexOf('\'') >= 0 ? text.replace("''", "'") : text;
  }

  private boolean readHead() {
    int limit = Math.min(sql.length(), Literals.TEXT_MAX);
    int values = BEGINNING.length();
    while (values < limit && !sql.regionMatches(true, values, VALUES, 0, VALUES.length())) {
      values++;
    }
    if (values == limit || !Characters.isBlank(sql.charAt(values - 1))) {
      return false;
    }
    head = sql.substring(0, values);
    at = values + VALUES.length();
    return hasNoLiteral(head);
  }

  private boolean readTail() {
    String rest = sql.substring(at).stripTrailing();
    tail = rest.endsWith(";") ? rest.substring(0, rest.length() - 1) : rest;
    return tail.isBlank() || tail.indexOf(';') < 0 && hasNoLiteral("SELECT " + tail);
  }

  private static boolean hasNoLiteral(String text) {
    Literals literals = Literals.of(text);
    return literals != null && literals.count() == 0;
  }

  private boolean readRows() {
    do {
      skipBlanks();
      int before = count;
      if (!readRow()) {
        return false;
      }
      if (width == 0) {
        width = count;
      }
      if (count - before != width) {
        return false;
      }
      skipBlanks();
    } while (accept(','));
    return true;
  }

  private boolean readRow() {
    if (!accept('(')) {
      return false;
    }
    do {
      skipBlanks();
      if (!readCell()) {
        return false;
      }
      skipBlanks();
    } while (accept(','));
    return accept(')');
  }

  private boolean accept(char c) {
    boolean isThere = at < sql.length() && sql.charAt(at) == c;
    at += isThere ? 1 : 0;
    return isThere;
  }

  private void skipBlanks() {
    while (at < sql.length() && Characters.isBlank(sql.charAt(at))) {
      at++;
    }
  }

  private boolean readCell() {
    char c = at < sql.length() ? sql.charAt(at) : 0;
    return switch (c) {
      case '\'' -> string();
      case 'n', 'N' -> word("NULL", Kind.NULL);
      case 't', 'T' -> word("TRUE", Kind.TRUE);
      case 'f', 'F' -> word("FALSE", Kind.FALSE);
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      default -> false;
    };
  }

  private boolean word(String word, Kind kind) {
    int start = at;
    if (!sql.regionMatches(true, at, word, 0, word.length())) {
      return false;
    }
    at += word.length();
    return add(kind, start, at);
  }

  private boolean string() {
    int start = ++at;
    while (true) {
      int close = sql.indexOf('\'', at);
      if (close < 0) {
        return false;
      }
      at = close + 1;
      if (at == sql.length() || sql.charAt(at) != '\'') {
        return add(Kind.STRING, start, close);
      }
      at++;
    }
  }

  private boolean number() {
    int start = at;
    accept('-');
    int digits = at;
    skipDigits();
    boolean isInteger = at - digits <= DIGITS_MAX;
    if (at == digits) {
      return false;
    }
    if (accept('.')) {
      isInteger = false;
      skipDigits();
    }
    return add(isInteger ? Kind.INTEGER : Kind.NUMERIC, start, at);
  }

  private void skipDigits() {
    while (at < sql.length() && Characters.isDigit(sql.charAt(at))) {
      at++;
    }
  }

  private boolean add(Kind kind, int start, int end) {
    if (count == starts.length) {
      kinds = Arrays.copyOf(kinds, 2 * count);
      starts = Arrays.copyOf(starts, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
    }
    kinds[count] = kind;
    starts[count] = start;
    ends[count++] = end;
    return true;
  }
}
