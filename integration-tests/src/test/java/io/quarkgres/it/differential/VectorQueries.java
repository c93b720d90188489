package io.quarkgres.it.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Random queries and changes over [VectorTables]. Thread: one at a time.
final class VectorQueries {
  private final VectorTables tables;
  private final VectorExpressions expressions;
  private final Dice dice;
  private int nextId = 1000;

  VectorQueries(VectorTables tables) {
    this.tables = tables;
    this.expressions = new VectorExpressions(tables);
    this.dice = tables.dice();
  }

  /// A query, and whether its rows have one order.
  record Query(String sql, boolean isOrdered) {}

  Query next() {
    String t = dice.of(VectorTables.NAMES);
    return switch (dice.below(10)) {
      case 0, 1 -> new Query("SELECT " + t + ".id, " + values(t) + from(t), false);
      case 2 -> new Query("SELECT " + aggregates(t) + from(t), false);
      case 3 -> grouped(t);
      case 4 -> lateral();
      case 5 -> join();
      case 6 -> sorted(t);
      default -> nearest(t);
    };
  }

  private String values(String t) {
    return several(() -> expressions.value(t));
  }

  private String aggregates(String t) {
    return several(() -> expressions.aggregate(t));
  }

  private String several(Supplier<String> one) {
    List<String> list = new ArrayList<>();
    int n = dice.between(1, 3);
    for (int i = 0; i < n; i++) {
      list.add(one.get());
    }
    return String.join(", ", list);
  }

  private String from(String t) {
    return " FROM " + t + where(t);
  }

  private String where(String t) {
    return switch (dice.below(5)) {
      case 0, 1 -> "";
      case 2 ->
          " WHERE "
              + expressions.condition(t)
              + dice.of(" AND ", " OR ")
              + expressions.condition(t);
      default -> " WHERE " + expressions.condition(t);
    };
  }

  private Query grouped(String t) {
    String key = dice.of(t + ".k", t + ".v", t + ".s", t + ".c", "vector_dims(" + t + ".u)");
    String having = dice.chance(30) ? " HAVING count(*) > 1" : "";
    return new Query(
        "SELECT " + key + ", count(*), " + aggregates(t) + from(t) + " GROUP BY " + key + having,
        false);
  }

  /// Rows without a vector, or without a direction, are not in an index: they are left out.
  private String searchable(String t, String distance) {
    if (!tables.hasGaps() && !tables.isExtreme()) {
      return "";
    }
    String column = distance.substring(0, distance.indexOf(' '));
    String test = column + " IS NOT NULL";
    if (distance.contains("<=>")) {
      test += " AND (" + distance + ") <> 'NaN'";
    }
    return test;
  }

  private String limit() {
    String offset = dice.chance(20) ? " OFFSET " + dice.of(0, 1, 3, 100) : "";
    return switch (dice.below(8)) {
      case 0 -> " LIMIT 0" + offset;
      case 1 -> " LIMIT 1000" + offset;
      case 2 -> " FETCH FIRST " + dice.between(1, 5) + " ROWS WITH TIES";
      default -> " LIMIT " + dice.between(1, 12) + offset;
    };
  }

  /// A search as an index answers it. Of rows that are equally far any may be cut off, so that only
  /// their distances are compared unless the id decides.
  private Query nearest(String t) {
    String distance = expressions.search(t);
    List<String> conditions = new ArrayList<>();
    String searchable = searchable(t, distance);
    if (!searchable.isEmpty()) {
      conditions.add(searchable);
    }
    if (dice.chance(40)) {
      conditions.add(expressions.condition(t));
    }
    if (dice.chance(15)) {
      conditions.add("(" + distance + ") < " + dice.between(0, 9));
    }
    String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    boolean isByRow = dice.chance(40);
    String order = " ORDER BY " + distance + dice.of("", "", "", " DESC") + (isByRow ? ", id" : "");
    String items = (isByRow ? "id, " : "") + "(" + distance + ")";
    return new Query("SELECT " + items + " FROM " + t + where + order + limit(), true);
  }

  private Query sorted(String t) {
    String key = dice.of(t + ".v", t + ".h", t + ".s", t + ".u", expressions.vector(t));
    String direction = dice.of("", " DESC", " NULLS FIRST", " DESC NULLS LAST");
    return switch (dice.below(3)) {
      case 0 -> new Query("SELECT DISTINCT " + key + from(t), false);
      case 1 ->
          new Query(
              "SELECT id, rank() OVER (ORDER BY "
                  + dice.of(key, expressions.distance(t, t))
                  + direction
                  + ")"
                  + from(t),
              false);
      default ->
          new Query(
              "SELECT id" + from(t) + " ORDER BY " + key + direction + ", id" + limit(), true);
    };
  }

