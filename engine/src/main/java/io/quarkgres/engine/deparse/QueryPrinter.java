package io.quarkgres.engine.deparse;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.GroupingElement;
import io.quarkgres.engine.ast.Query;
import io.quarkgres.engine.ast.QueryBody;
import io.quarkgres.engine.ast.WindowSpecification;
import io.quarkgres.engine.ast.With;
import io.quarkgres.engine.bind.BindTrace;
import io.quarkgres.engine.bind.BoundExpr;
import io.quarkgres.engine.bind.Relation;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Prints queries, clause by clause. Used by one thread. */
final class QueryPrinter {
  private final BindTrace trace;
  private final ObjectNames names;
  private final ConstantPrinter constants;
  private final SqlText text;
  private final Map<Integer, Set<Integer>> used = new TreeMap<>();

  QueryPrinter(BindTrace trace, ObjectNames names, TypeContext types, SqlText text) {
    this.trace = trace;
    this.names = names;
    this.constants = new ConstantPrinter(names, types);
    this.text = text;
  }

  BindTrace trace() {
    return trace;
  }

  ObjectNames names() {
    return names;
  }

  ConstantPrinter constants() {
    return constants;
  }

  /** Notes that a relation is read. */
  void use(RelationEntry relation) {
    if (relation != null) {
      used.computeIfAbsent(relation.oid(), r -> new TreeSet<>());
    }
  }

  /** Notes that a column of an item of FROM is read. */
  void use(BindTrace.Item item, BoundExpr.ColumnRef ref) {
    if (item == null || item.entry() == null) {
      return;
    }
    for (int i = 0; i < item.columns().size(); i++) {
      if (item.columns().get(i).expr() instanceof BoundExpr.ColumnRef column
          && column.column() == ref.column()) {
        List<ColumnEntry> live =
            item.entry().columns().stream().filter(c -> !c.isDropped()).toList();
        used.get(item.entry().oid()).add(live.get(i).number());
      }
    }
  }

  /** Returns the relations that were read, by oid, with the numbers of their columns. */
  Map<Integer, Set<Integer>> used() {
    return used;
  }

  SqlText text() {
    return text;
  }

  /**
   * Prints a query.
   *
   * @param around the names of the query around it, or {@code null}
   * @param columns the names that its columns get, or {@code null} for their own
   * @param areNamesSeen whether anybody sees the names of its columns
   */
  void print(Query query, Scope around, List<String> columns, boolean areNamesSeen) {
    Query top = query;
    QueryBody body = query.body();
    while (body instanceof QueryBody.Nested nested
        && !hasTail(top)
        && nested.query().with() == null) {
      top = nested.query();
      body = top.body();
    }
    switch (body) {
      case QueryBody.Select select -> {
        Scope scope = new Scope(around, true);
        FromPrinter from = new FromPrinter(this, scope);
        from.enter(select.from());
        with(query.with(), scope);
        select(top, select, from, scope, columns, areNamesSeen);
        locking(top, scope);
      }
      case QueryBody.Values values -> {
        with(query.with(), around);
        values(top, values, around);
      }
      case QueryBody.SetOperation operation -> {
        with(query.with(), around);
        setOperation(operation, around, columns, areNamesSeen);
        tail(trace.tail(top), around);
      }
      case QueryBody.Nested nested -> {
        with(query.with(), around);
        text.add("(");
        print(nested.query(), around, columns, areNamesSeen);
        text.add(")");
        tail(trace.tail(top), around);
      }
    }
  }

  private static boolean hasTail(Query query) {
    return !query.orderBy().isEmpty() || query.limit() != null || !query.locking().isEmpty();
  }

  // ---- WITH ----

