package io.quarkgres.engine.parse.lex;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/** The errors of lexer and parser, in PostgreSQL's words. Thread: any. */
public final class ParseErrors {
  private ParseErrors() {}

  /** Reports that the token at {@code sql[start, end)} must not stand there. */
  static SqlException syntax(String sql, int start, int end) {
    return atOrNear("syntax error", sql, start, end);
  }

  /** Reports a fault and the text that shows it. */
  static SqlException atOrNear(String message, String sql, int start, int end) {
    String where =
        start >= sql.length()
            ? " at end of input"
            : " at or near \"" + sql.substring(start, Math.min(end, sql.length())) + "\"";
    return new SqlException(SqlState.SYNTAX_ERROR, message + where, start);
  }

  /** Reports an error of grammar that has words of its own. */
  public static SqlException grammar(String message, int position) {
    return new SqlException(SqlState.SYNTAX_ERROR, message, position);
  }

  /** Reports a feature that is not built. */
  public static SqlException unsupported(String feature, int position) {
    return new SqlException(
        SqlState.FEATURE_NOT_SUPPORTED, feature + " is not supported", position);
  }

  /** Reports a feature that PostgreSQL has not built either, in its words. */
  public static SqlException notYet(String message, int position) {
    return new SqlException(SqlState.FEATURE_NOT_SUPPORTED, message, position);
  }

  /** Reports a string with Unicode escapes where a backslash is an escape by itself. */
  static SqlException unsafeUnicode(int position) {
    return new SqlException(
        SqlState.FEATURE_NOT_SUPPORTED,
        "unsafe use of string constant with Unicode escapes",
        "String constants with Unicode escapes cannot be used when"
            + " standard_conforming_strings is off.",
        null,
        position);
  }

  /** Reports two options of a cursor that contradict each other. */
  public static SqlException invalidCursor(String one, String other) {
    return new SqlException(
        SqlState.INVALID_CURSOR_DEFINITION, "cannot specify both " + one + " and " + other);
  }

  /** Reports nesting beyond what the parser and the stages after it can walk. */
  static SqlException tooDeep(int position) {
    return new SqlException(
        SqlState.STATEMENT_TOO_COMPLEX,
        "stack depth limit exceeded",
        null,
        "Nest parentheses, calls and subqueries less deeply.",
        position);
  }

  /** Reports a byte that cannot be part of a text. */
  static SqlException invalidBytes(byte[] bytes, int from, int length) {
    StringBuilder message = new StringBuilder("invalid byte sequence for encoding \"UTF8\":");
    for (int i = from; i < from + length; i++) {
      message.append(" 0x").append(Character.forDigit((bytes[i] >> 4) & 15, 16));
      message.append(Character.forDigit(bytes[i] & 15, 16));
    }
    return new SqlException(SqlState.CHARACTER_NOT_IN_REPERTOIRE, message.toString());
  }
}
