package io.quarkgres.engine.plan;

import io.quarkgres.engine.bind.tree.Modification;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.function.FunctionRegistry;
import io.quarkgres.engine.plan.PlanText.Detail;
import io.quarkgres.engine.type.TypeContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Shows a plan as EXPLAIN (FORMAT JSON) does, with PostgreSQL's names of properties and, where it
 * has such an operator, of nodes. What this server does not know, such as costs and widths, is left
 * out. Thread: any.
 */
public final class PlanJson {
  private final PlanText text;
  private final boolean showsRows;
  private final Function<Plan, Map<String, Object>> measured;

  private final Map<String, Object> always;

  private PlanJson(
      PlanText text,
      boolean showsRows,
      Function<Plan, Map<String, Object>> measured,
      Map<String, Object> always) {
    this.always = always;
    this.text = text;
    this.showsRows = showsRows;
    this.measured = measured;
  }

  /** A value that is written without quotes. */
  public record Raw(String text) {}

  /**
   * Returns the document.
   *
   * @param showsRows whether the expected rows are shown
   * @param isVerbose whether the columns of each operator are shown
   * @param measured what an operator really did, if it ran
   * @param always what is told of each operator at the end
   * @param summary what stands beside the plan
   */
  public static String document(
      PlannedStatement planned,
      FunctionRegistry functions,
      TypeContext types,
      boolean showsRows,
      boolean isVerbose,
      Function<Plan, Map<String, Object>> measured,
      Map<String, Object> always,
      Map<String, Object> summary) {
    PlanText text =
        new PlanText(planned, functions, types, showsRows, isVerbose, plan -> "", plan -> Map.of());
    PlanJson json = new PlanJson(text, showsRows, measured, always);
    Map<String, Object> root = json.node(planned.plan(), null, json.subplans(planned));
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put("Plan", root);
    whole.putAll(summary);
    StringBuilder out = new StringBuilder("[\n  ");
    write(whole, 1, out);
    return out.append("\n]").toString();
  }

  private List<Map<String, Object>> subplans(PlannedStatement planned) {
    List<Map<String, Object>> result = new ArrayList<>();
    int number = 1;
    for (PlannedStatement.Subplan subplan : planned.subplans().values()) {
      String kind = subplan.parameters().isEmpty() ? "InitPlan" : "SubPlan";
      Map<String, Object> node = node(subplan.plan(), kind, List.of());
      node.put("Subplan Name", kind + " " + number++);
      result.add(node);
    }
    return result;
  }

  private Map<String, Object> node(
      Plan plan, String relationship, List<Map<String, Object>> before) {
    Map<String, Object> result = new LinkedHashMap<>();
    Map<String, Object> properties = new LinkedHashMap<>();
    describe(plan, result, properties);
    if (relationship != null) {
      result.put("Parent Relationship", relationship);
    }
    result.put("Parallel Aware", new Raw("false"));
    result.put("Async Capable", new Raw("false"));
    result.putAll(properties);
    if (showsRows) {
      result.put("Plan Rows", new Raw(Long.toString(Math.round(plan.rows()))));
    }
    result.putAll(measured.apply(plan));
    for (Detail detail : text.details(plan)) {
      result.put(detail.label(), detail.isList() ? detail.values() : detail.values().get(0));
    }
    result.putAll(always);
    List<Map<String, Object>> plans = new ArrayList<>(before);
    List<Plan> children = PlanText.children(plan);
    for (int i = 0; i < children.size(); i++) {
      plans.add(node(children.get(i), relationship(plan, i), List.of()));
    }
    if (!plans.isEmpty()) {
      result.put("Plans", plans);
    }
    return result;
  }

  private static String relationship(Plan parent, int child) {
    if (parent instanceof Plan.Append) {
      return "Member";
    }
    return child == 0 ? "Outer" : "Inner";
  }

