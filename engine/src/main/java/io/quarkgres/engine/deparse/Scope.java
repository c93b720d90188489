package io.quarkgres.engine.deparse;

import io.quarkgres.engine.bind.BindTrace;
import io.quarkgres.engine.bind.tree.BoundExpr;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What columns are called in a query and those around it. Names of items are unique over all
 * levels, so that a column of an outer query cannot be taken for one of an inner. One thread.
 */
final class Scope {
  private final Scope parent;
  private final boolean isQualified;
  private final Set<String> names = new LinkedHashSet<>();
  private final Map<Integer, String> relations = new HashMap<>();
  private final Map<Long, String> columns = new HashMap<>();
  private final Map<Integer, BindTrace.Item> origins = new HashMap<>();
  private final List<Merged> merged = new ArrayList<>();
  private final Map<Long, String> joined = new HashMap<>();

  /** A merged column of a join: it has no table. */
  private record Merged(String name, BoundExpr expr) {}

  Scope(Scope parent, boolean isQualified) {
    this.parent = parent;
    this.isQualified = isQualified;
  }

  /** Adds an item and returns the name that it gets. */
  String add(BindTrace.Item item) {
    String name = unique(item.name());
    relations.put(item.relation(), name);
    origins.put(item.relation(), item);
    for (BindTrace.ItemColumn column : item.columns()) {
      if (column.expr() instanceof BoundExpr.ColumnRef ref) {
        columns.put(key(ref), qualified(name, column.name()));
      }
    }
    return name;
  }

  /** Adds the one relation that an expression outside of queries is over. */
  void add(int relation, List<String> columnNames) {
    for (int i = 0; i < columnNames.size(); i++) {
      columns.put((long) relation << 32 | i, ObjectNames.quote(columnNames.get(i)));
    }
  }

  /** Adds the value that a condition of a domain is about. */
  void addValue(int relation) {
    columns.put((long) relation << 32, "VALUE");
  }

  /** Adds the merged columns of a join. */
  void addMerged(BindTrace.Join join) {
    for (BindTrace.ItemColumn column : join.merged()) {
      if (!(column.expr() instanceof BoundExpr.ColumnRef)) {
        merged.add(new Merged(ObjectNames.quote(column.name()), column.expr()));
      }
    }
  }

  /** Adds a join with an alias, which hides the names of what it joins; returns its name. */
  String addJoin(String alias, List<BindTrace.ItemColumn> all) {
    String name = unique(alias);
    for (BindTrace.ItemColumn column : all) {
      if (column.expr() instanceof BoundExpr.ColumnRef ref) {
        joined.put(key(ref), qualified(name, column.name()));
      } else {
        merged.add(0, new Merged(qualified(name, column.name()), column.expr()));
      }
    }
    return name;
  }

  private String unique(String wanted) {
    String name = wanted;
    for (int i = 1; isTaken(name); i++) {
      name = wanted + "_" + i;
    }
    names.add(name);
    return name;
  }

  private boolean isTaken(String name) {
    return names.contains(name) || (parent != null && parent.isTaken(name));
  }

  private String qualified(String table, String column) {
    return isQualified
        ? ObjectNames.quote(table) + "." + ObjectNames.quote(column)
        : ObjectNames.quote(column);
  }

  private static long key(BoundExpr.ColumnRef ref) {
    return (long) ref.relation() << 32 | ref.column();
  }

  /** Returns what a column is called, {@code null} when no item has it. */
  String column(BoundExpr.ColumnRef ref) {
    for (Scope at = this; at != null; at = at.parent) {
      String name = at.joined.get(key(ref));
      name = name == null ? at.columns.get(key(ref)) : name;
      if (name != null) {
        return name;
      }
    }
    return null;
  }

  /** Returns what a system column of a relation is called. */
  String system(int relation, String column) {
    for (Scope at = this; at != null; at = at.parent) {
      String name = at.relations.get(relation);
      if (name != null) {
        return at.qualified(name, column);
      }
    }
    return column;
  }

  /** Returns the item of FROM that a relation is, or {@code null}. */
  BindTrace.Item item(int relation) {
    for (Scope at = this; at != null; at = at.parent) {
      BindTrace.Item item = at.origins.get(relation);
      if (item != null) {
        return item;
      }
    }
    return null;
  }

  /** Returns the name of the merged column that an expression is, or {@code null}. */
  String merged(BoundExpr expr) {
    for (Scope at = this; at != null; at = at.parent) {
      for (Merged column : at.merged) {
        if (column.expr().equals(expr)) {
          return column.name();
        }
      }
    }
    return null;
  }

  /** Returns the name of the item that a relation is, or {@code null}. */
  String relation(int relation) {
    for (Scope at = this; at != null; at = at.parent) {
      String name = at.relations.get(relation);
      if (name != null) {
        return name;
      }
    }
    return null;
  }

  /** Returns the names of the items of this level, in order. */
  Set<String> itemNames() {
    return names;
  }

  Map<Long, String> hideJoined() {
    Map<Long, String> before = new HashMap<>(joined);
    joined.clear();
    return before;
  }

  void showJoined(Map<Long, String> before) {
    joined.putAll(before);
  }
}
