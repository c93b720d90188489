package io.quarkgres.it.differential;

import java.util.List;

/// A generated query in its pieces. Thread: any.
///
/// @param with the common table expressions, each with its name, perhaps after `RECURSIVE `
/// @param distinct what follows SELECT: empty, `DISTINCT` or `DISTINCT ON (...)`
/// @param from the first source, then the joins, each with its keywords
/// @param windows named windows
/// @param set the other arms of a set operation, each with its operator
record Select(
    List<String> with,
    String distinct,
    List<String> items,
    List<String> from,
    List<String> where,
    List<String> groupBy,
    List<String> having,
    List<String> windows,
    List<String> set,
    List<String> orderBy,
    String limit) {

  static Select of(List<String> items, List<String> from, List<String> where) {
    List<String> none = List.of();
    return new Select(none, "", items, from, where, none, none, none, none, none, "");
  }

  Select with(List<String> newWith) {
    return new Select(
        newWith, distinct, items, from, where, groupBy, having, windows, set, orderBy, limit);
  }

  Select distinct(String newDistinct) {
    return new Select(
        with, newDistinct, items, from, where, groupBy, having, windows, set, orderBy, limit);
  }

  Select items(List<String> newItems) {
    return new Select(
        with, distinct, newItems, from, where, groupBy, having, windows, set, orderBy, limit);
  }

  Select grouped(List<String> newGroupBy, List<String> newHaving) {
    return new Select(
        with, distinct, items, from, where, newGroupBy, newHaving, windows, set, orderBy, limit);
  }

  Select windows(List<String> newWindows) {
    return new Select(
        with, distinct, items, from, where, groupBy, having, newWindows, set, orderBy, limit);
  }

  Select set(List<String> newSet) {
    return new Select(
        with, distinct, items, from, where, groupBy, having, windows, newSet, orderBy, limit);
  }

  Select ordered(List<String> newOrderBy, String newLimit) {
    return new Select(
        with, distinct, items, from, where, groupBy, having, windows, set, newOrderBy, newLimit);
  }

  String sql() {
    StringBuilder sql = new StringBuilder();
    append(
        sql,
        with.stream().anyMatch(cte -> cte.startsWith("RECURSIVE ")) ? "WITH RECURSIVE " : "WITH ",
        with.stream().map(cte -> cte.replaceFirst("^RECURSIVE ", "")).toList(),
        ", ");
    sql.append(with.isEmpty() ? "SELECT " : " SELECT ");
    if (!distinct.isEmpty()) {
      sql.append(distinct).append(' ');
    }
    sql.append(String.join(", ", items));
    append(sql, " FROM ", from, " ");
    append(sql, " WHERE ", where, " AND ");
    append(sql, " GROUP BY ", groupBy, ", ");
    append(sql, " HAVING ", having, " AND ");
    append(sql, " WINDOW ", windows, ", ");
    append(sql, " ", set, " ");
    append(sql, " ORDER BY ", orderBy, ", ");
    if (!limit.isEmpty()) {
      sql.append(' ').append(limit);
    }
    return sql.toString();
  }

  private static void append(
      StringBuilder sql, String keyword, List<String> parts, String between) {
    if (!parts.isEmpty()) {
      sql.append(keyword).append(String.join(between, parts));
    }
  }

  /// Whether rows come in an order that is fully determined. WITH TIES adds rows that the order
  /// does not tell apart.
  boolean isOrdered() {
    return !orderBy.isEmpty() && !limit.contains("WITH TIES");
  }
}
