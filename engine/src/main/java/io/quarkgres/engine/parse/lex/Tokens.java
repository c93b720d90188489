package io.quarkgres.engine.parse.lex;

import io.quarkgres.spi.error.SqlException;
import java.util.Arrays;

/**
 * The tokens of a query string, and the parser's cursor over them. One array entry a token; values
 * are strings made by the lexer or key words. Thread: one.
 */
public final class Tokens {
  /**
   * How many levels the parsers may stand in: a parenthesis is one, a call two, a subquery four.
   * One takes at most about 1 KB of stack, in interpreted code, which makes this safe on 512 KB.
   */
  static final int DEPTH_MAX = 400;

  private final String sql;
  private TokenKind[] kinds = new TokenKind[64];
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private Object[] values = new Object[64];
  private int count;
  private int current;
  private int depth;
  private SqlException failure;
  private SqlException deferred;

  /** Whether a plain string of the text was read with escapes. */
  private boolean hasEscapedStrings;

  Tokens(String sql) {
    this.sql = sql;
  }

  void add(TokenKind kind, int start, int end, Object value) {
    if (count == kinds.length) {
      grow();
    }
    kinds[count] = kind;
    starts[count] = start;
    ends[count] = end;
    values[count++] = value;
  }

  /** Adds a string without a mark whose backslashes were read as escapes. */
  void addEscaped(int start, int end, String value) {
    add(TokenKind.STRING, start, end, value);
    hasEscapedStrings = true;
  }

  /** Ends the list with a token that raises {@code error} once the parser gets there. */
  void fail(SqlException error, int start) {
    failure = error;
    add(TokenKind.ERROR, start, sql.length(), null);
  }

  int count() {
    return count;
  }

  /** Takes back all tokens from {@code newCount} on. */
  void truncate(int newCount) {
    count = newCount;
  }

  public TokenKind kindAt(int index) {
    return kinds[index];
  }

  int endAt(int index) {
    return ends[index];
  }

  Object valueAt(int index) {
    return values[index];
  }

  private void grow() {
    int length = count * 2;
    kinds = Arrays.copyOf(kinds, length);
    starts = Arrays.copyOf(starts, length);
    ends = Arrays.copyOf(ends, length);
    values = Arrays.copyOf(values, length);
  }

  /** Returns the kind of the current token; raises the lexer's error when there is none. */
  public TokenKind kind() {
    TokenKind kind = kinds[current];
    if (kind == TokenKind.ERROR) {
      throw failure;
    }
    return kind;
  }

  public TokenKind peekKind(int ahead) {
    return kinds[Math.min(current + ahead, count - 1)];
  }

  /** Returns the current token if it is a key word, else null. */
  public Keyword keyword() {
    return kind() == TokenKind.KEYWORD ? (Keyword) values[current] : null;
  }

  /** Returns the token {@code ahead} of the current one if it is a key word, else null. */
  public Keyword peekKeyword(int ahead) {
    int index = Math.min(current + ahead, count - 1);
    return kinds[index] == TokenKind.KEYWORD ? (Keyword) values[index] : null;
  }

  /** Returns the text value of the current token (not of a key word). */
  public String text() {
    return (String) values[current];
  }

  public int number() {
    return (Integer) values[current];
  }

  /** Returns where the current token starts. */
  public int position() {
    return starts[current];
  }

  /** Returns where the token before the current one ends. */
  public int previousEnd() {
    return current == 0 ? 0 : ends[current - 1];
  }

  /**
   * Returns the source text from {@code start} to the end of the token before the current one.
   * Strings that were read with escapes are marked as such, since the text may be kept and read
   * again with {@code standard_conforming_strings} on.
   */
  public String textFrom(int start) {
    int end = Math.max(start, previousEnd());
    return hasEscapedStrings ? markedText(start, end) : sql.substring(start, end);
  }

