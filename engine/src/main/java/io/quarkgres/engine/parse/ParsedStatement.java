package io.quarkgres.engine.parse;

import io.quarkgres.engine.ast.Statement;

/**
 * One statement of a query string.
 *
 * @param sql the whole query string, into which all positions point
 * @param start the offset of the statement's first token
 * @param length how many UTF-16 units it takes, without the semicolon
 */
public record ParsedStatement(Statement statement, String sql, int start, int length) {
  /** Returns the statement's own text. */
  public String text() {
    return sql.substring(start, start + length);
  }
}
