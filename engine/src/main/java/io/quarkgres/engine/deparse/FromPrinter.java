package io.quarkgres.engine.deparse;

import io.quarkgres.engine.ast.Alias;
import io.quarkgres.engine.ast.ColumnDefinition;
import io.quarkgres.engine.ast.FromItem;
import io.quarkgres.engine.bind.BindTrace;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.catalog.ColumnEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Prints FROM. Used by one thread. */
final class FromPrinter {
  private final QueryPrinter queries;
  private final Scope scope;
  private final SqlText text;
  private final Map<FromItem, String> names = new IdentityHashMap<>();

  FromPrinter(QueryPrinter queries, Scope scope) {
    this.queries = queries;
    this.scope = scope;
    this.text = queries.text();
  }

  /** Gives the items their names. */
  void enter(List<FromItem> items) {
    items.forEach(this::enter);
  }

  private void enter(FromItem item) {
    if (!(item instanceof FromItem.Join join)) {
      BindTrace.Item bound = queries.trace().item(item);
      names.put(item, scope.add(bound));
      queries.use(bound.entry());
      return;
    }
    enter(join.left());
    enter(join.right());
    BindTrace.Join bound = queries.trace().join(join);
    useMerged(bound);
    if (join.alias() != null) {
      names.put(join, scope.addJoin(join.alias().name(), bound.all()));
    } else {
      scope.addMerged(bound);
    }
  }

  /** A merged column reads those that it is merged of, even where only it is named. */
  private void useMerged(BindTrace.Join join) {
    for (BindTrace.ItemColumn column : join.merged()) {
      Expressions.walk(
          column.expr(),
          e -> {
            if (e instanceof BoundExpr.ColumnRef ref) {
              queries.use(scope.item(ref.relation()), ref);
            }
          });
    }
  }

  void print(List<FromItem> items) {
    for (int i = 0; i < items.size(); i++) {
      FromItem item = items.get(i);
      if (i == 0) {
        text.clause(" FROM ", 2);
        print(item);
      } else {
        String printed = text.apart(() -> print(item));
        text.add(", ");
        text.item(printed, false);
      }
    }
  }

  private void print(FromItem item) {
    switch (item) {
      case FromItem.Table table -> table(table);
      case FromItem.Subquery subquery -> subquery(subquery);
      case FromItem.Functions functions -> functions(functions);
      case FromItem.Join join -> join(join);
    }
  }

  private void table(FromItem.Table table) {
    BindTrace.Item item = queries.trace().item(table);
    text.add(table.isOnly() ? "ONLY " : "");
    boolean isCommonTable = item.entry() == null;
    text.add(
        isCommonTable
            ? ObjectNames.quote(table.name().name())
            : queries.names().relation(item.entry()));
    String own = isCommonTable ? table.name().name() : item.entry().name();
    String name = names.get(table);
    if (table.alias() != null || !name.equals(own)) {
      text.add(" ").add(ObjectNames.quote(name));
    }
    List<String> shown = item.columns().stream().map(BindTrace.ItemColumn::name).toList();
    boolean isRenamed =
        isCommonTable
            ? table.alias() != null && !table.alias().columns().isEmpty()
            : !shown.equals(
                item.entry().columns().stream()
                    .filter(c -> !c.isDropped())
                    .map(ColumnEntry::name)
                    .toList());
    if (isRenamed) {
      text.add("(").add(QueryPrinter.quotedList(shown)).add(")");
    }
  }

  private void subquery(FromItem.Subquery subquery) {
    text.add(subquery.isLateral() ? "LATERAL (" : "(");
    queries.print(subquery.query(), scope, null, true);
    text.add(") ").add(ObjectNames.quote(names.get(subquery)));
    if (!subquery.alias().columns().isEmpty()) {
      columns(subquery);
    }
  }

  private void columns(FromItem item) {
    List<String> shown = new ArrayList<>();
    queries.trace().item(item).columns().forEach(c -> shown.add(c.name()));
    text.add("(").add(QueryPrinter.quotedList(shown)).add(")");
  }

  private void functions(FromItem.Functions functions) {
    BindTrace.Item item = queries.trace().item(functions);
    List<Relation.TableFunction> bound = functionsOf(item.source());
    text.add(functions.isLateral() || refersToOthers(bound) ? "LATERAL " : "");
    if (functions.functions().size() == 1 && bound.size() > 1) {
      unnest(bound);
      ordinality(functions);
      columns(functions);
      return;
    }
    boolean isRowsFrom = functions.isRowsFrom() || bound.size() > 1;
    text.add(isRowsFrom ? "ROWS FROM(" : "");
    String separator = "";
    for (int i = 0; i < bound.size(); i++) {
      text.add(separator);
      new ExpressionPrinter(queries, scope).tableFunction(bound.get(i));
      if (bound.size() == functions.functions().size()) {
        definitions(functions.functions().get(i).columns(), isRowsFrom);
      }
      separator = ", ";
    }
    text.add(isRowsFrom ? ")" : "");
    ordinality(functions);
    boolean isDefined = functions.functions().stream().anyMatch(f -> !f.columns().isEmpty());
    if (isDefined && !isRowsFrom) {
      text.add("(").add(definitionList(functions.functions().get(0).columns())).add(")");
    } else {
      columns(functions);
    }
  }

