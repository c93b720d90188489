package io.quarkgres.it.differential;

import java.util.ArrayList;
import java.util.List;

/// Random window function calls whose value is fully determined. Thread: one at a time.
final class Windows {
  private final Dice dice;
  private final Expressions expressions;

  /// Definitions that calls refer to by name, see [Select#windows].
  private List<String> named = new ArrayList<>();

  Windows(Dice dice, Expressions expressions) {
    this.dice = dice;
    this.expressions = expressions;
  }

  /// The named windows of the calls since this was last asked.
  List<String> takeNamed() {
    List<String> taken = named;
    named = new ArrayList<>();
    return taken;
  }

  /// A window function call with a result of this type.
  String of(SqlType type, Scope scope) {
    Scope local = new Scope(scope.sources(), null);
    List<String> key = local.key();
    return switch (key == null ? dice.of(0, 1, 1, 2) : dice.below(6)) {
      case 0 -> overGroups(type, local);
      case 1 -> overPeers(type, local);
      case 2 -> overRange(type, local);
      default -> overTotalOrder(type, local, key);
    };
  }

  /// Functions whose value is the same for all rows that the window's order does not tell apart.
  private String overPeers(SqlType type, Scope local) {
    String function =
        switch (type) {
          case BIGINT ->
              dice.chance(50) ? dice.of("rank()", "dense_rank()") : orderFree(type, local);
          case BOOL -> dice.chance(40) ? null : orderFree(type, local);
          case INT, SMALLINT, NUMERIC, FLOAT, TEXT, DATE, TIME, TIMESTAMP, TIMESTAMPTZ ->
              orderFree(type, local);
          case INTERVAL, UUID, BYTEA, JSONB, INTS, TEXTS -> orderFree(type, local);
        };
    String order = dice.chance(70) ? "ORDER BY " + orderKey(local) : "";
    String window = over((partition(local) + " " + order).trim());
    return function == null
        ? "(" + dice.of("percent_rank()", "cume_dist()") + window + " > 0.5)"
        : function + window;
  }

  /// Frames that count groups of peers do not depend on the order within one.
  private String overGroups(SqlType type, Scope local) {
    return orderFree(type, local)
        + over(
            (partition(local) + " ORDER BY " + orderKey(local)).trim()
                + " GROUPS BETWEEN "
                + bounds("1", "2")
                + dice.of("", "", " EXCLUDE GROUP", " EXCLUDE NO OTHERS"));
  }

  private String overRange(SqlType type, Scope local) {
    SqlType keyType =
        dice.of(
            SqlType.INT,
            SqlType.NUMERIC,
            SqlType.DATE,
            SqlType.FLOAT,
            SqlType.TIMESTAMP,
            SqlType.BIGINT);
    String column = local.column(keyType, dice);
    if (column == null) {
      return overGroups(type, local);
    }
    String near =
        keyType.isNumber()
            ? dice.of("0", "1", "2")
            : "interval '" + dice.of("1 day", "1 month") + "'";
    String far = keyType.isNumber() ? dice.of("3", "5") : "interval '40 days'";
    return orderFree(type, local)
        + over(
            (partition(local)
                        + " ORDER BY "
                        + column
                        + dice.of("", " DESC", " NULLS FIRST", " DESC NULLS LAST"))
                    .trim()
                + " RANGE BETWEEN "
                + bounds(near, far)
                + dice.of("", "", "", " EXCLUDE GROUP"));
  }

  /// An aggregate that does not depend on the order within its frame.
  private String orderFree(SqlType type, Scope local) {
    String call =
        switch (type) {
          case BIGINT ->
              dice.of(
                  "count(*)",
                  "count(" + expressions.of(SqlType.TEXT, local, 0) + ")",
                  "sum(" + expressions.of(SqlType.INT, local, 0) + ")");
          case NUMERIC -> dice.of("sum(", "avg(") + expressions.of(SqlType.NUMERIC, local, 0) + ")";
          case FLOAT -> "sum(" + expressions.of(SqlType.FLOAT, local, 0) + ")";
          case INTERVAL -> dice.of("sum(", "min(") + expressions.of(type, local, 0) + ")";
          case BOOL -> dice.of("bool_and(", "bool_or(") + expressions.predicate(local, 0) + ")";
          case INT, SMALLINT, TEXT, DATE, TIME, TIMESTAMP, TIMESTAMPTZ, INTS, TEXTS ->
              dice.of("min(", "max(") + expressions.of(type, local, 1) + ")";
          case UUID, BYTEA, JSONB -> throw new IllegalArgumentException(type.name());
        };
    return dice.chance(12)
        ? call + " FILTER (WHERE " + expressions.predicate(local, 0) + ")"
        : call;
  }

