package io.quarkgres.it.differential;

import java.util.ArrayList;
import java.util.List;

/// Tables with data: several types, many NULLs, small value domains so that joins find partners.
///
/// A table has at most one constraint beside its key, because the order in which rows are checked
/// decides between several.
///
/// @param hasLarge whether the first table has more rows than a few blocks hold
/// @param statements what creates and fills the tables, in order
record Schema(List<Source> tables, List<String> statements, boolean hasLarge) {
  private static final int LARGE_ROWS = 2_600;
  private static final int INSERT_ROWS_MAX = 400;

  /// The tables that may stand several times in a query: not the large one, which comes first.
  List<Source> small() {
    return hasLarge ? tables.subList(1, tables.size()) : tables;
  }

  static Schema generate(Dice dice) {
    List<Source> tables = new ArrayList<>();
    List<String> statements = new ArrayList<>();
    if (dice.chance(40)) {
      statements.add("SET enable_seqscan = off");
    }
    int count = dice.between(3, 4);
    boolean hasLarge = dice.chance(5);
    for (int i = 0; i < count; i++) {
      Source table = table("t" + i, dice);
      tables.add(table);
      statements.add(create(table, i, dice));
      boolean late = dice.chance(30);
      if (!late) {
        addIndexes(table, dice, statements);
      }
      addRows(table, hasLarge && i == 0 ? LARGE_ROWS : rows(dice), dice, statements);
      if (late) {
        addIndexes(table, dice, statements);
      }
    }
    if (dice.chance(50)) {
      statements.add("ANALYZE");
    }
    return new Schema(tables, statements, hasLarge);
  }

  private static Source table(String name, Dice dice) {
    List<Source.Column> columns = new ArrayList<>();
    columns.add(new Source.Column("id", SqlType.INT));
    columns.add(new Source.Column("k", SqlType.INT));
    columns.add(new Source.Column("s", SqlType.TEXT));
    for (SqlType type : SqlType.values()) {
      boolean common = SqlType.COMMON.contains(type);
      int copies = common ? dice.of(0, 1, 1, 2) : dice.of(0, 0, 1);
      for (int i = 0; i < copies; i++) {
        columns.add(new Source.Column(type.prefix + i, type));
      }
    }
    return new Source(name, name, columns, List.of("id"));
  }

  private static String create(Source table, int number, Dice dice) {
    List<String> columns = new ArrayList<>();
    for (Source.Column column : table.columns()) {
      columns.add(
          column.name()
              + " "
              + column.type().ddl
              + (column.name().equals("id") ? " PRIMARY KEY" : ""));
    }
    switch (dice.below(8)) {
      case 0 -> columns.set(1, "k int CHECK (k IS DISTINCT FROM 11)");
      case 1 -> columns.set(1, "k int DEFAULT 4");
      case 2 -> {
        if (number > 0) {
          columns.add("r int REFERENCES t0 (id) ON DELETE " + dice.of("CASCADE", "SET NULL"));
        }
      }
      case 3 -> columns.add("g int GENERATED ALWAYS AS (id * 2 + coalesce(k, 0)) STORED");
      case 4 -> columns.add("u int UNIQUE");
      default -> {
        // Most tables have no further constraint.
      }
    }
    return "CREATE TABLE " + table.alias() + " (" + String.join(", ", columns) + ")";
  }

  private static void addIndexes(Source table, Dice dice, List<String> statements) {
    int count = dice.below(5);
    for (int i = 0; i < count; i++) {
      statements.add(index(table, dice));
    }
  }

  private static String index(Source table, Dice dice) {
    String on = " ON " + table.alias();
    Source.Column column = indexable(table, dice);
    String direction = dice.of("", "", "", " DESC", " NULLS FIRST", " DESC NULLS LAST");
    return switch (dice.below(9)) {
      case 0 -> "CREATE INDEX" + on + " (lower(s)" + direction + ")";
      case 1 -> "CREATE INDEX" + on + " ((k + 1)" + direction + ")";
      case 2 ->
          "CREATE INDEX"
              + on
              + " ("
              + column.name()
              + direction
              + ") WHERE "
              + dice.of("k > 2", "s IS NOT NULL", "id < 20", "k IS NULL");
      case 3 -> "CREATE UNIQUE INDEX" + on + " (" + column.name() + direction + ", id)";
      case 4 -> "CREATE INDEX" + on + " USING hash (" + column.name() + ")";
      case 5 -> {
        Source.Column second = indexable(table, dice);
        yield "CREATE INDEX"
            + on
            + " ("
            + column.name()
            + direction
            + (second.equals(column) ? "" : ", " + second.name() + dice.of("", " DESC"))
            + ")"
            + dice.of("", " INCLUDE (s)");
      }
      default -> "CREATE INDEX" + on + " (" + column.name() + direction + ")";
    };
  }

  private static Source.Column indexable(Source table, Dice dice) {
    return dice.chance(40) ? table.columns().get(dice.between(1, 2)) : dice.of(table.columns());
  }

  private static int rows(Dice dice) {
    return dice.chance(6) ? dice.below(2) : dice.of(7, 15, 20, 30, 40, 60);
  }

  private static void addRows(Source table, int rows, Dice dice, List<String> statements) {
    List<String> names = table.columns().stream().map(Source.Column::name).toList();
    List<String> tuples = new ArrayList<>();
    for (int id = 1; id <= rows; id++) {
      List<String> values = new ArrayList<>();
      for (Source.Column column : table.columns()) {
        values.add(value(column, id, rows, dice));
      }
      tuples.add("(" + String.join(", ", values) + ")");
      if (tuples.size() == INSERT_ROWS_MAX || id == rows) {
        statements.add(
            "INSERT INTO "
                + table.alias()
                + " ("
                + String.join(", ", names)
                + ") VALUES "
                + String.join(", ", tuples));
        tuples.clear();
      }
    }
  }

  private static String value(Source.Column column, int id, int rows, Dice dice) {
    if (column.name().equals("id")) {
      return Integer.toString(id);
    }
    if (dice.chance(15)) {
      return "NULL";
    }
    return column.name().equals("k") && rows == LARGE_ROWS
        ? Integer.toString(dice.below(300))
        : Literals.plain(column.type(), dice);
  }
}
