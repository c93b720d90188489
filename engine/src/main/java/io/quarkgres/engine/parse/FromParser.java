package io.quarkgres.engine.parse;

import io.quarkgres.engine.ast.Alias;
import io.quarkgres.engine.ast.ColumnDefinition;
import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.FromItem;
import io.quarkgres.engine.ast.FromItem.JoinType;
import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.ast.Query;
import io.quarkgres.engine.ast.QueryBody;
import io.quarkgres.engine.ast.TypeName;
import io.quarkgres.engine.parse.lex.Keyword;
import io.quarkgres.engine.parse.lex.ParseErrors;
import io.quarkgres.engine.parse.lex.TokenKind;
import io.quarkgres.engine.parse.lex.Tokens;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.List;

/** Reads the items of FROM. Thread: one. */
final class FromParser {
  private final Grammar grammar;
  private final Tokens tokens;

  FromParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /** Reads {@code item, item, ...}. */
  List<FromItem> items() {
    return grammar.names.list(this::item);
  }

  /** Reads one item with all joins that follow it. */
  FromItem item() {
    tokens.enter();
    FromItem item = joins(operand());
    tokens.leave();
    return item;
  }

  private FromItem joins(FromItem first) {
    FromItem left = first;
    while (true) {
      Keyword keyword = tokens.keyword();
      if (keyword == null) {
        return left;
      }
      switch (keyword) {
        case CROSS -> left = crossJoin(left);
        case NATURAL -> left = naturalJoin(left);
        case JOIN, INNER, LEFT, RIGHT, FULL -> left = qualifiedJoin(left);
        default -> {
          return left;
        }
      }
    }
  }

  private FromItem crossJoin(FromItem left) {
    int position = tokens.expect(Keyword.CROSS);
    tokens.expect(Keyword.JOIN);
    FromItem right = operand();
    return new FromItem.Join(
        JoinType.INNER, left, right, false, List.of(), null, null, null, position);
  }

  private FromItem naturalJoin(FromItem left) {
    int position = tokens.expect(Keyword.NATURAL);
    JoinType type = joinType();
    FromItem right = operand();
    return new FromItem.Join(type, left, right, true, List.of(), null, null, null, position);
  }

  /** The right side may hold joins of its own when the conditions come after all of them. */
  private FromItem qualifiedJoin(FromItem left) {
    int position = tokens.position();
    JoinType type = joinType();
    FromItem right = item();
    if (tokens.accept(Keyword.ON)) {
      Expression on = grammar.expressions.expression();
      return new FromItem.Join(type, left, right, false, List.of(), null, on, null, position);
    }
    tokens.expect(Keyword.USING);
    List<String> using = grammar.names.parenthesizedColumns();
    Alias alias = null;
    if (tokens.accept(Keyword.AS)) {
      int aliasPosition = tokens.position();
      alias = new Alias(grammar.names.columnName(), List.of(), aliasPosition);
    }
    return new FromItem.Join(type, left, right, false, using, alias, null, null, position);
  }

  private JoinType joinType() {
    JoinType type = JoinType.INNER;
    if (tokens.accept(Keyword.LEFT)) {
      type = JoinType.LEFT;
    } else if (tokens.accept(Keyword.RIGHT)) {
      type = JoinType.RIGHT;
    } else if (tokens.accept(Keyword.FULL)) {
      type = JoinType.FULL;
    } else {
      tokens.accept(Keyword.INNER);
    }
    if (type != JoinType.INNER) {
      tokens.accept(Keyword.OUTER);
    }
    tokens.expect(Keyword.JOIN);
    return type;
  }

  private FromItem operand() {
    if (tokens.at(TokenKind.LEFT_PAREN)) {
      return parentheses();
    }
    if (tokens.at(Keyword.LATERAL)) {
      return lateral();
    }
    if (tokens.at(Keyword.XMLTABLE) && tokens.peekKind(1) == TokenKind.LEFT_PAREN) {
      throw ParseErrors.unsupported("XMLTABLE", tokens.position());
    }
    if (isFunction()) {
      return functions(false, tokens.position());
    }
    if (grammar.names.isTypeOrFunctionName(0) && !grammar.names.isColumnName(0)) {
      tokens.advance();
      throw tokens.syntaxError();
    }
    return sampledTable();
  }

  private FromItem lateral() {
    int position = tokens.expect(Keyword.LATERAL);
    if (tokens.at(TokenKind.LEFT_PAREN)) {
      int queryPosition = tokens.position();
      return subquery(grammar.selects.parenthesizedQuery(), true, queryPosition);
    }
    if (tokens.at(Keyword.XMLTABLE)) {
      throw ParseErrors.unsupported("XMLTABLE", tokens.position());
    }
    return functions(true, position);
  }

