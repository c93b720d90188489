package io.quarkgres.engine.deparse;

import io.quarkgres.engine.ast.Query;
import io.quarkgres.engine.ast.QueryBody;
import io.quarkgres.engine.ast.WindowSpecification;
import io.quarkgres.engine.bind.BindTrace;
import io.quarkgres.engine.bind.tree.BoundExpr;
import java.util.ArrayList;
import java.util.List;

/** Prints a SELECT, clause by clause. Used by one thread. */
final class SelectPrinter {
  private final QueryPrinter queries;
  private final BindTrace trace;
  private final Scope scope;
  private final ExpressionPrinter expressions;
  private final SqlText text;

  SelectPrinter(QueryPrinter queries, Scope scope) {
    this.queries = queries;
    this.trace = queries.trace();
    this.scope = scope;
    this.expressions = new ExpressionPrinter(queries, scope);
    this.text = queries.text();
  }

  /**
   * Prints a SELECT without its row locks.
   *
   * @param query the query whose body it is
   * @param columns the names that its columns get, or {@code null} for their own
   * @param areNamesSeen whether anybody sees the names of its columns
   */
  void print(
      Query query,
      QueryBody.Select syntax,
      FromPrinter from,
      List<String> columns,
      boolean areNamesSeen) {
    BindTrace.Select select = trace.select(syntax);
    queries.begin("SELECT");
    distinct(syntax, select);
    targets(select, columns, areNamesSeen);
    from.print(syntax.from());
    if (select.where() != null) {
      text.clause(" WHERE ", 1);
      expressions.printHidden(select.where());
    }
    if (syntax.groupBy() != null) {
      new GroupingPrinter(expressions).print(syntax.groupBy());
    }
    if (select.having() != null) {
      text.clause(" HAVING ", 0);
      expressions.printHidden(select.having());
    }
    windows(syntax.windows());
    orderBy(select);
    new TailPrinter(expressions).limit(select.limit());
    if (query.limit() != null && query.limit().count() == null && query.limit().offset() == null) {
      text.clause(" LIMIT ALL", 0);
    }
    queries.end();
  }

  private void distinct(QueryBody.Select syntax, BindTrace.Select select) {
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

  private void targets(BindTrace.Select select, List<String> columns, boolean areNamesSeen) {
    int number = 0;
    for (BindTrace.Column column : select.columns()) {
      if (column.isJunk()) {
        continue;
      }
      String name = columns == null ? column.name() : columns.get(number);
      String item = text.apart(() -> target(column.expr(), name, areNamesSeen));
      text.add(number == 0 ? " " : ", ");
      text.item(item, number == 0);
      number++;
    }
  }

  private void target(BoundExpr expr, String name, boolean areNamesSeen) {
    String own = expressions.target(expr);
    if (own == null && !areNamesSeen) {
      own = "?column?";
    }
    if (!name.equals(own)) {
      text.add(" AS ").add(ObjectNames.quote(name));
    }
  }

  private void windows(List<WindowSpecification.Definition> windows) {
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

  private void orderBy(BindTrace.Select select) {
    boolean isFirst = true;
    for (BindTrace.Sort sort : select.orderBy()) {
      if (isFirst) {
        text.clause(" ORDER BY ", 1);
      } else {
        text.add(", ");
      }
      expressions.key(select.columns().get(sort.column()).expr());
      text.add(TailPrinter.direction(sort.key()));
      isFirst = false;
    }
  }

  /** Prints the row locks of a query. */
  void locking(Query query) {
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
}
