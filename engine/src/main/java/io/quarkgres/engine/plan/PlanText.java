package io.quarkgres.engine.plan;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Modification;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.function.FunctionRegistry;
import io.quarkgres.engine.type.TypeContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Shows a plan as EXPLAIN does: the operators that really run, by PostgreSQL's names where it has
 * them, indented below their parents. Thread: any.
 */
public final class PlanText {
  private final boolean showsRows;
  private final boolean isVerbose;
  private final Function<Plan, String> suffix;
  private final Function<Plan, Map<String, Object>> notes;
  private final List<String> lines = new ArrayList<>();
  private final Map<Integer, String> aliases = new HashMap<>();
  private final Map<BoundExpr.Subquery, String> subqueries = new IdentityHashMap<>();
  private final ExpressionText expressions;
  private final Map<Long, BoundExpr> computed = new HashMap<>();

  /** What is told about an operator below its line. Several values are of equal rank. */
  record Detail(String label, List<String> values, boolean isList) {
    Detail(String label, String value) {
      this(label, List.of(value), false);
    }

    String text() {
      return label + ": " + String.join(", ", values);
    }
  }

  PlanText(
      PlannedStatement planned,
      FunctionRegistry functions,
      TypeContext types,
      boolean showsRows,
      boolean isVerbose,
      Function<Plan, String> suffix,
      Function<Plan, Map<String, Object>> notes) {
    this.showsRows = showsRows;
    this.notes = notes;
    this.isVerbose = isVerbose;
    this.suffix = suffix;
    collect(planned.plan());
    int number = 1;
    for (Map.Entry<BoundExpr.Subquery, PlannedStatement.Subplan> e :
        planned.subplans().entrySet()) {
      collect(e.getValue().plan());
      boolean isInitial =
          e.getValue().parameters().isEmpty() && e.getKey().kind() == BoundExpr.SubqueryKind.SCALAR;
      subqueries.put(e.getKey(), isInitial ? "$" + (number - 1) : "(SubPlan " + number + ")");
      number++;
    }
    boolean isQualified = isVerbose || aliases.size() > 1;
    this.expressions =
        new ExpressionText(
            functions,
            types,
            relation -> isQualified ? aliases.get(relation) : null,
            ref -> computed.get(UsedColumns.key(ref.relation(), ref.column())),
            subquery -> subqueries.getOrDefault(subquery, "(SubPlan)"));
  }

  /** Notes what relations and computed columns are called. */
  private void collect(Plan plan) {
    switch (plan) {
      case Plan.TableScan p -> aliases.put(p.relation(), p.alias());
      case Plan.ProbedScan p -> aliases.put(p.scan().relation(), p.scan().alias());
      case Plan.IndexScan p -> aliases.put(p.relation(), p.alias());
      case Plan.NearestScan p -> aliases.put(p.relation(), p.alias());
      case Plan.VirtualScan p -> aliases.put(p.relation(), p.alias());
      case Plan.CteScan p -> aliases.put(p.relation(), p.alias());
      case Plan.Project p -> {
        for (int i = 0; i < p.expressions().size(); i++) {
          note(p.outputs().get(i), p.expressions().get(i));
        }
      }
      case Plan.HashAggregate p -> {
        for (int i = 0; i < p.spec().keys().size(); i++) {
          note(p.outputs().get(i), p.spec().keys().get(i));
        }
      }
      case Plan.SingleRow _,
          Plan.Nothing _,
          Plan.InputScan _,
          Plan.ValuesScan _,
          Plan.FunctionScan _,
          Plan.ProjectSet _,
          Plan.Filter _,
          Plan.HashJoin _,
          Plan.NestedLoop _,
          Plan.Apply _,
          Plan.Window _,
          Plan.Sort _,
          Plan.TopN _,
          Plan.Limit _,
          Plan.Distinct _,
          Plan.DistinctOn _,
          Plan.Append _,
          Plan.SetOperation _,
          Plan.With _,
          Plan.LockRows _,
          Plan.Modify _ -> {}
    }
    children(plan).forEach(this::collect);
  }

  private void note(OutputColumn output, BoundExpr expr) {
    computed.putIfAbsent(UsedColumns.key(output.relation(), output.column()), expr);
  }

  boolean isVerbose() {
    return isVerbose;
  }