  private void with(With with, Scope around) {
    if (with == null) {
      return;
    }
    if (text.style().isIndented()) {
      text.deepen(SqlText.QUERY);
      text.add(" ");
    }
    String separator = with.isRecursive() ? "WITH RECURSIVE " : "WITH ";
    for (With.CommonTable table : with.tables()) {
      if (!(table.statement() instanceof Query query)) {
        throw new SqlException(
            SqlState.FEATURE_NOT_SUPPORTED, "printing a data-modifying WITH is not built");
      }
      text.add(separator).add(ObjectNames.quote(table.name()));
      if (!table.columns().isEmpty()) {
        text.add("(").add(quotedList(table.columns())).add(")");
      }
      text.add(
          switch (table.materialization()) {
            case DEFAULT -> " AS ";
            case MATERIALIZED -> " AS MATERIALIZED ";
            case NOT_MATERIALIZED -> " AS NOT MATERIALIZED ";
          });
      text.add("(");
      brokenLine();
      print(query, around, null, true);
      brokenLine();
      text.add(")");
      separator = ", ";
    }
    if (text.style().isIndented()) {
      text.deepen(-SqlText.QUERY);
      text.line("", 0);
    } else {
      text.add(" ");
    }
  }

  private void brokenLine() {
    if (text.style().isIndented()) {
      text.line("", 0);
    }
  }

  static String quotedList(List<String> names) {
    return String.join(", ", names.stream().map(ObjectNames::quote).toList());
  }

  // ---- SELECT ----

  private void select(
      Query query,
      QueryBody.Select syntax,
      FromPrinter from,
      Scope scope,
      List<String> columns,
      boolean areNamesSeen) {
    BindTrace.Select select = trace.select(syntax);
    ExpressionPrinter expressions = new ExpressionPrinter(this, scope);
    begin("SELECT");
    distinct(syntax, select, expressions);
    targets(select, expressions, columns, areNamesSeen);
    from.print(syntax.from());
    if (select.where() != null) {
      text.clause(" WHERE ", 1);
      expressions.printHidden(select.where());
    }
    if (syntax.groupBy() != null) {
      groupBy(syntax.groupBy(), expressions);
    }
    if (select.having() != null) {
      text.clause(" HAVING ", 0);
      expressions.printHidden(select.having());
    }
    windows(syntax.windows(), expressions);
    orderBy(select, expressions);
    limit(select.limit(), expressions);
    if (query.limit() != null && query.limit().count() == null && query.limit().offset() == null) {
      text.clause(" LIMIT ALL", 0);
    }
    end();
  }

  private void begin(String word) {
    if (text.style().isIndented()) {
      text.deepen(SqlText.QUERY);
      text.add(" ");
    }
    text.add(word);
  }

  private void end() {
    if (text.style().isIndented()) {
      text.deepen(-SqlText.QUERY);
    }
  }

  private void distinct(
      QueryBody.Select syntax, BindTrace.Select select, ExpressionPrinter expressions) {
    if (syntax.distinct() == null) {
      return;
    }
    text.add(" DISTINCT");
    if (!select.distinctOn().isEmpty()) {
      text.add(" ON (");
      String separator = "";
      for (int column : select.distinctOn()) {
        text.add(separator);
        expressions.key(select.columns().get(column).expr());
        separator = ", ";
      }
      text.add(")");
    }
  }

  private void targets(
      BindTrace.Select select,
      ExpressionPrinter expressions,
      List<String> columns,
      boolean areNamesSeen) {
    int number = 0;
    for (BindTrace.Column column : select.columns()) {
      if (column.isJunk()) {
        continue;
      }
      String name = columns == null ? column.name() : columns.get(number);
      String item = text.apart(() -> target(column.expr(), name, expressions, areNamesSeen));
      text.add(number == 0 ? " " : ", ");
      text.item(item, number == 0);
      number++;
    }
  }

  private void target(
      BoundExpr expr, String name, ExpressionPrinter expressions, boolean areNamesSeen) {
    String own = expressions.target(expr);
    if (own == null && !areNamesSeen) {
      own = "?column?";
    }
    if (!name.equals(own)) {
      text.add(" AS ").add(ObjectNames.quote(name));
    }
  }

  private void groupBy(QueryBody.GroupBy groupBy, ExpressionPrinter expressions) {
    text.clause(" GROUP BY ", 1);
    if (groupBy.isDistinct()) {
      text.add("DISTINCT ");
    }
    elements(groupBy.elements(), expressions);
  }

  private void elements(List<GroupingElement> elements, ExpressionPrinter expressions) {
    String separator = "";
    for (GroupingElement element : elements) {
      text.add(separator);
      element(element, expressions);
      separator = ", ";
    }
  }

