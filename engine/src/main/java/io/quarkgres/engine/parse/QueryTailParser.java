package io.quarkgres.engine.parse;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.OrderItem;
import io.quarkgres.engine.ast.Positions;
import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.ast.Query;
import io.quarkgres.engine.ast.Query.LockStrength;
import io.quarkgres.engine.ast.Query.LockWait;
import io.quarkgres.engine.ast.QueryBody;
import io.quarkgres.engine.ast.With;
import io.quarkgres.engine.parse.lex.Keyword;
import io.quarkgres.engine.parse.lex.ParseErrors;
import io.quarkgres.engine.parse.lex.TokenKind;
import io.quarkgres.engine.parse.lex.Tokens;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.List;

/** Reads what follows the body of a query: ORDER BY, LIMIT, row locks. Thread: one. */
final class QueryTailParser {
  private final Grammar grammar;
  private final Tokens tokens;

  QueryTailParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /** Reads the tail and joins it with the rest of the query. */
  Query tail(With with, SelectParser.Operand operand, int position) {
    List<OrderItem> orderBy = tokens.at(Keyword.ORDER) ? grammar.selects.orderBy() : List.of();
    List<Query.Locking> locking = List.of();
    Query.Limit limit = null;
    if (tokens.at(Keyword.FOR)) {
      locking = locking();
      limit = limit();
    } else {
      limit = limit();
      locking = locking();
    }
    Query query =
        new Query(with, operand.body(), orderBy, limit, locking, operand.into(), position);
    Query merged = operand.body() instanceof QueryBody.Nested n ? merge(query, n) : query;
    check(merged);
    return merged;
  }

  /** Clauses outside parentheses around a lone query belong to that query, as in PostgreSQL. */
  private static Query merge(Query outer, QueryBody.Nested nested) {
    Query inner = nested.query();
    if (outer.with() != null && inner.with() != null) {
      throw ParseErrors.grammar("multiple WITH clauses not allowed", outer.with().position());
    }
    if (!outer.orderBy().isEmpty() && !inner.orderBy().isEmpty()) {
      throw ParseErrors.grammar(
          "multiple ORDER BY clauses not allowed",
          Positions.start(outer.orderBy().getFirst().expression()));
    }
    List<Query.Locking> locking = new ArrayList<>(inner.locking());
    locking.addAll(outer.locking());
    return new Query(
        outer.with() == null ? inner.with() : outer.with(),
        inner.body(),
        outer.orderBy().isEmpty() ? inner.orderBy() : outer.orderBy(),
        mergeLimits(outer.limit(), inner.limit()),
        List.copyOf(locking),
        outer.into(),
        outer.position());
  }

  private static Query.Limit mergeLimits(Query.Limit outer, Query.Limit inner) {
    if (outer == null || inner == null) {
      return outer == null ? inner : outer;
    }
    if (outer.offset() != null && inner.offset() != null) {
      throw ParseErrors.grammar(
          "multiple OFFSET clauses not allowed", Positions.start(outer.offset()));
    }
    if (outer.count() != null && inner.count() != null) {
      throw ParseErrors.grammar(
          "multiple LIMIT clauses not allowed", Positions.start(outer.count()));
    }
    return new Query.Limit(
        outer.count() == null ? inner.count() : outer.count(),
        outer.offset() == null ? inner.offset() : outer.offset(),
        outer.isWithTies() || inner.isWithTies(),
        outer.position());
  }

  private static void check(Query query) {
    if (query.limit() == null || !query.limit().isWithTies()) {
      return;
    }
    if (query.orderBy().isEmpty()) {
      throw ParseErrors.grammar("WITH TIES cannot be specified without ORDER BY clause", -1);
    }
    for (Query.Locking locking : query.locking()) {
      if (locking.lockWait() == LockWait.SKIP_LOCKED) {
        throw ParseErrors.grammar("SKIP LOCKED and WITH TIES options cannot be used together", -1);
      }
    }
  }