  /**
   * Returns the lines for a statement.
   *
   * @param functions the operators, by which calls are shown
   * @param types how constants are shown
   * @param showsRows whether the expected rows are shown
   * @param isVerbose whether the columns of each operator are shown
   * @param suffix what to add to an operator's line, such as what it really did
   * @param notes what else the operator tells of what it did
   */
  public static List<String> lines(
      PlannedStatement planned,
      FunctionRegistry functions,
      TypeContext types,
      boolean showsRows,
      boolean isVerbose,
      Function<Plan, String> suffix,
      Function<Plan, Map<String, Object>> notes) {
    PlanText text = new PlanText(planned, functions, types, showsRows, isVerbose, suffix, notes);
    text.add(planned.plan(), 0, null);
    int number = 1;
    for (PlannedStatement.Subplan subplan : planned.subplans().values()) {
      String kind = subplan.parameters().isEmpty() ? "InitPlan " : "SubPlan ";
      text.lines.add("  " + kind + number++);
      text.add(subplan.plan(), 2, null);
    }
    return text.lines;
  }

  private void add(Plan plan, int depth, String role) {
    String indent = depth == 0 ? "" : " ".repeat(2 + 6 * (depth - 1)) + "->  ";
    String rows =
        showsRows ? String.format(Locale.ROOT, "  (rows=%d)", Math.round(plan.rows())) : "";
    String prefix = role == null ? "" : role + ": ";
    lines.add(indent + prefix + title(plan) + rows + suffix.apply(plan));
    for (Detail detail : details(plan)) {
      lines.add(" ".repeat(2 + 6 * depth) + detail.text());
    }
    NoteText.lines(notes.apply(plan)).forEach(line -> lines.add(" ".repeat(2 + 6 * depth) + line));
    for (Plan child : children(plan)) {
      add(child, depth + 1, null);
    }
  }

  private static String on(String table, String alias) {
    return " on " + table + (alias == null || alias.equals(table) ? "" : " " + alias);
  }

  /** Returns the line of an operator without what it did. */
  static String title(Plan plan) {
    return switch (plan) {
      case Plan.SingleRow p -> "Result";
      case Plan.Nothing p -> "Result (no rows)";
      case Plan.InputScan p -> "Input Scan";
      case Plan.TableScan p -> "Seq Scan" + on(p.table().name(), p.alias());
      case Plan.ProbedScan p -> "Hashed " + title(p.scan());
      case Plan.IndexScan p ->
          "Index Scan "
              + (p.isBackward() ? "Backward " : "")
              + "using "
              + p.index().name()
              + on(p.table().name(), p.alias());
      case Plan.NearestScan p ->
          "Index Scan using " + p.index().name() + on(p.table().name(), p.alias());
      case Plan.VirtualScan p -> "Catalog Scan" + on(p.table().name(), p.alias());
      case Plan.ValuesScan p -> "Values Scan";
      case Plan.FunctionScan p -> "Function Scan";
      case Plan.Project p -> "Project";
      case Plan.ProjectSet p -> "ProjectSet";
      case Plan.Filter p -> "Filter";
      case Plan.HashJoin p -> "Hash" + kind(p.kind()) + " Join";
      case Plan.NestedLoop p -> "Nested Loop" + kind(p.kind());
      case Plan.Apply p -> "Apply" + kind(p.kind());
      case Plan.HashAggregate p -> p.spec().keys().isEmpty() ? "Aggregate" : "HashAggregate";
      case Plan.Window p -> "WindowAgg";
      case Plan.Sort p -> "Sort";
      case Plan.TopN p -> "Top-N Sort";
      case Plan.Limit p -> "Limit";
      case Plan.Distinct p -> "HashDistinct";
      case Plan.DistinctOn p -> "Unique";
      case Plan.Append p -> "Append";
      case Plan.SetOperation p -> "HashSetOp " + p.kind() + (p.isAll() ? " ALL" : "");
      case Plan.With p -> "With";
      case Plan.CteScan p -> "CTE Scan" + (p.alias() == null ? "" : " on " + p.alias());
      case Plan.LockRows p -> "LockRows";
      case Plan.Modify p -> modification(p.modification());
    };
  }