  /** Within GROUPING SETS, a set of one expression has parentheses too. */
  private void sets(List<GroupingElement> elements, ExpressionPrinter expressions) {
    String separator = "";
    for (GroupingElement element : elements) {
      boolean isSingle =
          element instanceof GroupingElement.Simple simple
              && !(simple.expression() instanceof Expression.RowConstructor);
      text.add(separator).add(isSingle ? "(" : "");
      element(element, expressions);
      text.add(isSingle ? ")" : "");
      separator = ", ";
    }
  }

  private void element(GroupingElement element, ExpressionPrinter expressions) {
    switch (element) {
      case GroupingElement.Simple e -> step(e.expression(), expressions, false);
      case GroupingElement.Empty e -> text.add("()");
      case GroupingElement.Rollup e -> steps("ROLLUP(", e.expressions(), expressions);
      case GroupingElement.Cube e -> steps("CUBE(", e.expressions(), expressions);
      case GroupingElement.Sets e -> {
        text.add("GROUPING SETS (");
        sets(e.elements(), expressions);
        text.add(")");
      }
    }
  }

  private void steps(String word, List<Expression> steps, ExpressionPrinter expressions) {
    text.add(word);
    String separator = "";
    for (Expression step : steps) {
      text.add(separator);
      step(step, expressions, true);
      separator = ", ";
    }
    text.add(")");
  }

  private void step(Expression step, ExpressionPrinter expressions, boolean isWithin) {
    if (!(step instanceof Expression.RowConstructor row) || row.isExplicit()) {
      expressions.key(trace.groupingKey(step));
      return;
    }
    text.add(isWithin || row.fields().size() != 1 ? "(" : "");
    String separator = "";
    for (Expression field : row.fields()) {
      text.add(separator);
      step(field, expressions, true);
      separator = ", ";
    }
    text.add(isWithin || row.fields().size() != 1 ? ")" : "");
  }

  private void windows(
      List<WindowSpecification.Definition> windows, ExpressionPrinter expressions) {
    for (int i = 0; i < windows.size(); i++) {
      if (i == 0) {
        text.clause(" WINDOW ", 1);
      } else {
        text.add(", ");
      }
      text.add(ObjectNames.quote(windows.get(i).name())).add(" AS ");
      new WindowPrinter(expressions).print(windows.get(i).specification());
    }
  }

  private void orderBy(BindTrace.Select select, ExpressionPrinter expressions) {
    boolean isFirst = true;
    for (BindTrace.Sort sort : select.orderBy()) {
      if (isFirst) {
        text.clause(" ORDER BY ", 1);
      } else {
        text.add(", ");
      }
      expressions.key(select.columns().get(sort.column()).expr());
      text.add(direction(sort.key()));
      isFirst = false;
    }
  }

  static String direction(Relation.SortKey key) {
    if (key.isDescending()) {
      return key.nullsFirst() ? " DESC" : " DESC NULLS LAST";
    }
    return key.nullsFirst() ? " NULLS FIRST" : "";
  }

  private void limit(BindTrace.Limit limit, ExpressionPrinter expressions) {
    if (limit.offset() != null) {
      text.clause(" OFFSET ", 0);
      expressions.printHidden(limit.offset());
    }
    if (limit.count() == null) {
      return;
    }
    if (limit.isWithTies()) {
      text.clause(" FETCH FIRST (", 0);
      expressions.printHidden(limit.count());
      text.add(") ROWS WITH TIES");
      return;
    }
    text.clause(" LIMIT ", 0);
    if (limit.count() instanceof BoundExpr.Constant constant && constant.isNull()) {
      text.add("ALL");
    } else {
      expressions.printHidden(limit.count());
    }
  }

  private void locking(Query query, Scope scope) {
    if (query.locking().isEmpty()) {
      return;
    }
    for (Query.Locking locking : query.locking()) {
      String word =
          switch (locking.strength()) {
            case KEY_SHARE -> " FOR KEY SHARE";
            case SHARE -> " FOR SHARE";
            case NO_KEY_UPDATE -> " FOR NO KEY UPDATE";
            case UPDATE -> " FOR UPDATE";
          };
      List<String> tables = new ArrayList<>();
      locking.of().forEach(t -> tables.add(t.name()));
      if (tables.isEmpty()) {
        tables.addAll(scope.itemNames());
      }
      for (String table : tables) {
        text.line(word, 0);
        text.add(" OF ").add(ObjectNames.quote(table));
        text.add(
            switch (locking.lockWait()) {
              case BLOCK -> "";
              case SKIP_LOCKED -> " SKIP LOCKED";
              case NOWAIT -> " NOWAIT";
            });
      }
    }
  }