  private String overTotalOrder(SqlType type, Scope local, List<String> key) {
    String value = expressions.of(type, local, 1);
    String order = "ORDER BY " + orderKey(local) + ", " + String.join(", ", key);
    String frame = dice.chance(50) ? " " + rowFrame() : "";
    String function =
        switch (dice.below(8)) {
          case 0 ->
              "lag("
                  + value
                  + dice.of("", ", 2", ", 0", ", " + expressions.of(SqlType.INT, local, 0) + " % 3")
                  + ")";
          case 1 -> "lead(" + value + dice.of("", ", 1, " + expressions.of(type, local, 0)) + ")";
          case 2 -> "first_value(" + value + ")";
          case 3 -> "last_value(" + value + ")";
          case 4 -> "nth_value(" + value + ", " + dice.between(1, 3) + ")";
          default ->
              switch (type) {
                case BIGINT -> dice.of("row_number()", "count(*)");
                case INT -> dice.of("ntile(3)", "ntile(100)", "max(" + value + ")");
                case INTS -> "array_agg(" + expressions.of(SqlType.INT, local, 0) + ")";
                case JSONB -> "jsonb_agg(" + expressions.of(SqlType.INT, local, 0) + ")";
                case TEXT -> "string_agg(" + value + ", ',')";
                case UUID, BYTEA -> "first_value(" + value + ")";
                case SMALLINT, NUMERIC, FLOAT, BOOL, DATE, TIME, TIMESTAMP, TIMESTAMPTZ ->
                    orderFree(type, local);
                case INTERVAL, TEXTS -> orderFree(type, local);
              };
        };
    return function + over((partition(local) + " " + order).trim() + frame);
  }

  private String over(String definition) {
    if (dice.chance(80)) {
      return " OVER (" + definition + ")";
    }
    String name = dice.name("win");
    named.add(name + " AS (" + definition + ")");
    boolean framed = definition.contains(" BETWEEN ") || definition.contains(" UNBOUNDED ");
    return !framed && definition.contains("ORDER BY") && dice.chance(30)
        ? " OVER (" + name + ")"
        : " OVER " + name;
  }

  private String rowFrame() {
    String exclude = dice.of("", "", "", " EXCLUDE CURRENT ROW", " EXCLUDE TIES", " EXCLUDE GROUP");
    return switch (dice.below(6)) {
      case 0 -> "ROWS UNBOUNDED PRECEDING" + exclude;
      case 1 -> "ROWS 2 PRECEDING" + exclude;
      case 2 -> "RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING" + exclude;
      default -> dice.of("ROWS", "ROWS", "GROUPS") + " BETWEEN " + bounds("1", "2") + exclude;
    };
  }

  private String bounds(String near, String far) {
    return switch (dice.below(10)) {
      case 0 -> "UNBOUNDED PRECEDING AND CURRENT ROW";
      case 1 -> "UNBOUNDED PRECEDING AND " + near + " PRECEDING";
      case 2 -> "UNBOUNDED PRECEDING AND " + far + " FOLLOWING";
      case 3 -> far + " PRECEDING AND " + near + " PRECEDING";
      case 4 -> far + " PRECEDING AND CURRENT ROW";
      case 5 -> near + " PRECEDING AND " + far + " FOLLOWING";
      case 6 -> "CURRENT ROW AND " + near + " FOLLOWING";
      case 7 -> near + " FOLLOWING AND " + far + " FOLLOWING";
      case 8 -> "CURRENT ROW AND UNBOUNDED FOLLOWING";
      default -> near + " FOLLOWING AND UNBOUNDED FOLLOWING";
    };
  }

  private String partition(Scope local) {
    String column =
        local.column(dice.of(SqlType.INT, SqlType.TEXT, SqlType.BOOL, SqlType.DATE), dice);
    if (column == null || dice.chance(40)) {
      return "";
    }
    return "PARTITION BY " + (dice.chance(15) ? expressions.of(SqlType.INT, local, 1) : column);
  }

  private String orderKey(Scope local) {
    String column =
        local.column(dice.of(SqlType.INT, SqlType.TEXT, SqlType.DATE, SqlType.NUMERIC), dice);
    return (column == null ? "(SELECT 1)" : column)
        + dice.of("", " DESC", " NULLS FIRST", " DESC NULLS LAST");
  }

  /// Whether there are window functions for the type.
  static boolean has(SqlType type) {
    return switch (type) {
      case UUID, BYTEA, JSONB -> false;
      case INT, SMALLINT, BIGINT, NUMERIC, FLOAT, TEXT, BOOL, DATE, TIME, TIMESTAMP -> true;
      case TIMESTAMPTZ, INTERVAL, INTS, TEXTS -> true;
    };
  }
}