  private static String modification(Modification modification) {
    String verb =
        switch (modification) {
          case Modification.Insert m -> "Insert";
          case Modification.Update m -> "Update";
          case Modification.Delete m -> "Delete";
          case Modification.Merge m -> "Merge";
        };
    return verb + " on " + modification.table().name();
  }

  /** Returns the word for a kind of join, with a blank before it; none for an inner join. */
  static String kind(Plan.JoinKind kind) {
    return switch (kind) {
      case INNER -> "";
      case LEFT -> " Left";
      case RIGHT -> " Right";
      case FULL -> " Full";
      case SEMI -> " Semi";
      case ANTI -> " Anti";
      case NULL_AWARE_ANTI -> " Null-Aware Anti";
    };
  }

  /** Returns what is told about an operator. */
  List<Detail> details(Plan plan) {
    List<Detail> result = new ArrayList<>();
    if (isVerbose && !plan.outputs().isEmpty()) {
      List<String> outputs =
          plan.outputs().stream().map(output -> expressions.print(output.ref())).toList();
      result.add(new Detail("Output", outputs, true));
    }
    switch (plan) {
      case Plan.IndexScan p -> {
        List<String> conditions = keys(p);
        if (!conditions.isEmpty()) {
          result.add(new Detail("Index Cond", together(conditions)));
        }
        condition("Filter", p.filter(), result);
      }
      case Plan.NearestScan p -> {
        result.add(
            new Detail("Order By", "(" + p.index().columns().get(0).name() + orderBy(p) + ")"));
        condition("Filter", p.filter(), result);
      }
      case Plan.TableScan p -> condition("Filter", p.filter(), result);
      case Plan.ProbedScan p -> condition("Filter", p.scan().filter(), result);
      case Plan.VirtualScan p -> condition("Filter", p.filter(), result);
      case Plan.Filter p -> condition("Filter", p.predicate(), result);
      case Plan.HashJoin p -> {
        List<String> conditions = new ArrayList<>();
        for (int i = 0; i < p.leftKeys().size(); i++) {
          conditions.add(
              "("
                  + expressions.print(p.leftKeys().get(i))
                  + " = "
                  + expressions.print(p.rightKeys().get(i))
                  + ")");
        }
        result.add(new Detail("Hash Cond", together(conditions)));
        condition("Join Filter", p.residual(), result);
      }
      case Plan.NestedLoop p -> condition("Join Filter", p.condition(), result);
      case Plan.Apply p -> condition("Join Filter", p.condition(), result);
      case Plan.HashAggregate p -> {
        if (!p.spec().keys().isEmpty()) {
          List<String> keys = p.spec().keys().stream().map(expressions::print).toList();
          result.add(new Detail("Group Key", keys, true));
        }
      }
      case Plan.Window p -> {
        String name = p.isSorted() ? "Presorted Key" : "Sort Key";
        List<Relation.SortKey> keys = WindowPlanner.sortKeys(p.spec());
        if (!keys.isEmpty()) {
          result.add(new Detail(name, sortKeys(keys), true));
        }
      }
      case Plan.Sort p -> result.add(new Detail("Sort Key", sortKeys(p.keys()), true));
      case Plan.TopN p -> result.add(new Detail("Sort Key", sortKeys(p.keys()), true));
      case Plan.SingleRow _,
          Plan.Nothing _,
          Plan.InputScan _,
          Plan.ValuesScan _,
          Plan.FunctionScan _,
          Plan.Project _,
          Plan.ProjectSet _,
          Plan.Limit _,
          Plan.Distinct _,
          Plan.DistinctOn _,
          Plan.Append _,
          Plan.SetOperation _,
          Plan.With _,
          Plan.CteScan _,
          Plan.LockRows _,
          Plan.Modify _ -> {}
    }
    return result;
  }

  private void condition(String label, BoundExpr condition, List<Detail> out) {
    if (condition != null) {
      out.add(new Detail(label, expressions.print(condition)));
    }
  }

  private static String together(List<String> conditions) {
    return conditions.size() == 1
        ? conditions.get(0)
        : "(" + String.join(" AND ", conditions) + ")";
  }

  private String orderBy(Plan.NearestScan p) {
    String symbol = expressions.symbol(p.index().orderingFunction());
    return " " + (symbol == null ? "<->" : symbol) + " " + expressions.print(p.query());
  }

