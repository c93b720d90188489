package io.quarkgres.engine.plan;

import io.quarkgres.engine.bind.Modification;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Shows a plan as EXPLAIN does: the operators that really run, by PostgreSQL's names where it has
 * them, indented below their parents. Thread: any.
 */
public final class PlanText {
  private final boolean showsRows;
  private final Function<Plan, String> suffix;
  private final List<String> lines = new ArrayList<>();

  private PlanText(boolean showsRows, Function<Plan, String> suffix) {
    this.showsRows = showsRows;
    this.suffix = suffix;
  }

  /**
   * Returns the lines for a statement.
   *
   * @param showsRows whether the expected rows are shown
   * @param suffix what to add to an operator's line, such as what it really did
   */
  public static List<String> lines(
      PlannedStatement planned, boolean showsRows, Function<Plan, String> suffix) {
    PlanText text = new PlanText(showsRows, suffix);
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
    for (String detail : details(plan)) {
      lines.add(" ".repeat(2 + 6 * depth) + detail);
    }
    for (Plan child : children(plan)) {
      add(child, depth + 1, null);
    }
  }

  private static String on(String table, String alias) {
    return " on " + table + (alias == null || alias.equals(table) ? "" : " " + alias);
  }

  private static String title(Plan plan) {
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
        };
    return verb + " on " + modification.table().name();
  }

  private static String kind(Plan.JoinKind kind) {
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

  private static List<String> details(Plan plan) {
    List<String> result = new ArrayList<>();
    switch (plan) {
      case Plan.IndexScan p -> {
        if (!p.bounds().equals(Plan.KeyBounds.NONE)) {
          result.add("Index Cond: " + keys(p));
        }
        filter(p.filter() != null, result);
      }
      case Plan.NearestScan p -> {
        result.add("Order By: distance");
        filter(p.filter() != null, result);
      }
      case Plan.TableScan p -> filter(p.filter() != null, result);
      case Plan.ProbedScan p -> {
        result.add("Hash Keys: " + p.scanKeys().size());
        filter(p.fixed().filter() != null || p.residual() != null, result);
      }
      case Plan.VirtualScan p -> filter(p.filter() != null, result);
      case Plan.HashAggregate p -> {
        if (!p.spec().keys().isEmpty()) {
          result.add("Group Keys: " + p.spec().keys().size());
        }
      }
      case Plan.Sort p -> result.add("Sort Keys: " + p.keys().size());
      case Plan.TopN p -> result.add("Sort Keys: " + p.keys().size());
      default -> {}
    }
    return result;
  }

  private static void filter(boolean hasFilter, List<String> out) {
    if (hasFilter) {
      out.add("Filter: yes");
    }
  }

  private static String keys(Plan.IndexScan p) {
    int equal = p.bounds().equal().isEmpty() ? 0 : p.bounds().equal().get(0).size();
    boolean isAny = p.bounds().arrayKey() != null;
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < p.index().columns().size(); i++) {
      String name = p.index().columns().get(i).name();
      if (i < equal) {
        parts.add(name + " =");
      } else if (i == 0 && isAny) {
        parts.add(name + " = ANY");
      } else if (i == equal && (p.bounds().low() != null || p.bounds().high() != null)) {
        parts.add(name + " in range");
      }
    }
    return String.join(", ", parts);
  }

  private static List<Plan> children(Plan plan) {
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