  /**
   * Says what kind of operator it is.
   *
   * @param identity what stands first
   * @param properties what stands behind the properties that all have
   */
  private void describe(Plan plan, Map<String, Object> identity, Map<String, Object> properties) {
    switch (plan) {
      case Plan.Nothing p -> type("Result", identity);
      case Plan.TableScan p -> scan(p, identity, properties);
      case Plan.ProbedScan p -> scan(p.scan(), identity, properties);
      case Plan.IndexScan p ->
          index(p.index(), p.table(), p.alias(), p.isBackward(), identity, properties);
      case Plan.NearestScan p ->
          index(p.index(), p.table(), p.alias(), false, identity, properties);
      case Plan.VirtualScan p -> {
        type("Seq Scan", identity);
        table(p.table(), p.alias(), properties);
      }
      case Plan.HashJoin p -> join("Hash Join", p.kind(), identity, properties);
      case Plan.NestedLoop p -> join("Nested Loop", p.kind(), identity, properties);
      case Plan.Apply p -> join("Nested Loop", p.kind(), identity, properties);
      case Plan.HashAggregate p -> {
        type("Aggregate", identity);
        identity.put("Strategy", p.spec().keys().isEmpty() ? "Plain" : "Hashed");
      }
      case Plan.TopN p -> type("Sort", identity);
      case Plan.Distinct p -> {
        type("Aggregate", identity);
        identity.put("Strategy", "Hashed");
      }
      case Plan.SetOperation p -> {
        type("SetOp", identity);
        identity.put("Strategy", "Hashed");
      }
      case Plan.CteScan p -> {
        type("CTE Scan", identity);
        if (p.alias() != null) {
          properties.put("Alias", p.alias());
        }
      }
      case Plan.Modify p -> {
        type("ModifyTable", identity);
        identity.put("Operation", operation(p.modification()));
        table(p.modification().table(), null, properties);
      }
      case Plan.SingleRow p -> type(PlanText.title(p), identity);
      case Plan.InputScan p -> type(PlanText.title(p), identity);
      case Plan.ValuesScan p -> type(PlanText.title(p), identity);
      case Plan.FunctionScan p -> type(PlanText.title(p), identity);
      case Plan.Project p -> type("Result", identity);
      case Plan.ProjectSet p -> type(PlanText.title(p), identity);
      case Plan.Filter p -> type(PlanText.title(p), identity);
      case Plan.Window p -> type(PlanText.title(p), identity);
      case Plan.Sort p -> type(PlanText.title(p), identity);
      case Plan.Limit p -> type(PlanText.title(p), identity);
      case Plan.DistinctOn p -> type(PlanText.title(p), identity);
      case Plan.Append p -> type(PlanText.title(p), identity);
      case Plan.With p -> type(PlanText.title(p), identity);
      case Plan.LockRows p -> type(PlanText.title(p), identity);
    }
  }

  private static void type(String name, Map<String, Object> out) {
    out.put("Node Type", name);
  }

  private void scan(
      Plan.TableScan scan, Map<String, Object> identity, Map<String, Object> properties) {
    type("Seq Scan", identity);
    table(scan.table(), scan.alias(), properties);
  }

  private void index(
      IndexEntry index,
      TableEntry table,
      String alias,
      boolean isBackward,
      Map<String, Object> identity,
      Map<String, Object> properties) {
    type("Index Scan", identity);
    properties.put("Scan Direction", isBackward ? "Backward" : "Forward");
    properties.put("Index Name", index.name());
    table(table, alias, properties);
  }

  private static void join(
      String name,
      Plan.JoinKind kind,
      Map<String, Object> identity,
      Map<String, Object> properties) {
    type(name, identity);
    String word = PlanText.kind(kind).strip();
    properties.put("Join Type", word.isEmpty() ? "Inner" : word);
  }

  private void table(RelationEntry table, String alias, Map<String, Object> out) {
    out.put("Relation Name", table.name());
    if (text.isVerbose()) {
      out.put("Schema", table.schema());
    }
    out.put("Alias", alias == null ? table.name() : alias);
  }

  private static String operation(Modification modification) {
    return switch (modification) {
      case Modification.Insert m -> "Insert";
      case Modification.Update m -> "Update";
      case Modification.Delete m -> "Delete";
      case Modification.Merge m -> "Merge";
    };
  }

  private static void write(Object value, int depth, StringBuilder out) {
    switch (value) {
      case Raw raw -> out.append(raw.text());
      case Map<?, ?> map -> writeObject(map, depth, out);
      case List<?> list -> writeList(list, depth, out);
      default -> quote(value.toString(), out);
    }
  }

  private static void writeObject(Map<?, ?> map, int depth, StringBuilder out) {
    out.append('{');
    String separator = "";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.append(separator).append('\n').append("  ".repeat(depth + 1));
      quote(entry.getKey().toString(), out);
      out.append(": ");
      write(entry.getValue(), depth + 1, out);
      separator = ",";
    }
    out.append('\n').append("  ".repeat(depth)).append('}');
  }

  /** Nodes stand on lines of their own, texts in one. */
  private static void writeList(List<?> list, int depth, StringBuilder out) {
    boolean isOfNodes = list.stream().anyMatch(Map.class::isInstance) || list.isEmpty();
    out.append('[');
    String separator = "";
    for (Object item : list) {
      out.append(separator);
      if (isOfNodes) {
        out.append('\n').append("  ".repeat(depth + 1));
      }
      write(item, depth + 1, out);
      separator = isOfNodes ? "," : ", ";
    }
    if (isOfNodes) {
      out.append('\n').append("  ".repeat(depth));
    }
    out.append(']');
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ') {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
