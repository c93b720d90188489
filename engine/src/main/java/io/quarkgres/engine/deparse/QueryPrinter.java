package io.quarkgres.engine.deparse;

import io.quarkgres.engine.ast.Query;
import io.quarkgres.engine.ast.QueryBody;
import io.quarkgres.engine.ast.With;
import io.quarkgres.engine.bind.BindTrace;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Prints queries: WITH, one body or several, and what comes behind them. Used by one thread. */
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
        SelectPrinter printer = new SelectPrinter(this, scope);
        printer.print(top, select, from, columns, areNamesSeen);
        printer.locking(top);
      }
      case QueryBody.Values values -> {
        with(query.with(), around);
        values(top, values, around);
      }
      case QueryBody.SetOperation operation -> {
        with(query.with(), around);
        new SetOperationPrinter(this).print(operation, around, columns, areNamesSeen);
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

  /** Tells whether there is an ORDER BY, a LIMIT or a lock behind a query. */
  static boolean hasTail(Query query) {
    return !query.orderBy().isEmpty() || query.limit() != null || !query.locking().isEmpty();
  }

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

  /** Prints the first word of a query, whose clauses stand deeper. */
  void begin(String word) {
    if (text.style().isIndented()) {
      text.deepen(SqlText.QUERY);
      text.add(" ");
    }
    text.add(word);
  }

  /** Ends what {@link #begin} began. */
  void end() {
    if (text.style().isIndented()) {
      text.deepen(-SqlText.QUERY);
    }
  }

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
      new TailPrinter(expressions).print(tail);
    }
    end();
  }

  private void tail(BindTrace.Tail tail, Scope around) {
    if (tail != null) {
      text.deepen(SqlText.QUERY);
      new TailPrinter(new ExpressionPrinter(this, new Scope(around, true))).print(tail);
      text.deepen(-SqlText.QUERY);
    }
  }
}