  /** Reads LIMIT or FETCH and OFFSET, in any order; returns null when neither is there. */
  private Query.Limit limit() {
    int position = tokens.position();
    Count count = null;
    Expression offset = null;
    while (true) {
      if (count == null && tokens.at(Keyword.LIMIT)) {
        count = limitCount();
      } else if (count == null && tokens.at(Keyword.FETCH)) {
        count = fetchCount();
      } else if (offset == null && tokens.accept(Keyword.OFFSET)) {
        offset = offset();
      } else {
        break;
      }
    }
    if (count == null && offset == null) {
      return null;
    }
    Expression rows = count == null ? null : count.rows();
    return new Query.Limit(rows, offset, count != null && count.isWithTies(), position);
  }

  /** How many rows; {@code rows} is null for all. */
  private record Count(Expression rows, boolean isWithTies) {}

  private Count limitCount() {
    int position = tokens.expect(Keyword.LIMIT);
    if (tokens.accept(Keyword.ALL)) {
      return new Count(null, false);
    }
    Expression rows = grammar.expressions.expression();
    if (tokens.accept(TokenKind.COMMA)) {
      grammar.expressions.expression();
      throw new SqlException(
          SqlState.SYNTAX_ERROR,
          "LIMIT #,# syntax is not supported",
          null,
          "Use separate LIMIT and OFFSET clauses.",
          position);
    }
    return new Count(rows, false);
  }

  private Count fetchCount() {
    int position = tokens.expect(Keyword.FETCH);
    if (!tokens.accept(Keyword.FIRST)) {
      tokens.expect(Keyword.NEXT);
    }
    Expression rows = isRowOrRows() ? Numbers.constant("1", position) : signedNumberOrPrimary();
    if (!acceptRowOrRows()) {
      throw tokens.syntaxError();
    }
    if (tokens.accept(Keyword.ONLY)) {
      return new Count(rows, false);
    }
    tokens.expect(Keyword.WITH, Keyword.TIES);
    return new Count(rows, true);
  }

  private Expression signedNumberOrPrimary() {
    int position = tokens.position();
    boolean isNegative = tokens.accept(TokenKind.MINUS);
    if (!isNegative && !tokens.accept(TokenKind.PLUS)) {
      return grammar.primaries.primary();
    }
    if (!tokens.at(TokenKind.INTEGER) && !tokens.at(TokenKind.DECIMAL)) {
      throw tokens.syntaxError();
    }
    Expression number = Numbers.constant(tokens.text(), position);
    tokens.advance();
    return isNegative ? Numbers.negate(number, position) : number;
  }

  private Expression offset() {
    Expression rows = grammar.expressions.expression();
    acceptRowOrRows();
    return rows;
  }

  private boolean isRowOrRows() {
    return tokens.at(Keyword.ROW) || tokens.at(Keyword.ROWS);
  }

  private boolean acceptRowOrRows() {
    return tokens.accept(Keyword.ROW) || tokens.accept(Keyword.ROWS);
  }

  private List<Query.Locking> locking() {
    if (!tokens.at(Keyword.FOR)) {
      return List.of();
    }
    List<Query.Locking> locking = new ArrayList<>(1);
    if (tokens.accept(Keyword.FOR, Keyword.READ)) {
      tokens.expect(Keyword.ONLY);
      return locking;
    }
    while (tokens.at(Keyword.FOR)) {
      int position = tokens.expect(Keyword.FOR);
      LockStrength strength = strength();
      List<QualifiedName> of = tokens.accept(Keyword.OF) ? grammar.names.relations() : List.of();
      locking.add(new Query.Locking(strength, of, lockWait(), position));
    }
    return List.copyOf(locking);
  }

  private LockStrength strength() {
    if (tokens.accept(Keyword.UPDATE)) {
      return LockStrength.UPDATE;
    }
    if (tokens.accept(Keyword.SHARE)) {
      return LockStrength.SHARE;
    }
    if (tokens.accept(Keyword.KEY)) {
      tokens.expect(Keyword.SHARE);
      return LockStrength.KEY_SHARE;
    }
    tokens.expect(Keyword.NO);
    tokens.expect(Keyword.KEY, Keyword.UPDATE);
    return LockStrength.NO_KEY_UPDATE;
  }

  private LockWait lockWait() {
    if (tokens.accept(Keyword.NOWAIT)) {
      return LockWait.NOWAIT;
    }
    if (tokens.accept(Keyword.SKIP)) {
      tokens.expect(Keyword.LOCKED);
      return LockWait.SKIP_LOCKED;
    }
    return LockWait.BLOCK;
  }
}
