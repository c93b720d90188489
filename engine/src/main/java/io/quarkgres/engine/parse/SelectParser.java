package io.quarkgres.engine.parse;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.FromItem;
import io.quarkgres.engine.ast.GroupingElement;
import io.quarkgres.engine.ast.OperatorName;
import io.quarkgres.engine.ast.OrderItem;
import io.quarkgres.engine.ast.Persistence;
import io.quarkgres.engine.ast.Positions;
import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.ast.Query;
import io.quarkgres.engine.ast.QueryBody;
import io.quarkgres.engine.ast.QueryBody.SetOperator;
import io.quarkgres.engine.ast.WindowSpecification;
import io.quarkgres.engine.ast.With;
import io.quarkgres.engine.parse.lex.Keyword;
import io.quarkgres.engine.parse.lex.ParseErrors;
import io.quarkgres.engine.parse.lex.TokenKind;
import io.quarkgres.engine.parse.lex.Tokens;
import java.util.List;

/** Reads queries: SELECT, VALUES, TABLE, set operations and their clauses. Thread: one. */
final class SelectParser {
  private final Grammar grammar;
  private final Tokens tokens;
  private final QueryTailParser tails;

  SelectParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
    this.tails = new QueryTailParser(grammar);
  }

  /** Returns whether a query begins here, without looking behind parentheses. */
  boolean beginsQuery() {
    Keyword keyword = tokens.keyword();
    return keyword != null && isQueryStart(keyword);
  }

  private static boolean isQueryStart(Keyword keyword) {
    return switch (keyword) {
      case SELECT, VALUES, TABLE, WITH -> true;
      default -> false;
    };
  }

  /** Returns whether the parentheses that begin here have a query within. */
  boolean leadsToQuery() {
    int ahead = 0;
    while (tokens.peekKind(ahead) == TokenKind.LEFT_PAREN) {
      ahead++;
    }
    Keyword keyword = tokens.peekKeyword(ahead);
    if (keyword == Keyword.VALUES) {
      return tokens.peekKind(ahead + 1) == TokenKind.LEFT_PAREN;
    }
    return keyword != null && isQueryStart(keyword);
  }

  /** Returns whether the current token goes on with the query that stands before it. */
  boolean continuesQuery() {
    Keyword keyword = tokens.keyword();
    if (keyword == null) {
      return false;
    }
    return switch (keyword) {
      case UNION, INTERSECT, EXCEPT, ORDER, LIMIT, OFFSET, FETCH, FOR -> true;
      default -> false;
    };
  }

  /** Reads a query; only where it may have INTO. */
  Query query() {
    tokens.enter();
    int position = tokens.position();
    With with = tokens.at(Keyword.WITH) ? grammar.withs.with() : null;
    Query query = queryAfterWith(with, position);
    tokens.leave();
    return query;
  }

  /** Reads the rest of a query. */
  Query queryAfterWith(With with, int position) {
    Operand body = setOperations(intersections(operand()));
    return tails.tail(with, body, position);
  }

  /** Reads a query that must not have INTO. */
  Query subquery() {
    return withoutInto(query());
  }

  /** Reads a query whose first operand, in parentheses, has been read already. */
  Query subqueryFrom(Query first, int position) {
    Operand body = setOperations(intersections(nested(first, position)));
    return withoutInto(tails.tail(null, body, position));
  }

  /** Reads {@code (query)}. */
  Query parenthesizedQuery() {
    tokens.expect(TokenKind.LEFT_PAREN);
    Query query = subquery();
    tokens.expect(TokenKind.RIGHT_PAREN);
    return query;
  }

  private Query withoutInto(Query query) {
    if (query.into() != null) {
      tokens.defer(
          ParseErrors.grammar("SELECT ... INTO is not allowed here", query.into().position()));
    }
    return query;
  }

  /** An operand of a set operation, with its INTO. */
  record Operand(QueryBody body, Query.Into into) {}

  private Operand setOperations(Operand first) {
    Operand left = first;
    while (tokens.at(Keyword.UNION) || tokens.at(Keyword.EXCEPT)) {
      int position = tokens.position();
      boolean isUnion = tokens.at(Keyword.UNION);
      tokens.advance();
      boolean isAll = isAll();
      Operand right = intersections(operand());
      SetOperator operator = isUnion ? SetOperator.UNION : SetOperator.EXCEPT;
      left = combine(operator, isAll, left, right, position);
    }
    return left;
  }

  private Operand intersections(Operand first) {
    Operand left = first;
    while (tokens.at(Keyword.INTERSECT)) {
      int position = tokens.expect(Keyword.INTERSECT);
      boolean isAll = isAll();
      left = combine(SetOperator.INTERSECT, isAll, left, operand(), position);
    }
    return left;
  }

  private boolean isAll() {
    boolean isAll = tokens.accept(Keyword.ALL);
    if (!isAll) {
      tokens.accept(Keyword.DISTINCT);
    }
    return isAll;
  }

  private Operand combine(
      SetOperator operator, boolean isAll, Operand left, Operand right, int position) {
    if (right.into() != null) {
      tokens.defer(
          ParseErrors.grammar(
              "INTO is only allowed on first SELECT of UNION/INTERSECT/EXCEPT",
              right.into().position()));
    }
    QueryBody body =
        new QueryBody.SetOperation(operator, isAll, left.body(), right.body(), position);
    return new Operand(body, left.into());
  }

  private Operand operand() {
    int position = tokens.position();
    if (tokens.accept(TokenKind.LEFT_PAREN)) {
      Query query = query();
      tokens.expect(TokenKind.RIGHT_PAREN);
      return nested(query, position);
    }
    Keyword keyword = tokens.keyword();
    if (keyword == null) {
      throw tokens.syntaxError();
    }
    return switch (keyword) {
      case SELECT -> select();
      case VALUES -> new Operand(values(), null);
      case TABLE -> new Operand(table(), null);
      default -> throw tokens.syntaxError();
    };
  }

  private static Operand nested(Query query, int position) {
    boolean isBare =
        query.with() == null
            && query.orderBy().isEmpty()
            && query.limit() == null
            && query.locking().isEmpty();
    QueryBody body = isBare ? query.body() : new QueryBody.Nested(query, position);
    return new Operand(body, query.into());
  }

  private QueryBody table() {
    int position = tokens.expect(Keyword.TABLE);
    FromItem table = grammar.froms.relation();
    Expression star = new Expression.Star(List.of(), position);
    return new QueryBody.Select(
        null,
        List.of(new QueryBody.Target(star, null, position)),
        List.of(table),
        null,
        null,
        null,
        List.of(),
        position);
  }

  private QueryBody values() {
    int position = tokens.expect(Keyword.VALUES);
    List<List<Expression>> rows = grammar.names.list(grammar.expressions::parenthesizedList);
    int width = rows.getFirst().size();
    for (List<Expression> row : rows) {
      if (row.size() != width) {
        tokens.defer(
            ParseErrors.grammar(
                "VALUES lists must all be the same length", Positions.start(row.getFirst())));
      }
    }
    return new QueryBody.Values(rows, position);
  }

  private Operand select() {
    int position = tokens.expect(Keyword.SELECT);
    tokens.enter();
    QueryBody.Distinct distinct = distinct();
    if (distinct == null) {
      tokens.accept(Keyword.ALL);
    }
    List<QueryBody.Target> targets = distinct == null && endsTargets() ? List.of() : targets();
    Query.Into into = tokens.at(Keyword.INTO) ? into() : null;
    List<FromItem> from = tokens.accept(Keyword.FROM) ? grammar.froms.items() : List.of();
    Expression where = where();
    QueryBody.GroupBy groupBy = tokens.at(Keyword.GROUP) ? groupBy() : null;
    Expression having = tokens.accept(Keyword.HAVING) ? grammar.expressions.expression() : null;
    List<WindowSpecification.Definition> windows =
        tokens.accept(Keyword.WINDOW) ? grammar.windows.definitions() : List.of();
    tokens.leave();
    QueryBody body =
        new QueryBody.Select(distinct, targets, from, where, groupBy, having, windows, position);
    return new Operand(body, into);
  }

  private QueryBody.Distinct distinct() {
    int position = tokens.position();
    if (!tokens.accept(Keyword.DISTINCT)) {
      return null;
    }
    List<Expression> on =
        tokens.accept(Keyword.ON) ? grammar.expressions.parenthesizedList() : List.of();
    return new QueryBody.Distinct(on, position);
  }

  private boolean endsTargets() {
    return switch (tokens.kind()) {
      case END, SEMICOLON, RIGHT_PAREN -> true;
      case KEYWORD -> endsTargets(tokens.keyword());
      default -> false;
    };
  }

  /** A reserved word that begins no expression ends the list. */
  private static boolean endsTargets(Keyword keyword) {
    return switch (keyword) {
      case ARRAY,
          CASE,
          CAST,
          CURRENT_CATALOG,
          CURRENT_DATE,
          CURRENT_ROLE,
          CURRENT_TIME,
          CURRENT_TIMESTAMP,
          CURRENT_USER,
          DEFAULT,
          FALSE,
          LOCALTIME,
          LOCALTIMESTAMP,
          NOT,
          NULL,
          SESSION_USER,
          TRUE,
          UNIQUE,
          USER ->
          false;
      default -> keyword.category() == Keyword.Category.RESERVED;
    };
  }

  /** Reads the items of a select list or of RETURNING. */
  List<QueryBody.Target> targets() {
    return grammar.names.list(this::target);
  }

  private QueryBody.Target target() {
    int position = tokens.position();
    if (tokens.accept(TokenKind.STAR)) {
      return new QueryBody.Target(new Expression.Star(List.of(), position), null, position);
    }
    Expression expression = grammar.expressions.expression();
    String alias = null;
    if (tokens.accept(Keyword.AS)) {
      alias = grammar.names.label();
    } else if (grammar.names.isBareLabel()) {
      alias = grammar.names.bareLabel();
    }
    return new QueryBody.Target(expression, alias, position);
  }

  private Query.Into into() {
    tokens.expect(Keyword.INTO);
    Persistence persistence = persistenceOfInto();
    tokens.accept(Keyword.TABLE);
    QualifiedName name = grammar.names.relation();
    return new Query.Into(name, persistence, name.position());
  }

  private Persistence persistenceOfInto() {
    if (!grammar.names.isColumnName(1) && tokens.peekKeyword(1) != Keyword.TABLE) {
      return Persistence.PERMANENT;
    }
    if (tokens.accept(Keyword.LOCAL) || tokens.accept(Keyword.GLOBAL)) {
      if (!tokens.accept(Keyword.TEMPORARY)) {
        tokens.expect(Keyword.TEMP);
      }
      return Persistence.TEMPORARY;
    }
    if (tokens.accept(Keyword.TEMPORARY) || tokens.accept(Keyword.TEMP)) {
      return Persistence.TEMPORARY;
    }
    return tokens.accept(Keyword.UNLOGGED) ? Persistence.UNLOGGED : Persistence.PERMANENT;
  }

  /** Reads a WHERE clause if there is one, else returns null. */
  Expression where() {
    return tokens.accept(Keyword.WHERE) ? grammar.expressions.expression() : null;
  }

  private QueryBody.GroupBy groupBy() {
    int position = tokens.expect(Keyword.GROUP);
    tokens.expect(Keyword.BY);
    boolean isDistinct = tokens.accept(Keyword.DISTINCT);
    if (!isDistinct) {
      tokens.accept(Keyword.ALL);
    }
    return new QueryBody.GroupBy(isDistinct, groupingElements(), position);
  }

  private List<GroupingElement> groupingElements() {
    return grammar.names.list(this::groupingElement);
  }

  private GroupingElement groupingElement() {
    int position = tokens.position();
    boolean isCall = tokens.peekKind(1) == TokenKind.LEFT_PAREN;
    if (tokens.at(TokenKind.LEFT_PAREN) && tokens.peekKind(1) == TokenKind.RIGHT_PAREN) {
      tokens.advance();
      tokens.advance();
      return new GroupingElement.Empty(position);
    }
    if (isCall && tokens.accept(Keyword.ROLLUP)) {
      return new GroupingElement.Rollup(grammar.expressions.parenthesizedList(), position);
    }
    if (isCall && tokens.accept(Keyword.CUBE)) {
      return new GroupingElement.Cube(grammar.expressions.parenthesizedList(), position);
    }
    if (tokens.accept(Keyword.GROUPING, Keyword.SETS)) {
      tokens.expect(TokenKind.LEFT_PAREN);
      tokens.enter();
      List<GroupingElement> elements = groupingElements();
      tokens.leave();
      tokens.expect(TokenKind.RIGHT_PAREN);
      return new GroupingElement.Sets(elements, position);
    }
    return new GroupingElement.Simple(grammar.expressions.expression());
  }

  /** Reads {@code ORDER BY key, ...}. */
  List<OrderItem> orderBy() {
    tokens.expect(Keyword.ORDER, Keyword.BY);
    return grammar.names.list(this::orderItem);
  }

  private OrderItem orderItem() {
    int position = tokens.position();
    Expression expression = grammar.expressions.expression();
    if (tokens.accept(Keyword.USING)) {
      OperatorName using = grammar.names.operator();
      return new OrderItem(expression, OrderItem.Direction.USING, using, nulls(), position);
    }
    return new OrderItem(expression, direction(), null, nulls(), position);
  }

  /** Reads ASC or DESC if there. */
  OrderItem.Direction direction() {
    if (tokens.accept(Keyword.ASC)) {
      return OrderItem.Direction.ASC;
    }
    return tokens.accept(Keyword.DESC) ? OrderItem.Direction.DESC : OrderItem.Direction.DEFAULT;
  }

  /** Reads NULLS FIRST or LAST if there. */
  OrderItem.Nulls nulls() {
    if (tokens.accept(Keyword.NULLS, Keyword.FIRST)) {
      return OrderItem.Nulls.FIRST;
    }
    return tokens.accept(Keyword.NULLS, Keyword.LAST)
        ? OrderItem.Nulls.LAST
        : OrderItem.Nulls.DEFAULT;
  }
}