  private List<String> sortKeys(List<Relation.SortKey> keys) {
    List<String> parts = new ArrayList<>();
    for (Relation.SortKey key : keys) {
      String nulls =
          key.nullsFirst() == key.isDescending()
              ? ""
              : key.nullsFirst() ? " NULLS FIRST" : " NULLS LAST";
      parts.add(expressions.print(key.expression()) + (key.isDescending() ? " DESC" : "") + nulls);
    }
    return parts;
  }

  /** Returns the bounds of an index scan as conditions on the index's columns. */
  private List<String> keys(Plan.IndexScan p) {
    Plan.KeyBounds bounds = p.bounds();
    List<String> parts = new ArrayList<>();
    if (bounds.arrayKey() != null) {
      parts.add("(" + key(p, 0) + " = ANY (" + expressions.print(bounds.arrayKey()) + "))");
      return parts;
    }
    if (bounds.equal().size() > 1) {
      List<String> alternatives = new ArrayList<>();
      for (List<BoundExpr> values : bounds.equal()) {
        alternatives.add("(" + key(p, 0) + " = " + expressions.print(values.get(0)) + ")");
      }
      parts.add("(" + String.join(" OR ", alternatives) + ")");
      return parts;
    }
    List<BoundExpr> equal = bounds.equal().isEmpty() ? List.of() : bounds.equal().get(0);
    for (int i = 0; i < equal.size(); i++) {
      parts.add("(" + key(p, i) + " = " + expressions.print(equal.get(i)) + ")");
    }
    if (bounds.low() != null) {
      String operator = bounds.isLowInclusive() ? " >= " : " > ";
      parts.add("(" + key(p, equal.size()) + operator + expressions.print(bounds.low()) + ")");
    }
    if (bounds.high() != null) {
      String operator = bounds.isHighInclusive() ? " <= " : " < ";
      parts.add("(" + key(p, equal.size()) + operator + expressions.print(bounds.high()) + ")");
    }
    return parts;
  }

  private static String key(Plan.IndexScan p, int key) {
    String expression = p.index().keys().get(key).expressionSql();
    return expression == null
        ? ExpressionText.quoted(p.index().columns().get(key).name())
        : expression.matches("\\w+\\(.*\\)|\\(.*\\)") ? expression : "(" + expression + ")";
  }

  /** Returns the inputs of an operator. */
  static List<Plan> children(Plan plan) {
    return switch (plan) {
      case Plan.SingleRow p -> List.of();
      case Plan.Nothing p -> List.of();
      case Plan.InputScan p -> List.of();
      case Plan.TableScan p -> List.of();
      case Plan.ProbedScan p -> List.of();
      case Plan.IndexScan p -> List.of();
      case Plan.NearestScan p -> List.of();
      case Plan.VirtualScan p -> List.of();
      case Plan.ValuesScan p -> List.of();
      case Plan.FunctionScan p -> List.of();
      case Plan.CteScan p -> List.of();
      case Plan.Project p -> List.of(p.input());
      case Plan.ProjectSet p -> List.of(p.input());
      case Plan.Filter p -> List.of(p.input());
      case Plan.HashJoin p -> List.of(p.left(), p.right());
      case Plan.NestedLoop p -> List.of(p.left(), p.right());
      case Plan.Apply p -> List.of(p.left(), p.right());
      case Plan.HashAggregate p -> List.of(p.input());
      case Plan.Window p -> List.of(p.input());
      case Plan.Sort p -> List.of(p.input());
      case Plan.TopN p -> List.of(p.input());
      case Plan.Limit p -> List.of(p.input());
      case Plan.Distinct p -> List.of(p.input());
      case Plan.DistinctOn p -> List.of(p.input());
      case Plan.Append p -> p.inputs();
      case Plan.SetOperation p -> List.of(p.left(), p.right());
      case Plan.With p -> withChildren(p);
      case Plan.LockRows p -> List.of(p.input());
      case Plan.Modify p -> List.of(p.source());
    };
  }

  private static List<Plan> withChildren(Plan.With with) {
    List<Plan> result = new ArrayList<>();
    for (Plan.CtePlan cte : with.ctes()) {
      result.add(cte.query());
      if (cte.recursive() != null) {
        result.add(cte.recursive());
      }
    }
    result.add(with.body());
    return result;
  }
}
