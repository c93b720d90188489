package io.quarkgres.it.differential;

import java.util.List;

/// Random aggregate and window expressions whose value is fully determined.
///
/// Their arguments use only the sources of their own query, because an aggregate over outer columns
/// alone belongs to the outer query. Thread: one at a time.
final class Aggregates {
  private final Dice dice;
  private final Expressions expressions;

  Aggregates(Dice dice, Expressions expressions) {
    this.dice = dice;
    this.expressions = expressions;
  }

  /// An aggregate with a result of this type.
  String of(SqlType type, Scope scope) {
    Scope local = new Scope(scope.sources(), null);
    return switch (type) {
      case INT ->
          dice.chance(70)
              ? filtered(
                  dice.of("min(", "max(", "min(DISTINCT ")
                      + expressions.of(SqlType.INT, local, 1)
                      + ")",
                  local)
              : filtered("count(*)", local) + "::int";
      case BIGINT -> count(local);
      case NUMERIC -> numeric(local);
      case FLOAT -> {
        String name = dice.of("sum(", "avg(", "min(", "max(");
        yield filtered(name + expressions.of(SqlType.FLOAT, local, 0) + ")", local);
      }
      case TEXT -> text(local);
      case BOOL ->
          filtered(
              dice.of("bool_and(", "bool_or(", "every(") + expressions.predicate(local, 0) + ")",
              local);
      case DATE, TIMESTAMP ->
          filtered(dice.of("min(", "max(") + expressions.of(type, local, 1) + ")", local);
    };
  }

  private String count(Scope local) {
    SqlType type = expressions.anyType();
    return switch (dice.below(5)) {
      case 0, 1 -> filtered("count(*)", local);
      case 2 -> filtered("count(" + expressions.of(type, local, 1) + ")", local);
      case 3 -> filtered("count(DISTINCT " + expressions.of(type, local, 1) + ")", local);
      default -> filtered("sum(" + expressions.of(SqlType.INT, local, 1) + ")", local);
    };
  }

  private String numeric(Scope local) {
    return switch (dice.below(5)) {
      case 0 -> filtered("sum(" + expressions.of(SqlType.NUMERIC, local, 1) + ")", local);
      case 1 -> filtered("avg(" + expressions.of(SqlType.INT, local, 1) + ")", local);
      case 2 -> filtered("avg(" + expressions.of(SqlType.NUMERIC, local, 0) + ")", local);
      case 3 -> filtered("sum(" + expressions.of(SqlType.BIGINT, local, 1) + ")", local);
      default -> filtered("max(" + expressions.of(SqlType.NUMERIC, local, 0) + ")", local);
    };
  }

  private String text(Scope local) {
    String argument = expressions.of(SqlType.TEXT, local, 1);
    return switch (dice.below(4)) {
      case 0 -> filtered("min(" + argument + ")", local);
      case 1 -> filtered("max(" + argument + ")", local);
      case 2 ->
          filtered(
              "string_agg(" + argument + ", ',' ORDER BY " + argument + dice.of("", " DESC") + ")",
              local);
      default -> "array_to_string(array_agg(" + argument + " ORDER BY " + argument + "), ';', '*')";
    };
  }

  private String filtered(String aggregate, Scope local) {
    return dice.chance(12)
        ? aggregate + " FILTER (WHERE " + expressions.predicate(local, 0) + ")"
        : aggregate;
  }

  /// A window function call with a result of this type.
  String window(SqlType type, Scope scope) {
    Scope local = new Scope(scope.sources(), null);
    List<String> key = local.key();
    if (key == null) {
      return overPeers(type, local);
    }
    return dice.chance(60) ? overTotalOrder(type, local, key) : overPeers(type, local);
  }

  /// Functions whose value is the same for all rows that the window's order does not tell apart.
  private String overPeers(SqlType type, Scope local) {
    String function =
        type == SqlType.BIGINT && dice.chance(50)
            ? dice.of("rank()", "dense_rank()")
            : argumentless(type, local);
    String order = dice.chance(70) ? "ORDER BY " + orderKey(local) : "";
    return function + " OVER (" + (partition(local) + " " + order).trim() + ")";
  }

  /// An aggregate that does not depend on the order within its frame.
  private String argumentless(SqlType type, Scope local) {
    return switch (type) {
      case BIGINT -> dice.of("count(*)", "sum(" + expressions.of(SqlType.INT, local, 0) + ")");
      case NUMERIC -> dice.of("sum(", "avg(") + expressions.of(SqlType.NUMERIC, local, 0) + ")";
      case FLOAT -> "sum(" + expressions.of(SqlType.FLOAT, local, 0) + ")";
      case BOOL -> dice.of("bool_and(", "bool_or(") + expressions.predicate(local, 0) + ")";
      case INT, TEXT, DATE, TIMESTAMP ->
          dice.of("min(", "max(") + expressions.of(type, local, 1) + ")";
    };
  }

  private String overTotalOrder(SqlType type, Scope local, List<String> key) {
    String value = expressions.of(type, local, 1);
    String order = "ORDER BY " + orderKey(local) + ", " + String.join(", ", key);
    String frame = dice.chance(50) ? " " + frame() : "";
    String function =
        switch (dice.below(6)) {
          case 0 -> "lag(" + value + dice.of("", ", 2") + ")";
          case 1 -> "lead(" + value + ")";
          case 2 -> "first_value(" + value + ")";
          case 3 -> "last_value(" + value + ")";
          case 4 -> "nth_value(" + value + ", 2)";
          default -> type == SqlType.BIGINT ? "row_number()" : argumentless(type, local);
        };
    return function + " OVER (" + (partition(local) + " " + order).trim() + frame + ")";
  }

  private String frame() {
    String start = dice.of("UNBOUNDED PRECEDING", "2 PRECEDING", "1 PRECEDING", "CURRENT ROW");
    String end = dice.of("CURRENT ROW", "1 FOLLOWING", "2 FOLLOWING", "UNBOUNDED FOLLOWING");
    String exclude = dice.of("", "", "", " EXCLUDE CURRENT ROW", " EXCLUDE TIES");
    return dice.of("ROWS", "ROWS", "GROUPS") + " BETWEEN " + start + " AND " + end + exclude;
  }

  private String partition(Scope local) {
    String column = local.column(dice.of(SqlType.INT, SqlType.TEXT, SqlType.BOOL), dice);
    return column == null || dice.chance(40) ? "" : "PARTITION BY " + column;
  }

  private String orderKey(Scope local) {
    String column = local.column(dice.of(SqlType.INT, SqlType.TEXT, SqlType.DATE), dice);
    return (column == null ? "(SELECT 1)" : column)
        + dice.of("", " DESC", " NULLS FIRST", " DESC NULLS LAST");
  }
}