  private Query lateral() {
    String column = dice.of("v", "w", "h", "s");
    String target = column.equals("w") ? "v" : column;
    String distance = "b." + target + " " + dice.of("<->", "<#>", "<+>") + " a." + column;
    String condition = "b." + target + " IS NOT NULL" + (dice.chance(40) ? " AND b.k <> a.k" : "");
    boolean isLeft = dice.chance(50);
    return new Query(
        "SELECT a.id, n.d FROM a "
            + (isLeft ? "LEFT JOIN LATERAL" : "CROSS JOIN LATERAL")
            + " (SELECT "
            + distance
            + " AS d FROM b WHERE "
            + condition
            + " ORDER BY "
            + distance
            + " LIMIT "
            + dice.between(1, 3)
            + ") n"
            + (isLeft ? " ON true" : ""),
        false);
  }

  private Query join() {
    String condition =
        dice.of(
            "a.v = b.v",
            "a.s = b.s",
            "a.h::vector = b.v",
            "a.k = b.k AND " + expressions.distance("a", "b") + " < 3",
            "a.k = b.k");
    String kind = dice.of("JOIN", "LEFT JOIN");
    return dice.chance(50)
        ? new Query(
            "SELECT a.id, b.id, "
                + expressions.distance("a", "b")
                + " FROM a "
                + kind
                + " b ON "
                + condition,
            false)
        : new Query(
            "SELECT id FROM a WHERE "
                + dice.of("", "NOT ")
                + "EXISTS (SELECT 1 FROM b WHERE "
                + condition
                + ")",
            false);
  }

  /// A statement that changes rows or indexes.
  String change() {
    String t = dice.of(VectorTables.NAMES);
    return switch (dice.below(12)) {
      case 0 -> "DELETE FROM " + t + " WHERE " + expressions.condition(t);
      case 1 -> "DELETE FROM " + t + " WHERE id % 3 = " + dice.below(3);
      case 2 -> "UPDATE " + t + " SET v = " + expressions.vector(t) + where(t);
      case 3 ->
          "UPDATE %s SET v = %s.w, w = %s.v, k = %s.k + 1 WHERE k < %d"
              .formatted(t, t, t, t, dice.below(5));
      case 4 ->
          "INSERT INTO %s SELECT id + %d, k, w, v, h, s, c, u FROM %s WHERE k = %d"
              .formatted(t, nextId += 1000, dice.of(VectorTables.NAMES), dice.below(5));
      case 5 -> "TRUNCATE " + t;
      case 6 ->
          "INSERT INTO %s VALUES %s ON CONFLICT (id) DO UPDATE SET v = excluded.v, h = excluded.h"
              .formatted(t, tables.row(Integer.toString(dice.between(1, 20))));
      default -> "INSERT INTO " + t + " VALUES " + rows();
    };
  }

  private String rows() {
    List<String> rows = new ArrayList<>();
    int n = dice.between(1, 8);
    for (int i = 0; i < n; i++) {
      rows.add(tables.row(Integer.toString(nextId++)));
    }
    return String.join(", ", rows);
  }

  /// An index over one of the columns.
  String index() {
    String column = dice.of("v", "v", "v", "h", "s", "c");
    boolean isTree = dice.chance(15);
    if (isTree && !column.equals("c")) {
      return "CREATE INDEX ON " + dice.of(VectorTables.NAMES) + " (" + column + ")";
    }
    boolean isLists = dice.chance(25) && !column.equals("s");
    String type = column.equals("h") ? "halfvec" : column.equals("s") ? "sparsevec" : "vector";
    String metric =
        column.equals("c")
            ? isLists ? "bit_hamming_ops" : dice.of("bit_hamming_ops", "bit_jaccard_ops")
            : type + dice.of("_l2_ops", "_ip_ops", "_cosine_ops");
    String where = dice.chance(10) ? " WHERE k > 1" : "";
    return "CREATE INDEX ON %s USING %s (%s %s)%s"
        .formatted(
            dice.of(VectorTables.NAMES),
            isLists ? "ivfflat" : "hnsw",
            column,
            metric,
            (isLists ? " WITH (lists = " + dice.of(1, 4) + ")" : "") + where);
  }
}
