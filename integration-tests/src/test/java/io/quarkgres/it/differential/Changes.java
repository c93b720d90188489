package io.quarkgres.it.differential;

import java.util.ArrayList;
import java.util.List;

/// Random statements that change tables. Thread: one at a time.
final class Changes {
  private final Schema schema;
  private final Dice dice;
  private final Expressions expressions;
  private int batch;

  Changes(Schema schema, Dice dice, QueryGenerator queries) {
    this.schema = schema;
    this.dice = dice;
    this.expressions = queries.expressions();
  }

  String next() {
    Source table = dice.of(schema.tables());
    return switch (dice.below(14)) {
      case 0, 1, 2 -> update(table) + returning(table);
      case 3 -> delete(table) + returning(table);
      case 4 -> deleteUsing(table) + returning(table);
      case 5, 6 -> copyRows(table) + returning(table);
      case 7, 8 -> updateFrom(table) + returning(table);
      case 9, 10 -> upsert(table) + returning(table);
      case 11 -> merge(table);
      case 12 -> withChanges(table);
      default ->
          dice.chance(15)
              ? "TRUNCATE " + table.alias() + dice.of("", " CASCADE")
              : upsertSelect(table);
    };
  }

  private static Scope scope(Source... sources) {
    return new Scope(List.of(sources), null);
  }

  private String returning(Source table) {
    return switch (dice.below(6)) {
      case 0, 1 -> " RETURNING " + table.alias() + ".*";
      case 2 ->
          " RETURNING "
              + table.alias()
              + ".id, "
              + expressions.of(expressions.anyType(), scope(table), 2)
              + " AS x";
      default -> "";
    };
  }

  private String update(Source table) {
    Scope scope = scope(table);
    return "UPDATE "
        + table.alias()
        + " SET "
        + assignments(table, scope, 2)
        + " WHERE "
        + expressions.predicate(scope, 2);
  }

  private String updateFrom(Source table) {
    Source other = dice.of(schema.tables()).as(dice.name("o"));
    // At most one row of the other table joins, so that what is assigned is determined.
    Scope scope = scope(table, other);
    return "UPDATE "
        + table.alias()
        + " SET "
        + assignments(table, scope, 1)
        + " FROM "
        + other.sql()
        + " WHERE "
        + other.alias()
        + ".id = "
        + table.alias()
        + "."
        + dice.of("id", "k")
        + " AND "
        + expressions.predicate(scope, 1);
  }

  private String assignments(Source table, Scope scope, int depth) {
    List<Source.Column> columns =
        new ArrayList<>(table.columns().subList(1, table.columns().size()));
    Source.Column first = columns.remove(dice.below(columns.size()));
    String one = expressions.of(first.type(), scope, depth);
    if (columns.isEmpty() || dice.chance(60)) {
      return first.name() + " = " + (dice.chance(8) ? "DEFAULT" : one);
    }
    Source.Column second = dice.of(columns);
    String two = expressions.of(second.type(), scope, depth);
    return switch (dice.below(3)) {
      case 0 -> first.name() + " = " + one + ", " + second.name() + " = " + two;
      case 1 -> "(" + first.name() + ", " + second.name() + ") = (" + one + ", " + two + ")";
      default -> {
        Source from = dice.of(schema.tables()).as(dice.name("s"));
        Scope inner = scope.inner(List.of(from));
        yield "("
            + first.name()
            + ", "
            + second.name()
            + ") = (SELECT "
            + expressions.of(first.type(), inner, 1)
            + ", "
            + expressions.of(second.type(), inner, 1)
            + " FROM "
            + from.sql()
            + " WHERE "
            + from.alias()
            + ".id = "
            + table.alias()
            + ".k)";
      }
    };
  }

  private String delete(Source table) {
    return "DELETE FROM "
        + table.alias()
        + " WHERE id % 5 = "
        + dice.below(5)
        + " AND "
        + expressions.predicate(scope(table), 2);
  }

  private String deleteUsing(Source table) {
    Source other = dice.of(schema.tables()).as(dice.name("o"));
    return "DELETE FROM "
        + table.alias()
        + " USING "
        + other.sql()
        + " WHERE "
        + table.alias()
        + ".id % 4 = "
        + dice.below(4)
        + " AND "
        + other.alias()
        + ".k = "
        + table.alias()
        + ".k AND "
        + expressions.predicate(scope(table, other), 1);
  }