  private void ordinality(FromItem.Functions functions) {
    text.add(functions.isWithOrdinality() ? " WITH ORDINALITY" : "");
    text.add(" ").add(ObjectNames.quote(names.get(functions)));
  }

  /** Several arrays side by side, written as one call. */
  private void unnest(List<Relation.TableFunction> bound) {
    text.add("UNNEST(");
    String separator = "";
    for (Relation.TableFunction function : bound) {
      text.add(separator);
      new ExpressionPrinter(queries, scope).print(function.arguments().get(0));
      separator = ", ";
    }
    text.add(")");
  }

  private static boolean refersToOthers(List<Relation.TableFunction> functions) {
    boolean[] found = new boolean[1];
    for (Relation.TableFunction function : functions) {
      List<BoundExpr> all = new ArrayList<>(function.arguments());
      if (function.scalar() != null) {
        all.add(function.scalar());
      }
      all.forEach(a -> Expressions.walk(a, e -> found[0] |= e instanceof BoundExpr.ColumnRef));
    }
    return found[0];
  }

  private void definitions(List<ColumnDefinition> columns, boolean isRowsFrom) {
    if (isRowsFrom && !columns.isEmpty()) {
      text.add(" AS (").add(definitionList(columns)).add(")");
    }
  }

  private String definitionList(List<ColumnDefinition> columns) {
    List<String> result = new ArrayList<>();
    for (ColumnDefinition column : columns) {
      result.add(ObjectNames.quote(column.name()) + " " + column.type().name().name());
    }
    return String.join(", ", result);
  }

  private static List<Relation.TableFunction> functionsOf(Relation source) {
    return source instanceof Relation.Project project
        ? functionsOf(project.input())
        : ((Relation.FunctionScan) source).functions();
  }

  // ---- joins ----

  private void join(FromItem.Join join) {
    BindTrace.Join bound = queries.trace().join(join);
    boolean isNamed = join.alias() != null;
    boolean isInParentheses = !text.style().isPretty() || isNamed;
    Map<Long, String> hidden = isNamed ? scope.hideJoined() : new HashMap<>();
    text.add(isInParentheses ? "(" : "");
    print(join.left());
    boolean hasCondition = bound.condition() != null || !using(bound).isEmpty();
    String word =
        switch (join.type()) {
          case INNER -> hasCondition ? " JOIN " : " CROSS JOIN ";
          case LEFT -> " LEFT JOIN ";
          case RIGHT -> " RIGHT JOIN ";
          case FULL -> " FULL JOIN ";
        };
    text.clause(word, 4);
    boolean isRightJoin = join.right() instanceof FromItem.Join right && right.alias() == null;
    text.add(isRightJoin && text.style().isPretty() ? "(" : "");
    print(join.right());
    text.add(isRightJoin && text.style().isPretty() ? ")" : "");
    if (!using(bound).isEmpty()) {
      text.add(" USING (").add(QueryPrinter.quotedList(using(bound))).add(")");
      alias(join.usingAlias());
    } else if (bound.condition() != null) {
      on(bound.condition());
    } else if (join.type() != FromItem.JoinType.INNER) {
      text.add(" ON TRUE");
    }
    text.add(isInParentheses ? ")" : "");
    scope.showJoined(hidden);
    if (isNamed) {
      text.add(" ").add(ObjectNames.quote(names.get(join)));
      if (!join.alias().columns().isEmpty()) {
        List<String> shown = bound.all().stream().map(BindTrace.ItemColumn::name).toList();
        text.add("(").add(QueryPrinter.quotedList(shown)).add(")");
      }
    }
  }

  private void alias(Alias alias) {
    if (alias != null) {
      text.add(" AS ").add(ObjectNames.quote(alias.name()));
    }
  }

  private static List<String> using(BindTrace.Join bound) {
    return bound.merged().stream().map(BindTrace.ItemColumn::name).toList();
  }

  private void on(BoundExpr condition) {
    text.add(" ON ");
    text.add(text.style().isPretty() ? "" : "(");
    new ExpressionPrinter(queries, scope).printHidden(condition);
    text.add(text.style().isPretty() ? "" : ")");
  }
}
