package io.quarkgres.engine.parse;

import io.quarkgres.engine.ast.DmlStatement;
import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.Query;
import io.quarkgres.engine.ast.Statement;
import io.quarkgres.engine.ast.With;
import io.quarkgres.engine.parse.lex.Keyword;
import io.quarkgres.engine.parse.lex.ParseErrors;
import io.quarkgres.engine.parse.lex.TokenKind;
import io.quarkgres.engine.parse.lex.Tokens;
import java.util.List;

/** Reads WITH and its common table expressions. Thread: one. */
final class WithParser {
  private final Grammar grammar;
  private final Tokens tokens;

  WithParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /** Reads a WITH clause. */
  With with() {
    int position = tokens.expect(Keyword.WITH);
    boolean isRecursive = grammar.names.isColumnName(1) && tokens.accept(Keyword.RECURSIVE);
    return new With(isRecursive, grammar.names.list(this::table), position);
  }

  private With.CommonTable table() {
    int position = tokens.position();
    String name = grammar.names.columnName();
    List<String> columns = grammar.names.optionalColumns();
    tokens.expect(Keyword.AS);
    With.Materialization materialization = materialization();
    tokens.expect(TokenKind.LEFT_PAREN);
    Statement statement = preparable();
    if (statement instanceof Query query && query.into() != null) {
      tokens.defer(
          ParseErrors.grammar("SELECT ... INTO is not allowed here", query.into().position()));
    }
    if (statement instanceof DmlStatement.Merge) {
      tokens.defer(ParseErrors.notYet("MERGE not supported in WITH query", position));
    }
    tokens.expect(TokenKind.RIGHT_PAREN);
    With.Search search = tokens.at(Keyword.SEARCH) ? search() : null;
    With.Cycle cycle = tokens.at(Keyword.CYCLE) ? cycle() : null;
    return new With.CommonTable(name, columns, materialization, statement, search, cycle, position);
  }

  private With.Materialization materialization() {
    if (tokens.accept(Keyword.MATERIALIZED)) {
      return With.Materialization.MATERIALIZED;
    }
    if (tokens.accept(Keyword.NOT)) {
      tokens.expect(Keyword.MATERIALIZED);
      return With.Materialization.NOT_MATERIALIZED;
    }
    return With.Materialization.DEFAULT;
  }

  /** Reads a query or a statement that changes rows, either perhaps with a WITH of its own. */
  Statement preparable() {
    tokens.enter();
    int position = tokens.position();
    With with = tokens.at(Keyword.WITH) ? with() : null;
    Statement statement = afterWith(with, position);
    tokens.leave();
    return statement;
  }

  private Statement afterWith(With with, int position) {
    Keyword keyword = tokens.keyword();
    if (keyword == null) {
      return grammar.selects.queryAfterWith(with, position);
    }
    return switch (keyword) {
      case INSERT -> grammar.dml.insert(with);
      case UPDATE -> grammar.dml.update(with);
      case DELETE -> grammar.dml.delete(with);
      case MERGE -> grammar.merges.merge(with);
      default -> grammar.selects.queryAfterWith(with, position);
    };
  }

  private With.Search search() {
    int position = tokens.expect(Keyword.SEARCH);
    boolean isBreadthFirst = tokens.accept(Keyword.BREADTH);
    if (!isBreadthFirst) {
      tokens.expect(Keyword.DEPTH);
    }
    tokens.expect(Keyword.FIRST, Keyword.BY);
    List<String> columns = grammar.names.columnNames();
    tokens.expect(Keyword.SET);
    return new With.Search(isBreadthFirst, columns, grammar.names.columnName(), position);
  }

  private With.Cycle cycle() {
    int position = tokens.expect(Keyword.CYCLE);
    List<String> columns = grammar.names.columnNames();
    tokens.expect(Keyword.SET);
    String mark = grammar.names.columnName();
    Expression value = null;
    Expression otherwise = null;
    if (tokens.accept(Keyword.TO)) {
      value = grammar.primaries.primary();
      tokens.expect(Keyword.DEFAULT);
      otherwise = grammar.primaries.primary();
    }
    tokens.expect(Keyword.USING);
    String path = grammar.names.columnName();
    return new With.Cycle(columns, mark, value, otherwise, path, position);
  }
}