  private String copyRows(Source table) {
    Scope scope = scope(table);
    List<String> names = new ArrayList<>();
    List<String> items = new ArrayList<>();
    for (Source.Column column : table.columns()) {
      boolean isKey = column.name().equals("id");
      names.add(column.name());
      items.add(
          isKey
              ? "id + " + (++batch * 1000)
              : dice.chance(70) ? column.name() : expressions.of(column.type(), scope, 1));
    }
    return "INSERT INTO "
        + table.alias()
        + " ("
        + String.join(", ", names)
        + ") SELECT "
        + String.join(", ", items)
        + " FROM "
        + table.alias()
        + " WHERE id < "
        + dice.between(5, 12)
        + " AND "
        + expressions.predicate(scope, 1);
  }

  private String row(int id) {
    return "("
        + id
        + ", "
        + (dice.chance(10) ? "DEFAULT" : Literals.plain(SqlType.INT, dice))
        + ", "
        + Literals.plain(SqlType.TEXT, dice)
        + ")";
  }

  private String upsert(Source table) {
    List<String> rows = new ArrayList<>();
    int first = dice.between(1, 50);
    int count = dice.between(1, 4);
    for (int i = 0; i < count; i++) {
      rows.add(row(first + i));
    }
    return "INSERT INTO "
        + table.alias()
        + " (id, k, s) VALUES "
        + String.join(", ", rows)
        + conflict(table);
  }

  private String upsertSelect(Source table) {
    Source other = dice.of(schema.tables()).as(dice.name("o"));
    Scope scope = scope(other);
    return "INSERT INTO "
        + table.alias()
        + " (id, k, s) SELECT id, "
        + expressions.of(SqlType.INT, scope, 1)
        + ", "
        + expressions.of(SqlType.TEXT, scope, 1)
        + " FROM "
        + other.sql()
        + " WHERE "
        + expressions.predicate(scope, 1)
        + conflict(table);
  }

  private String conflict(Source table) {
    String k = table.alias() + ".k";
    return dice.of(
        "",
        " ON CONFLICT DO NOTHING",
        " ON CONFLICT (id) DO NOTHING",
        " ON CONFLICT (id) DO UPDATE SET k = excluded.k",
        " ON CONFLICT (id) DO UPDATE SET (k, s) = (excluded.k + 1, excluded.s)",
        " ON CONFLICT (id) DO UPDATE SET s = excluded.s || "
            + table.alias()
            + ".s, k = 5 WHERE "
            + k
            + " > 2 OR excluded.k = 1",
        " ON CONFLICT ON CONSTRAINT " + table.alias() + "_pkey DO UPDATE SET s = 'c', k = " + k);
  }

  private String merge(Source table) {
    Source other = dice.of(schema.tables()).as(dice.name("o"));
    Scope scope = scope(table, other);
    return "MERGE INTO "
        + table.alias()
        + " USING "
        + other.sql()
        + " ON "
        + other.alias()
        + ".id = "
        + table.alias()
        + ".id"
        + " WHEN MATCHED AND "
        + expressions.predicate(scope, 0)
        + " THEN "
        + dice.of("DELETE", "DO NOTHING", "UPDATE SET " + assignments(table, scope, 1))
        + (dice.chance(50) ? " WHEN MATCHED THEN UPDATE SET " + assignments(table, scope, 1) : "")
        + (dice.chance(60)
            ? " WHEN NOT MATCHED AND "
                + expressions.predicate(scope(other), 0)
                + " THEN INSERT (id, k, s) VALUES ("
                + other.alias()
                + ".id, "
                + expressions.of(SqlType.INT, scope(other), 1)
                + ", "
                + expressions.of(SqlType.TEXT, scope(other), 0)
                + ")"
            : "");
  }

  /// Changes of different tables in one statement, and a query over what they return.
  private String withChanges(Source table) {
    Source other = dice.of(schema.tables());
    String first = "w1 AS (" + delete(table) + " RETURNING id, k, s)";
    String source =
        other.equals(table)
            ? ""
            : ", w2 AS (INSERT INTO "
                + other.alias()
                + " (id, k, s) SELECT id + "
                + (++batch * 1000)
                + ", k, s FROM w1 RETURNING id, k, s)";
    Source w = new Source("w1", "w1", Source.keyColumns(), List.of("id"));
    Scope scope = scope(w, table.as("old"));
    return "WITH "
        + first
        + source
        + " SELECT w1.id, "
        + expressions.of(expressions.anyType(), scope, 1)
        + " AS x FROM w1 LEFT JOIN "
        + table.as("old").sql()
        + " ON old.id = w1.id"
        + (source.isEmpty() ? "" : " UNION ALL SELECT id, NULL FROM w2");
  }
}