  /** Parentheses hold a query or a join; which may show only behind further parentheses. */
  private FromItem parentheses() {
    int position = tokens.position();
    Object content = parenthesized();
    return content instanceof Query query
        ? subquery(query, false, position)
        : withAlias((FromItem.Join) content);
  }

  /** Reads parentheses and returns the {@link Query} or the {@link FromItem.Join} in them. */
  private Object parenthesized() {
    tokens.expect(TokenKind.LEFT_PAREN);
    tokens.enter();
    Object content = grammar.selects.beginsQuery() ? grammar.selects.subquery() : nested();
    tokens.leave();
    tokens.expect(TokenKind.RIGHT_PAREN);
    return content;
  }

  private Object nested() {
    int position = tokens.position();
    FromItem item;
    if (tokens.at(TokenKind.LEFT_PAREN)) {
      Object inner = parenthesized();
      if (inner instanceof Query query) {
        if (tokens.at(TokenKind.RIGHT_PAREN)) {
          return query;
        }
        if (grammar.selects.continuesQuery()) {
          return grammar.selects.subqueryFrom(query, position);
        }
        item = joins(subquery(query, false, position));
      } else {
        item = joins(withAlias((FromItem.Join) inner));
        if (item == inner && tokens.at(TokenKind.RIGHT_PAREN)) {
          return inner;
        }
      }
    } else {
      item = item();
    }
    if (!(item instanceof FromItem.Join)) {
      throw tokens.syntaxError();
    }
    return item;
  }

  private FromItem subquery(Query query, boolean isLateral, int position) {
    Alias alias = alias();
    if (alias == null) {
      boolean isValues = query.body() instanceof QueryBody.Values;
      String what = isValues ? "VALUES" : "subquery";
      String example = isValues ? "(VALUES ...)" : "(SELECT ...)";
      throw new SqlException(
          SqlState.SYNTAX_ERROR,
          what + " in FROM must have an alias",
          null,
          "For example, FROM " + example + " [AS] foo.",
          position);
    }
    return new FromItem.Subquery(query, isLateral, alias, position);
  }

  private FromItem withAlias(FromItem.Join join) {
    Alias alias = alias();
    if (alias == null) {
      return join;
    }
    return new FromItem.Join(
        join.type(),
        join.left(),
        join.right(),
        join.isNatural(),
        join.using(),
        join.usingAlias(),
        join.on(),
        alias,
        join.position());
  }

  /** Reads a relation with ONLY or a star, without an alias. */
  FromItem.Table relation() {
    int position = tokens.position();
    if (tokens.accept(Keyword.ONLY)) {
      boolean isParenthesized = tokens.accept(TokenKind.LEFT_PAREN);
      QualifiedName name = grammar.names.relation();
      if (isParenthesized) {
        tokens.expect(TokenKind.RIGHT_PAREN);
      }
      return new FromItem.Table(name, true, null, null, name.position());
    }
    QualifiedName name = grammar.names.relation();
    tokens.accept(TokenKind.STAR);
    return new FromItem.Table(name, false, null, null, position);
  }

  /** Reads a relation that a statement changes, with an alias that may not be SET without AS. */
  FromItem.Table target() {
    FromItem.Table table = relation();
    if (tokens.accept(Keyword.AS) || (!tokens.at(Keyword.SET) && grammar.names.isColumnName(0))) {
      int namePosition = tokens.position();
      Alias alias = new Alias(grammar.names.columnName(), List.of(), namePosition);
      return new FromItem.Table(table.name(), table.isOnly(), alias, null, table.position());
    }
    return table;
  }

  private FromItem sampledTable() {
    FromItem.Table table = relation();
    Alias alias = alias();
    FromItem.Sample sample = tokens.at(Keyword.TABLESAMPLE) ? sample() : null;
    return new FromItem.Table(table.name(), table.isOnly(), alias, sample, table.position());
  }

  private FromItem.Sample sample() {
    int position = tokens.expect(Keyword.TABLESAMPLE);
    QualifiedName method = grammar.names.function();
    List<Expression> arguments = grammar.expressions.parenthesizedList();
    Expression seed =
        tokens.accept(Keyword.REPEATABLE) ? grammar.expressions.parenthesized() : null;
    return new FromItem.Sample(method, arguments, seed, position);
  }

  /** Reads {@code [AS] name [(columns)]} if there, else returns null. */
  private Alias alias() {
    boolean hasAs = tokens.accept(Keyword.AS);
    if (!hasAs && !grammar.names.isColumnName(0)) {
      return null;
    }
    int position = tokens.position();
    String name = grammar.names.columnName();
    return new Alias(name, grammar.names.optionalColumns(), position);
  }

