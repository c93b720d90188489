package io.quarkgres.it.differential;

import java.util.List;

/// Something in a FROM clause: what it is, its alias, its columns, and those that identify a row.
///
/// @param relation the name of the table, or the sub-select in parentheses
/// @param key column names that are unique together; empty when nothing is known to be unique
record Source(String relation, String alias, List<Column> columns, List<String> key) {

  /// A column and its type.
  record Column(String name, SqlType type) {}

  /// The columns that every generated table has.
  static List<Column> keyColumns() {
    return List.of(
        new Column("id", SqlType.INT), new Column("k", SqlType.INT), new Column("s", SqlType.TEXT));
  }

  Source as(String newAlias) {
    return new Source(relation, newAlias, columns, key);
  }

  List<Column> columns(SqlType type) {
    return columns.stream().filter(column -> column.type() == type).toList();
  }

  String qualified(Column column) {
    return qualified(column.name());
  }

  /// The merged column of a join with USING belongs to no alias.
  String qualified(String column) {
    return alias.isEmpty() ? column : alias + "." + column;
  }

  /// The source as FROM names it.
  String sql() {
    return relation.equals(alias) ? relation : relation + " " + alias;
  }
}
