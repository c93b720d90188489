package io.quarkgres.engine.parse;

import io.quarkgres.engine.ast.Alias;
import io.quarkgres.engine.ast.Assignment;
import io.quarkgres.engine.ast.DmlStatement;
import io.quarkgres.engine.ast.DmlStatement.Overriding;
import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.FromItem;
import io.quarkgres.engine.ast.IndexElement;
import io.quarkgres.engine.ast.OnConflict;
import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.ast.Query;
import io.quarkgres.engine.ast.QueryBody;
import io.quarkgres.engine.ast.With;
import io.quarkgres.engine.parse.lex.Keyword;
import io.quarkgres.engine.parse.lex.TokenKind;
import io.quarkgres.engine.parse.lex.Tokens;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.List;

/** Reads INSERT, UPDATE and DELETE. Thread: one. */
final class DmlParser {
  private final Grammar grammar;
  private final Tokens tokens;

  DmlParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /** Reads an INSERT; {@code with} is what stood before it, or null. */
  DmlStatement insert(With with) {
    int position = tokens.expect(Keyword.INSERT);
    tokens.expect(Keyword.INTO);
    QualifiedName table = grammar.names.relation();
    Alias alias = null;
    if (tokens.accept(Keyword.AS)) {
      int aliasPosition = tokens.position();
      alias = new Alias(grammar.names.columnName(), List.of(), aliasPosition);
    }
    List<Assignment.Column> columns =
        tokens.at(TokenKind.LEFT_PAREN) && beginsColumns() ? parenthesizedColumns() : List.of();
    Overriding overriding = overriding();
    Query source = null;
    boolean mayBeDefault = columns.isEmpty() && overriding == Overriding.NONE;
    if (mayBeDefault && tokens.accept(Keyword.DEFAULT)) {
      tokens.expect(Keyword.VALUES);
    } else {
      source = grammar.selects.subquery();
    }
    OnConflict onConflict = tokens.at(Keyword.ON) ? onConflict() : null;
    List<QueryBody.Target> returning = returning();
    return new DmlStatement.Insert(
        with, table, alias, columns, overriding, source, onConflict, returning, position);
  }

  private boolean beginsColumns() {
    return tokens.peekKind(1) != TokenKind.LEFT_PAREN && !grammar.selects.leadsToQuery();
  }

  /** Reads OVERRIDING if it is there. */
  Overriding overriding() {
    if (!tokens.accept(Keyword.OVERRIDING)) {
      return Overriding.NONE;
    }
    boolean isUser = tokens.accept(Keyword.USER);
    if (!isUser) {
      tokens.expect(Keyword.SYSTEM);
    }
    tokens.expect(Keyword.VALUE);
    return isUser ? Overriding.USER_VALUE : Overriding.SYSTEM_VALUE;
  }

  /** Reads {@code (column, ...)}, each perhaps with a path into it. */
  List<Assignment.Column> parenthesizedColumns() {
    tokens.expect(TokenKind.LEFT_PAREN);
    List<Assignment.Column> columns = grammar.names.list(this::column);
    tokens.expect(TokenKind.RIGHT_PAREN);
    return columns;
  }

  private Assignment.Column column() {
    int position = tokens.position();
    String name = grammar.names.columnName();
    if (!tokens.at(TokenKind.DOT) && !tokens.at(TokenKind.LEFT_BRACKET)) {
      return new Assignment.Column(name, List.of(), position);
    }
    List<Assignment.PathStep> path = new ArrayList<>(1);
    while (true) {
      int stepPosition = tokens.position();
      if (tokens.accept(TokenKind.DOT)) {
        String field = grammar.names.label();
        path.add(new Assignment.PathStep.Field(field, stepPosition));
      } else if (tokens.at(TokenKind.LEFT_BRACKET)) {
        Expression.Subscript subscript = grammar.primaries.subscript();
        path.add(new Assignment.PathStep.Element(subscript, stepPosition));
      } else {
        return new Assignment.Column(name, List.copyOf(path), position);
      }
    }
  }

  private OnConflict onConflict() {
    int position = tokens.expect(Keyword.ON);
    tokens.expect(Keyword.CONFLICT);
    OnConflict.Target target = conflictTarget();
    tokens.expect(Keyword.DO);
    if (tokens.accept(Keyword.NOTHING)) {
      return new OnConflict(target, false, List.of(), null, position);
    }
    tokens.expect(Keyword.UPDATE, Keyword.SET);
    List<Assignment> assignments = assignments();
    Expression where = grammar.selects.where();
    if (target == null) {
      tokens.defer(
          new SqlException(
              SqlState.SYNTAX_ERROR,
              "ON CONFLICT DO UPDATE requires inference specification or constraint name",
              null,
              "For example, ON CONFLICT (column_name).",
              position));
    }
    return new OnConflict(target, true, assignments, where, position);
  }

  private OnConflict.Target conflictTarget() {
    int position = tokens.position();
    if (tokens.accept(Keyword.ON)) {
      tokens.expect(Keyword.CONSTRAINT);
      return new OnConflict.Target.Constraint(grammar.names.columnName(), position);
    }
    if (!tokens.accept(TokenKind.LEFT_PAREN)) {
      return null;
    }
    List<IndexElement> elements = grammar.indexes.elements();
    tokens.expect(TokenKind.RIGHT_PAREN);
    Expression where = grammar.selects.where();
    return new OnConflict.Target.Inference(elements, where, position);
  }

  private List<QueryBody.Target> returning() {
    return tokens.accept(Keyword.RETURNING) ? grammar.selects.targets() : List.of();
  }

  /** Reads an UPDATE; {@code with} is what stood before it, or null. */
  DmlStatement update(With with) {
    int position = tokens.expect(Keyword.UPDATE);
    FromItem.Table table = grammar.froms.target();
    tokens.expect(Keyword.SET);
    List<Assignment> assignments = assignments();
    List<FromItem> from = tokens.accept(Keyword.FROM) ? grammar.froms.items() : List.of();
    Expression where = whereOrCurrent();
    return new DmlStatement.Update(with, table, assignments, from, where, returning(), position);
  }

  /** Reads a DELETE; {@code with} is what stood before it, or null. */
  DmlStatement delete(With with) {
    int position = tokens.expect(Keyword.DELETE);
    tokens.expect(Keyword.FROM);
    FromItem.Table table = grammar.froms.target();
    List<FromItem> using = tokens.accept(Keyword.USING) ? grammar.froms.items() : List.of();
    Expression where = whereOrCurrent();
    return new DmlStatement.Delete(with, table, using, where, returning(), position);
  }

  private Expression whereOrCurrent() {
    if (tokens.at(Keyword.WHERE, Keyword.CURRENT) && tokens.peekKeyword(2) == Keyword.OF) {
      tokens.advance();
      int position = tokens.expect(Keyword.CURRENT);
      tokens.expect(Keyword.OF);
      return new Expression.CurrentOf(grammar.names.columnName(), position);
    }
    return grammar.selects.where();
  }

  /** Reads the items of SET. */
  List<Assignment> assignments() {
    return grammar.names.list(this::assignment);
  }

  private Assignment assignment() {
    int position = tokens.position();
    if (tokens.at(TokenKind.LEFT_PAREN)) {
      List<Assignment.Column> columns = parenthesizedColumns();
      tokens.expect(TokenKind.EQUAL);
      Expression source = grammar.expressions.expression();
      return new Assignment.Multiple(columns, source, position);
    }
    Assignment.Column column = column();
    tokens.expect(TokenKind.EQUAL);
    return new Assignment.Single(column, grammar.expressions.expression(), position);
  }
}