  private boolean isFunction() {
    Keyword keyword = tokens.keyword();
    if (keyword == Keyword.ROWS && tokens.peekKeyword(1) == Keyword.FROM) {
      return tokens.peekKind(2) == TokenKind.LEFT_PAREN;
    }
    if (keyword != null && keyword.category() == Keyword.Category.RESERVED) {
      return keyword != Keyword.ONLY;
    }
    int ahead = 1;
    while (tokens.peekKind(ahead) == TokenKind.DOT) {
      ahead += 2;
    }
    return tokens.peekKind(ahead) == TokenKind.LEFT_PAREN || keyword == Keyword.CURRENT_SCHEMA;
  }

  private FromItem functions(boolean isLateral, int position) {
    boolean isRowsFrom = tokens.at(Keyword.ROWS) && tokens.peekKeyword(1) == Keyword.FROM;
    List<FromItem.TableFunction> functions;
    if (isRowsFrom) {
      tokens.expect(Keyword.ROWS, Keyword.FROM);
      tokens.expect(TokenKind.LEFT_PAREN);
      functions = grammar.names.list(this::rowsFromItem);
      tokens.expect(TokenKind.RIGHT_PAREN);
    } else {
      int callPosition = tokens.position();
      functions = List.of(new FromItem.TableFunction(functionCall(), List.of(), callPosition));
    }
    boolean isWithOrdinality = tokens.accept(Keyword.WITH, Keyword.ORDINALITY);
    return aliased(functions, isRowsFrom, isWithOrdinality, isLateral, position);
  }

  private FromItem.TableFunction rowsFromItem() {
    int position = tokens.position();
    Expression call = functionCall();
    List<ColumnDefinition> columns = List.of();
    if (tokens.accept(Keyword.AS)) {
      columns = definitions();
    }
    return new FromItem.TableFunction(call, columns, position);
  }

  private Expression functionCall() {
    Keyword keyword = tokens.keyword();
    if (keyword != null) {
      Expression special = grammar.specialCalls.tryParse(keyword);
      if (special != null) {
        return special;
      }
    }
    return grammar.calls.arguments(grammar.names.function());
  }

  /** Reads the alias of functions, which may carry column definitions. */
  private FromItem aliased(
      List<FromItem.TableFunction> functions,
      boolean isRowsFrom,
      boolean isWithOrdinality,
      boolean isLateral,
      int position) {
    Alias alias = null;
    List<FromItem.TableFunction> defined = functions;
    boolean hasAs = tokens.accept(Keyword.AS);
    if (hasAs && tokens.at(TokenKind.LEFT_PAREN)) {
      defined = withDefinitions(functions, definitions());
    } else if (hasAs || grammar.names.isColumnName(0)) {
      int aliasPosition = tokens.position();
      String name = grammar.names.columnName();
      if (tokens.at(TokenKind.LEFT_PAREN) && hasDefinitions()) {
        defined = withDefinitions(functions, definitions());
        alias = new Alias(name, List.of(), aliasPosition);
      } else {
        alias = new Alias(name, grammar.names.optionalColumns(), aliasPosition);
      }
    }
    return new FromItem.Functions(
        defined, isRowsFrom, isWithOrdinality, isLateral, alias, position);
  }

  private boolean hasDefinitions() {
    TokenKind kind = tokens.peekKind(2);
    return kind != TokenKind.COMMA && kind != TokenKind.RIGHT_PAREN;
  }

  private List<FromItem.TableFunction> withDefinitions(
      List<FromItem.TableFunction> functions, List<ColumnDefinition> columns) {
    FromItem.TableFunction first = functions.getFirst();
    List<FromItem.TableFunction> defined = new ArrayList<>(functions);
    if (functions.size() > 1) {
      tokens.defer(
          new SqlException(
              SqlState.SYNTAX_ERROR,
              "ROWS FROM() with multiple functions cannot have a column definition list",
              null,
              "Put a separate column definition list for each function inside ROWS FROM().",
              columns.getFirst().position()));
    }
    defined.set(0, new FromItem.TableFunction(first.call(), columns, first.position()));
    return List.copyOf(defined);
  }

  private List<ColumnDefinition> definitions() {
    tokens.expect(TokenKind.LEFT_PAREN);
    List<ColumnDefinition> definitions = grammar.names.list(this::definition);
    tokens.expect(TokenKind.RIGHT_PAREN);
    return definitions;
  }

  private ColumnDefinition definition() {
    int position = tokens.position();
    String name = grammar.names.columnName();
    TypeName type = grammar.types.type();
    QualifiedName collation = tokens.accept(Keyword.COLLATE) ? grammar.names.any() : null;
    return new ColumnDefinition(name, type, null, collation, List.of(), position);
  }
}
