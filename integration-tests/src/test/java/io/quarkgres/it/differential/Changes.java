package io.quarkgres.it.differential;

import java.util.ArrayList;
import java.util.List;

/// Random INSERT, UPDATE and DELETE statements. Thread: one at a time.
final class Changes {
  private final Schema schema;
  private final Dice dice;
  private final Expressions expressions;
  private int batch;

  Changes(Schema schema, Dice dice, Expressions.Subqueries subqueries) {
    this.schema = schema;
    this.dice = dice;
    this.expressions = new Expressions(dice, subqueries);
  }

  String next() {
    Source table = dice.of(schema.tables());
    Scope scope = new Scope(List.of(table), null);
    return switch (dice.below(6)) {
      case 0, 1 -> update(table, scope) + returning();
      case 2 ->
          "DELETE FROM "
              + table.alias()
              + " WHERE id % 5 = "
              + dice.below(5)
              + " AND "
              + expressions.predicate(scope, 2)
              + returning();
      case 3 -> copyRows(table, scope) + returning();
      case 4 -> updateFrom(table) + returning(table);
      default -> upsert(table) + returning();
    };
  }

  private String returning() {
    return dice.chance(50) ? " RETURNING *" : "";
  }

  private String returning(Source table) {
    return dice.chance(50) ? " RETURNING " + table.alias() + ".*" : "";
  }

  private String update(Source table, Scope scope) {
    return "UPDATE "
        + table.alias()
        + " SET "
        + assignment(table, scope)
        + " WHERE "
        + expressions.predicate(scope, 2);
  }

  private String updateFrom(Source table) {
    Source other = dice.of(schema.tables()).as(dice.name("o"));
    // At most one row of the other table joins, so that what is assigned is determined.
    Scope scope = new Scope(List.of(table, other), null);
    return "UPDATE "
        + table.alias()
        + " SET "
        + assignment(table, scope)
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

  private String assignment(Source table, Scope scope) {
    Source.Column column = dice.of(table.columns().subList(1, table.columns().size()));
    return column.name() + " = " + expressions.of(column.type(), scope, 1);
  }

  private String copyRows(Source table, Scope scope) {
    List<String> items = new ArrayList<>();
    for (Source.Column column : table.columns()) {
      boolean isKey = column.name().equals("id");
      items.add(
          isKey
              ? "id + " + (++batch * 1000)
              : dice.chance(70) ? column.name() : expressions.of(column.type(), scope, 1));
    }
    return "INSERT INTO "
        + table.alias()
        + " SELECT "
        + String.join(", ", items)
        + " FROM "
        + table.alias()
        + " WHERE id < "
        + dice.between(5, 12)
        + " AND "
        + expressions.predicate(scope, 1);
  }

  private String upsert(Source table) {
    List<String> rows = new ArrayList<>();
    int first = dice.between(1, 50);
    int count = dice.between(1, 4);
    for (int i = 0; i < count; i++) {
      rows.add(
          "("
              + (first + i)
              + ", "
              + Literals.plain(SqlType.INT, dice)
              + ", "
              + Literals.plain(SqlType.TEXT, dice)
              + ")");
    }
    String action =
        dice.of(
            "DO NOTHING",
            "DO UPDATE SET k = excluded.k",
            "DO UPDATE SET s = excluded.s || "
                + table.alias()
                + ".s, k = 5 WHERE "
                + table.alias()
                + ".k > 2");
    return "INSERT INTO "
        + table.alias()
        + " (id, k, s) VALUES "
        + String.join(", ", rows)
        + " ON CONFLICT (id) "
        + action;
  }
}
