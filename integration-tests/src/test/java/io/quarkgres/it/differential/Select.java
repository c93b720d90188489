package io.quarkgres.it.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// A generated SELECT in the pieces that a shrinker can leave out. Thread: any.
///
/// @param with the common table expressions, each with its name
/// @param distinct what follows SELECT: empty, `DISTINCT` or `DISTINCT ON (...)`
/// @param from the first source, then the joins, each with its keywords
/// @param set the other arms of a set operation, each with its operator
record Select(
    List<String> with,
    String distinct,
    List<String> items,
    List<String> from,
    List<String> where,
    List<String> groupBy,
    List<String> having,
    List<String> set,
    List<String> orderBy,
    String limit) {

  String sql() {
    StringBuilder sql = new StringBuilder();
    append(
        sql,
        with.stream().anyMatch(cte -> cte.startsWith("RECURSIVE ")) ? "WITH RECURSIVE " : "WITH ",
        with.stream().map(cte -> cte.replaceFirst("^RECURSIVE ", "")).toList(),
        ", ");
    sql.append("SELECT ");
    if (!distinct.isEmpty()) {
      sql.append(distinct).append(' ');
    }
    sql.append(String.join(", ", items));
    append(sql, " FROM ", from, " ");
    append(sql, " WHERE ", where, " AND ");
    append(sql, " GROUP BY ", groupBy, ", ");
    append(sql, " HAVING ", having, " AND ");
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
      if (keyword.startsWith("WITH")) {
        sql.append(' ');
      }
    }
  }

  /// Whether rows come in an order that is fully determined.
  boolean isOrdered() {
    return !orderBy.isEmpty();
  }

  /// All queries that have one piece less.
  List<Select> smaller() {
    List<Select> smaller = new ArrayList<>();
    without(
        with,
        parts ->
            new Select(parts, distinct, items, from, where, groupBy, having, set, orderBy, limit),
        smaller,
        0);
    without(
        set,
        parts ->
            new Select(with, distinct, items, from, where, groupBy, having, parts, orderBy, limit),
        smaller,
        0);
    without(
        from,
        parts ->
            new Select(with, distinct, items, parts, where, groupBy, having, set, orderBy, limit),
        smaller,
        1);
    without(
        where,
        parts ->
            new Select(with, distinct, items, from, parts, groupBy, having, set, orderBy, limit),
        smaller,
        0);
    without(
        having,
        parts ->
            new Select(with, distinct, items, from, where, groupBy, parts, set, orderBy, limit),
        smaller,
        0);
    without(
        groupBy,
        parts -> new Select(with, distinct, items, from, where, parts, having, set, orderBy, limit),
        smaller,
        0);
    without(
        items,
        parts ->
            new Select(
                with,
                distinct,
                parts,
                from,
                where,
                groupBy,
                having,
                set,
                positions(parts.size()),
                limit),
        smaller,
        0);
    if (!limit.isEmpty()) {
      smaller.add(
          new Select(with, distinct, items, from, where, groupBy, having, set, orderBy, ""));
    } else if (!orderBy.isEmpty() && !distinct.startsWith("DISTINCT ON")) {
      smaller.add(
          new Select(with, distinct, items, from, where, groupBy, having, set, List.of(), ""));
    }
    if (!distinct.isEmpty()) {
      smaller.add(new Select(with, "", items, from, where, groupBy, having, set, orderBy, limit));
    }
    return smaller;
  }

  private List<String> positions(int count) {
    if (orderBy.isEmpty() || !orderBy.getFirst().equals("1")) {
      return orderBy;
    }
    List<String> positions = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      positions.add(Integer.toString(i));
    }
    return positions;
  }

  private static void without(
      List<String> parts, Function<List<String>, Select> rebuild, List<Select> into, int first) {
    for (int i = first; i < parts.size(); i++) {
      List<String> rest = new ArrayList<>(parts);
      rest.remove(i);
      into.add(rebuild.apply(rest));
    }
  }
}
