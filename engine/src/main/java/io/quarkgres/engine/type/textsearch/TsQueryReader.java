package io.quarkgres.engine.type.textsearch;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.nio.charset.StandardCharsets;

/**
 * Reads queries as {@code tsquery} and {@code to_tsquery} take them: lexemes with {@code !}, {@code
 * <->}, {@code &} and {@code |}, in this order of binding, and parentheses. Used by one thread.
 */
public final class TsQueryReader {
  /** What a lexeme of the text stands for. */
  public interface Operands {
    /** Returns the query that searches for a word. */
    TsQueryParts operand(String word, int weights, boolean isPrefix);
  }

  private final String text;
  private final TsLexemeReader reader;
  private final Operands operands;
  private boolean isBehindDistance;

  private TsQueryReader(String text, Operands operands) {
    this.text = text;
    this.reader = new TsLexemeReader(text, TsLexemeReader.Kind.QUERY);
    this.operands = operands;
  }

  /** Reads a query; words without lexemes are taken out of it. */
  public static TsQueryParts read(String text, Operands operands) {
    TsQueryReader reader = new TsQueryReader(text, operands);
    reader.skipSpace();
    if (reader.reader.peek() == 0) {
      return TsQueryParts.NOTHING;
    }
    TsQueryParts query = reader.or();
    if (reader.reader.peek() != 0) {
      throw reader.reader.syntaxError();
    }
    return query;
  }

  /** Returns the query of one lexeme as it stands. */
  public static TsQueryParts lexeme(String word, int weights, boolean isPrefix) {
    byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > TsQuery.LEXEME_BYTES_MAX) {
      throw new SqlException(
          SqlState.PROGRAM_LIMIT_EXCEEDED, "word is too long in tsquery: \"" + word + "\"");
    }
    return TsQueryParts.of(new TsQuery.Value(bytes, weights, isPrefix));
  }

  private void skipSpace() {
    while (reader.isSpace()) {
      reader.moveTo(reader.at() + 1);
    }
  }

  private boolean take(char c) {
    skipSpace();
    if (reader.peek() != c || c == 0) {
      return false;
    }
    reader.moveTo(reader.at() + 1);
    return true;
  }

  private TsQueryParts or() {
    TsQueryParts left = and();
    while (take('|')) {
      left = left.or(and());
    }
    return left;
  }

  private TsQueryParts and() {
    TsQueryParts left = phrase();
    while (take('&')) {
      left = left.and(phrase());
    }
    return left;
  }

  private TsQueryParts phrase() {
    TsQueryParts left = not();
    for (int distance = distance(); distance >= 0; distance = distance()) {
      isBehindDistance = reader.peek() == 0;
      left = left.phrase(not(), distance);
    }
    return left;
  }

  /** Takes {@code <->} or {@code <N>}; -1 when there is neither. */
  private int distance() {
    skipSpace();
    if (reader.peek() != '<') {
      return -1;
    }
    int at = reader.at() + 1;
    if (text.startsWith("->", at)) {
      reader.moveTo(at + 2);
      return 1;
    }
    int end = at;
    long distance = 0;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      distance = Math.min(distance * 10 + text.charAt(end) - '0', Integer.MAX_VALUE);
      end++;
    }
    if (end == at || !text.startsWith(">", end)) {
      return -1;
    }
    if (distance > TsQuery.DISTANCE_MAX) {
      throw new SqlException(
          SqlState.INVALID_PARAMETER_VALUE,
          "distance in phrase operator must be an integer value between zero and "
              + TsQuery.DISTANCE_MAX
              + " inclusive");
    }
    reader.moveTo(end + 1);
    return (int) distance;
  }

  private TsQueryParts not() {
    int negations = 0;
    while (take('!')) {
      negations++;
      isBehindDistance = false;
    }
    TsQueryParts operand = operand();
    for (int i = 0; i < negations; i++) {
      operand = operand.not();
    }
    return operand;
  }

  private TsQueryParts operand() {
    boolean isOnlyDistance = isBehindDistance;
    isBehindDistance = false;
    if (take('(')) {
      TsQueryParts inner = or();
      if (!take(')')) {
        throw reader.syntaxError();
      }
      return inner;
    }
    skipSpace();
    if (reader.peek() == 0) {
      throw isOnlyDistance
          ? reader.syntaxError()
          : new SqlException(SqlState.SYNTAX_ERROR, "no operand in tsquery: \"" + text + "\"");
    }
    if (reader.peek() == ':' || TsLexemeReader.isOperator(reader.peek()) || !reader.next()) {
      throw reader.syntaxError();
    }
    String word = reader.lexeme();
    int weights = 0;
    boolean isPrefix = false;
    if (reader.peek() == ':') {
      reader.moveTo(reader.at() + 1);
      while (reader.peek() == '*' || TsPosition.weightOf(reader.peek()) >= 0) {
        isPrefix |= reader.peek() == '*';
        weights |= reader.peek() == '*' ? 0 : 1 << TsPosition.weightOf(reader.peek());
        reader.moveTo(reader.at() + 1);
      }
    }
    return operands.operand(word, weights, isPrefix);
  }
}
