package io.quarkgres.engine.parse;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.FromItem;
import io.quarkgres.engine.ast.IndexElement;
import io.quarkgres.engine.ast.IndexStatement;
import io.quarkgres.engine.ast.IndexStatement.ReindexKind;
import io.quarkgres.engine.ast.Option;
import io.quarkgres.engine.ast.OrderItem;
import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.ast.SourceExpression;
import io.quarkgres.engine.ast.Statement;
import io.quarkgres.engine.parse.lex.Keyword;
import io.quarkgres.engine.parse.lex.TokenKind;
import io.quarkgres.engine.parse.lex.Tokens;
import java.util.List;

/** Reads CREATE INDEX, index elements and REINDEX. Thread: one. */
final class IndexParser {
  private final Grammar grammar;
  private final Tokens tokens;

  IndexParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /** Reads CREATE INDEX from UNIQUE or INDEX on. */
  Statement createIndex(int position) {
    boolean isUnique = tokens.accept(Keyword.UNIQUE);
    tokens.expect(Keyword.INDEX);
    boolean isConcurrently = tokens.accept(Keyword.CONCURRENTLY);
    boolean isIfNotExists = grammar.tables.ifNotExists();
    String name = null;
    if (isIfNotExists || !tokens.at(Keyword.ON)) {
      name = grammar.names.columnName();
    }
    tokens.expect(Keyword.ON);
    FromItem.Table table = grammar.froms.relation();
    String method = tokens.accept(Keyword.USING) ? grammar.names.columnName() : null;
    tokens.expect(TokenKind.LEFT_PAREN);
    List<IndexElement> elements = elements();
    tokens.expect(TokenKind.RIGHT_PAREN);
    List<String> include =
        tokens.accept(Keyword.INCLUDE) ? grammar.names.parenthesizedColumns() : List.of();
    boolean isNullsNotDistinct = grammar.constraints.nullsNotDistinct();
    List<Option> options = tokens.accept(Keyword.WITH) ? grammar.options.storage() : List.of();
    String tablespace = tokens.accept(Keyword.TABLESPACE) ? grammar.names.columnName() : null;
    return new IndexStatement.CreateIndex(
        name,
        isUnique,
        isConcurrently,
        isIfNotExists,
        table.name(),
        table.isOnly(),
        method,
        elements,
        include,
        isNullsNotDistinct,
        options,
        tablespace,
        sourceWhere(),
        position);
  }

  private SourceExpression sourceWhere() {
    if (!tokens.accept(Keyword.WHERE)) {
      return null;
    }
    int start = tokens.position();
    return new SourceExpression(grammar.expressions.expression(), tokens.textFrom(start));
  }

  /** Reads {@code element, element, ...}. */
  List<IndexElement> elements() {
    return grammar.names.list(this::element);
  }

  /** Reads one key: a column, a function call, or an expression in parentheses. */
  IndexElement element() {
    int position = tokens.position();
    String column = null;
    SourceExpression expression = null;
    if (tokens.at(TokenKind.LEFT_PAREN)) {
      expression = grammar.constraints.parenthesizedSource();
    } else {
      expression = call(position);
      column = expression == null ? grammar.names.columnName() : null;
    }
    QualifiedName collation = tokens.accept(Keyword.COLLATE) ? grammar.names.any() : null;
    QualifiedName operatorClass = hasOperatorClass() ? grammar.names.any() : null;
    List<Option> classOptions =
        operatorClass != null && tokens.at(TokenKind.LEFT_PAREN)
            ? grammar.options.storage()
            : List.of();
    OrderItem.Direction direction = grammar.selects.direction();
    OrderItem.Nulls nulls = grammar.selects.nulls();
    return new IndexElement(
        column, expression, collation, operatorClass, classOptions, direction, nulls, position);
  }

  private SourceExpression call(int position) {
    Keyword keyword = tokens.keyword();
    Expression call = keyword == null ? null : grammar.specialCalls.tryParse(keyword);
    if (call == null) {
      TokenKind next = tokens.peekKind(1);
      if (next != TokenKind.LEFT_PAREN && next != TokenKind.DOT) {
        return null;
      }
      call = grammar.calls.arguments(grammar.names.function());
    }
    return new SourceExpression(call, tokens.textFrom(position));
  }

  private boolean hasOperatorClass() {
    if (tokens.at(Keyword.NULLS)) {
      Keyword next = tokens.peekKeyword(1);
      return next != Keyword.FIRST && next != Keyword.LAST;
    }
    return grammar.names.isColumnName(0);
  }

  /** Reads REINDEX. */
  Statement reindex() {
    int position = tokens.expect(Keyword.REINDEX);
    List<Option> options = tokens.at(TokenKind.LEFT_PAREN) ? grammar.options.utility() : List.of();
    ReindexKind kind = reindexKind();
    boolean isConcurrently = tokens.accept(Keyword.CONCURRENTLY);
    QualifiedName name =
        switch (kind) {
          case INDEX, TABLE -> grammar.names.relation();
          case SCHEMA, SYSTEM, DATABASE -> {
            int namePosition = tokens.position();
            yield QualifiedName.of(grammar.names.columnName(), namePosition);
          }
        };
    return new IndexStatement.Reindex(kind, name, isConcurrently, options, position);
  }

  private ReindexKind reindexKind() {
    Keyword keyword = tokens.keyword();
    if (keyword == null) {
      throw tokens.syntaxError();
    }
    ReindexKind kind =
        switch (keyword) {
          case INDEX -> ReindexKind.INDEX;
          case TABLE -> ReindexKind.TABLE;
          case SCHEMA -> ReindexKind.SCHEMA;
          case SYSTEM -> ReindexKind.SYSTEM;
          case DATABASE -> ReindexKind.DATABASE;
          default -> throw tokens.syntaxError();
        };
    tokens.advance();
    return kind;
  }
}