  private String markedText(int start, int end) {
    StringBuilder text = new StringBuilder();
    int copied = start;
    for (int i = 0; i < current; i++) {
      if (kinds[i] != TokenKind.STRING || starts[i] < start || sql.charAt(starts[i]) != '\'') {
        continue;
      }
      text.append(sql, copied, starts[i]);
      // N'a' is one word; its long form can stand apart.
      boolean isNational =
          i > 0 && values[i - 1] == Keyword.NCHAR && ends[i - 1] == starts[i] && copied < starts[i];
      text.append(isNational ? "CHAR E" : " E");
      copied = starts[i];
    }
    return text.append(sql, copied, end).toString();
  }

  public void advance() {
    if (kinds[current] != TokenKind.END) {
      current++;
    }
  }

  /** Returns the index of the current token, for {@link #reset}. */
  public int mark() {
    return current;
  }

  /** Goes back to a token, from a look ahead that made no nodes. */
  public void reset(int mark) {
    current = mark;
  }

  public boolean at(TokenKind kind) {
    return kind() == kind;
  }

  public boolean at(Keyword keyword) {
    return kind() == TokenKind.KEYWORD && values[current] == keyword;
  }

  public boolean at(Keyword first, Keyword second) {
    return at(first) && peekKeyword(1) == second;
  }

  public boolean accept(TokenKind kind) {
    if (kind() != kind) {
      return false;
    }
    advance();
    return true;
  }

  public boolean accept(Keyword keyword) {
    if (!at(keyword)) {
      return false;
    }
    advance();
    return true;
  }

  /** Accepts both key words or none. */
  public boolean accept(Keyword first, Keyword second) {
    if (!at(first, second)) {
      return false;
    }
    advance();
    advance();
    return true;
  }

  /** Accepts all three key words or none. */
  public boolean accept(Keyword first, Keyword second, Keyword third) {
    if (!at(first, second) || peekKeyword(2) != third) {
      return false;
    }
    advance();
    advance();
    advance();
    return true;
  }

  /** Takes a token of the kind and returns where it starts, or raises a syntax error. */
  public int expect(TokenKind kind) {
    if (kind() != kind) {
      throw syntaxError();
    }
    int position = position();
    advance();
    return position;
  }

  /** Takes the key word and returns where it starts, or raises a syntax error. */
  public int expect(Keyword keyword) {
    if (!at(keyword)) {
      throw syntaxError();
    }
    int position = position();
    advance();
    return position;
  }

  /** Takes both key words. */
  public void expect(Keyword first, Keyword second) {
    expect(first);
    expect(second);
  }

  /** Takes a string constant and returns its value. */
  public String expectString() {
    if (kind() != TokenKind.STRING) {
      throw syntaxError();
    }
    String value = text();
    advance();
    return value;
  }

  /** Returns the error that the current token must not stand where it stands. */
  public SqlException syntaxError() {
    kind();
    return ParseErrors.syntax(sql, starts[current], ends[current]);
  }

  /** Returns an error with words of its own that shows the current token. */
  public SqlException errorHere(String message) {
    kind();
    return ParseErrors.atOrNear(message, sql, starts[current], ends[current]);
  }

  /** Returns the error that the token at a mark must not stand where it stands. */
  public SqlException syntaxErrorAt(int mark) {
    return ParseErrors.syntax(sql, starts[mark], ends[mark]);
  }

  /**
   * Keeps an error that PostgreSQL finds only after it has read the whole string, so that an error
   * of syntax behind it comes first.
   */
  public void defer(SqlException error) {
    if (deferred == null) {
      deferred = error;
    }
  }

  /** Raises the first error that was kept, if any. */
  public void raiseDeferred() {
    if (deferred != null) {
      throw deferred;
    }
  }

  /** Goes one level deeper. */
  public void enter() {
    if (++depth > DEPTH_MAX) {
      throw ParseErrors.tooDeep(position());
    }
  }

  /** Comes back up. */
  public void leave() {
    depth--;
  }
}
