package io.quarkgres.it.differential;

import java.util.ArrayList;
import java.util.List;

/// Tables with data: several types, many NULLs, small value domains so that joins find partners.
///
/// @param statements what creates and fills the tables, in order
record Schema(List<Source> tables, List<String> statements) {

  static Schema generate(Dice dice) {
    List<Source> tables = new ArrayList<>();
    List<String> statements = new ArrayList<>();
    int count = dice.between(3, 4);
    for (int i = 0; i < count; i++) {
      Source table = table("t" + i, dice);
      tables.add(table);
      statements.add(create(table));
      addIndexes(table, dice, statements);
      addRows(table, dice, statements);
    }
    return new Schema(tables, statements);
  }

  private static Source table(String name, Dice dice) {
    List<Source.Column> columns = new ArrayList<>();
    columns.add(new Source.Column("id", SqlType.INT));
    columns.add(new Source.Column("k", SqlType.INT));
    columns.add(new Source.Column("s", SqlType.TEXT));
    for (SqlType type : SqlType.values()) {
      int copies = dice.of(0, 1, 1, 2);
      for (int i = 0; i < copies; i++) {
        String prefix = type.name().toLowerCase(java.util.Locale.ROOT);
        columns.add(new Source.Column(prefix.charAt(0) + prefix.substring(1, 2) + i, type));
      }
    }
    return new Source(name, name, columns, List.of("id"));
  }

  private static String create(Source table) {
    List<String> columns = new ArrayList<>();
    for (Source.Column column : table.columns()) {
      columns.add(
          column.name()
              + " "
              + column.type().ddl
              + (column.name().equals("id") ? " PRIMARY KEY" : ""));
    }
    return "CREATE TABLE " + table.alias() + " (" + String.join(", ", columns) + ")";
  }

  private static void addIndexes(Source table, Dice dice, List<String> statements) {
    int count = dice.below(4);
    for (int i = 0; i < count; i++) {
      String columns = dice.of(table.columns()).name();
      if (dice.chance(30)) {
        String second = dice.of(table.columns()).name();
        columns += second.equals(columns) ? "" : ", " + second;
      }
      statements.add("CREATE INDEX ON " + table.alias() + " (" + columns + ")");
    }
  }

  private static void addRows(Source table, Dice dice, List<String> statements) {
    int rows = dice.chance(6) ? dice.below(2) : dice.of(7, 15, 20, 30, 40, 60);
    List<String> tuples = new ArrayList<>();
    for (int id = 1; id <= rows; id++) {
      List<String> values = new ArrayList<>();
      for (Source.Column column : table.columns()) {
        boolean isKey = column.name().equals("id");
        values.add(
            isKey
                ? Integer.toString(id)
                : dice.chance(15) ? "NULL" : Literals.plain(column.type(), dice));
      }
      tuples.add("(" + String.join(", ", values) + ")");
    }
    if (!tuples.isEmpty()) {
      statements.add("INSERT INTO " + table.alias() + " VALUES " + String.join(", ", tuples));
    }
  }
}