  // ---- VALUES ----

  private void values(Query query, QueryBody.Values values, Scope around) {
    ExpressionPrinter expressions = new ExpressionPrinter(this, new Scope(around, true));
    begin("VALUES ");
    String rowSeparator = "";
    for (List<BoundExpr> row : trace.values(values)) {
      text.add(rowSeparator).add("(");
      String separator = "";
      for (BoundExpr value : row) {
        text.add(separator);
        expressions.printHidden(value);
        separator = ",";
      }
      text.add(")");
      rowSeparator = ", ";
    }
    BindTrace.Tail tail = trace.tail(query);
    if (tail != null) {
      tailClauses(tail, expressions, true);
    }
    end();
  }

  // ---- set operations ----

  private void setOperation(
      QueryBody.SetOperation operation, Scope around, List<String> columns, boolean areNamesSeen) {
    boolean isIndented = text.style().isIndented();
    boolean isOther =
        bare(operation.left()) instanceof QueryBody.SetOperation left
            && (left.operator() != operation.operator() || left.isAll() != operation.isAll());
    operand(operation.left(), around, columns, areNamesSeen, isOther, ") ");
    if (!isOther) {
      if (isIndented) {
        text.line("", 0);
      } else {
        text.add(" ");
      }
    }
    text.add(operation.operator().name()).add(operation.isAll() ? " ALL " : " ");
    boolean isNested = bare(operation.right()) instanceof QueryBody.SetOperation;
    if (!isNested) {
      text.line("", 0);
    }
    operand(operation.right(), around, columns, false, isNested, ")");
  }

  /** Returns what stands in parentheses that are there for nothing but grouping. */
  private static QueryBody bare(QueryBody body) {
    QueryBody at = body;
    while (at instanceof QueryBody.Nested nested
        && nested.query().with() == null
        && !hasTail(nested.query())) {
      at = nested.query().body();
    }
    return at;
  }

  private void operand(
      QueryBody body,
      Scope around,
      List<String> columns,
      boolean areNamesSeen,
      boolean isInParentheses,
      String close) {
    if (isInParentheses) {
      text.add("(");
      text.deepen(SqlText.QUERY);
      text.line("", 0);
    }
    switch (bare(body)) {
      case QueryBody.SetOperation inner -> setOperation(inner, around, columns, areNamesSeen);
      case QueryBody.Nested inner -> {
        text.add("(");
        print(inner.query(), around, columns, areNamesSeen);
        text.add(")");
      }
      case QueryBody.Select inner -> leaf(inner, around, columns, areNamesSeen);
      case QueryBody.Values inner -> leaf(inner, around, columns, areNamesSeen);
    }
    if (isInParentheses) {
      text.deepen(-SqlText.QUERY);
      text.line(close, 0);
    }
  }

  private void leaf(QueryBody body, Scope around, List<String> columns, boolean areNamesSeen) {
    print(
        new Query(null, body, List.of(), null, List.of(), null, body.position()),
        around,
        columns,
        areNamesSeen);
  }

  private void tail(BindTrace.Tail tail, Scope around) {
    if (tail != null) {
      text.deepen(SqlText.QUERY);
      tailClauses(tail, new ExpressionPrinter(this, new Scope(around, true)), true);
      text.deepen(-SqlText.QUERY);
    }
  }

  private void tailClauses(BindTrace.Tail tail, ExpressionPrinter expressions, boolean isByNumber) {
    boolean isFirst = true;
    for (BindTrace.Sort sort : tail.orderBy()) {
      if (isFirst) {
        text.clause(" ORDER BY ", 1);
      } else {
        text.add(", ");
      }
      if (isByNumber) {
        text.add(Integer.toString(sort.column() + 1));
      } else {
        expressions.key(sort.key().expression());
      }
      text.add(direction(sort.key()));
      isFirst = false;
    }
    limit(tail.limit(), expressions);
  }
}
