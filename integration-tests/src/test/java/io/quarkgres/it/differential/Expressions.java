package io.quarkgres.it.differential;

/// Random expressions of a wanted type that never fail when evaluated. Thread: one at a time.
final class Expressions {
  private final Dice dice;
  private final Subqueries subqueries;

  /// Makes sub-selects for expressions.
  interface Subqueries {
    /// A sub-select with one column of this type and at most one row.
    String scalar(SqlType type, Scope scope, int depth);

    /// A sub-select with one column of this type and any number of rows.
    String column(SqlType type, Scope scope, int depth);

    /// A sub-select for EXISTS.
    String any(Scope scope, int depth);
  }

  Expressions(Dice dice, Subqueries subqueries) {
    this.dice = dice;
    this.subqueries = subqueries;
  }

  /// An expression of this type; `depth` limits its size.
  String of(SqlType type, Scope scope, int depth) {
    if (depth <= 0 || dice.chance(25)) {
      return leaf(type, scope);
    }
    if (dice.chance(14)) {
      return conditional(type, scope, depth - 1);
    }
    if (depth > 1 && dice.chance(6)) {
      return "(" + subqueries.scalar(type, scope, depth - 1) + ")";
    }
    return switch (type) {
      case INT -> integer(scope, depth - 1);
      case BIGINT -> bigint(scope, depth - 1);
      case NUMERIC -> numeric(scope, depth - 1);
      case FLOAT -> floating(scope, depth - 1);
      case TEXT -> text(scope, depth - 1);
      case BOOL -> predicate(scope, depth - 1);
      case DATE -> date(scope, depth - 1);
      case TIMESTAMP -> timestamp(scope, depth - 1);
    };
  }

  private String leaf(SqlType type, Scope scope) {
    String column = dice.chance(90) ? scope.column(type, dice) : null;
    if (column != null) {
      return column;
    }
    return dice.chance(6) ? "NULL::" + type.castName() : Literals.typed(type, dice);
  }

  private String conditional(SqlType type, Scope scope, int depth) {
    String a = of(type, scope, depth);
    String b = of(type, scope, depth);
    return switch (dice.below(5)) {
      case 0 -> "CASE WHEN " + predicate(scope, depth) + " THEN " + a + " ELSE " + b + " END";
      case 1 -> "CASE WHEN " + predicate(scope, depth) + " THEN " + a + " END";
      case 2 -> "coalesce(" + a + ", " + b + ")";
      case 3 -> "nullif(" + a + ", " + b + ")";
      default -> type == SqlType.BOOL ? a : dice.of("greatest(", "least(") + a + ", " + b + ")";
    };
  }

  private String integer(Scope scope, int depth) {
    String a = of(SqlType.INT, scope, depth);
    String b = of(SqlType.INT, scope, depth);
    return switch (dice.below(12)) {
      case 0, 1 -> "(" + a + " + " + b + ")";
      case 2 -> "(" + a + " - " + b + ")";
      case 3 -> "(" + a + " * " + dice.between(-3, 3) + ")";
      case 4 -> "(" + a + " / nullif(" + b + ", 0))";
      case 5 -> "(" + a + " % nullif(" + b + ", 0))";
      case 6 -> "abs(" + a + ")";
      case 7 -> "length(" + of(SqlType.TEXT, scope, depth) + ")";
      case 8 -> "(" + of(SqlType.DATE, scope, depth) + " - " + of(SqlType.DATE, scope, depth) + ")";
      case 9 ->
          "extract("
              + dice.of("year", "month", "day", "dow", "doy", "week", "quarter")
              + " FROM "
              + of(dice.of(SqlType.DATE, SqlType.TIMESTAMP), scope, depth)
              + ")::int";
      case 10 -> "(" + of(SqlType.BOOL, scope, depth) + ")::int";
      default ->
          "position("
              + Literals.typed(SqlType.TEXT, dice)
              + " IN "
              + of(SqlType.TEXT, scope, depth)
              + ")";
    };
  }

  private String bigint(Scope scope, int depth) {
    String a = of(SqlType.BIGINT, scope, depth);
    return switch (dice.below(6)) {
      case 0 -> "(" + a + " + " + of(SqlType.INT, scope, depth) + ")";
      case 1 -> "(" + of(SqlType.INT, scope, depth) + " - " + a + ")";
      case 2 -> "(" + a + " % 7)";
      case 3 -> "(" + of(SqlType.INT, scope, depth) + ")::bigint";
      case 4 -> "abs(" + a + ")";
      default -> "mod(" + a + ", nullif(" + of(SqlType.BIGINT, scope, depth) + ", 0))";
    };
  }

  private String numeric(Scope scope, int depth) {
    String a = of(SqlType.NUMERIC, scope, depth);
    return switch (dice.below(11)) {
      case 0 -> "(" + a + " + " + of(SqlType.INT, scope, depth) + ")";
      case 1 -> "(" + a + " - " + of(SqlType.NUMERIC, scope, depth) + ")";
      case 2 -> "(" + a + " * " + Literals.typed(SqlType.NUMERIC, dice) + ")";
      case 3 -> "(" + a + " / nullif(" + of(SqlType.NUMERIC, scope, depth) + ", 0))";
      case 4 -> "round(" + a + ", " + dice.between(-1, 3) + ")";
      case 5 -> dice.of("floor(", "ceil(", "round(", "trunc(", "abs(") + a + ")";
      case 6 -> "(" + of(dice.of(SqlType.INT, SqlType.BIGINT), scope, depth) + ")::numeric";
      case 7 -> "mod(" + a + ", nullif(" + of(SqlType.NUMERIC, scope, depth) + ", 0))";
      case 8 -> "(" + of(SqlType.FLOAT, scope, 0) + ")::numeric";
      case 9 -> "(-" + a + ")";
      default -> "trunc(" + a + ", 1)";
    };
  }

  private String floating(Scope scope, int depth) {
    String a = of(SqlType.FLOAT, scope, depth);
    return switch (dice.below(7)) {
      case 0 -> "(" + a + " + " + of(SqlType.FLOAT, scope, depth) + ")";
      case 1 -> "(" + a + " - " + of(SqlType.INT, scope, depth) + ")";
      case 2 -> "(" + a + " * " + dice.of("0.5", "2", "-1") + ")";
      case 3 -> dice.of("floor(", "ceil(", "round(", "trunc(", "abs(", "sign(") + a + ")";
      case 4 -> "(" + of(SqlType.INT, scope, depth) + ")::float8";
      case 5 -> "(" + a + " / 2)";
      default -> "(-" + a + ")";
    };
  }

  private String text(Scope scope, int depth) {
    String a = of(SqlType.TEXT, scope, depth);
    return switch (dice.below(17)) {
      case 0, 1 -> "(" + a + " || " + of(SqlType.TEXT, scope, depth) + ")";
      case 2 -> dice.of("upper(", "lower(", "initcap(", "reverse(", "trim(", "md5(") + a + ")";
      case 3 -> "substr(" + a + ", " + dice.between(-1, 3) + ", " + dice.between(0, 3) + ")";
      case 4 -> "replace(" + a + ", " + Literals.typed(SqlType.TEXT, dice) + ", 'Q')";
      case 5 -> dice.of("left(", "right(") + a + ", " + dice.between(-2, 3) + ")";
      case 6 -> dice.of("lpad(", "rpad(") + a + ", " + dice.between(0, 5) + ", '*')";
      case 7 -> "(" + of(SqlType.INT, scope, depth) + ")::text";
      case 8 -> "(" + of(SqlType.DATE, scope, depth) + ")::text";
      case 9 -> "(" + of(SqlType.NUMERIC, scope, 0) + ")::text";
      case 10 -> "concat(" + a + ", " + of(SqlType.INT, scope, depth) + ")";
      case 11 -> "concat_ws('-', " + a + ", " + of(SqlType.TEXT, scope, depth) + ")";
      case 12 -> "repeat(" + a + ", " + dice.between(-1, 3) + ")";
      case 13 -> "split_part(" + a + ", 'b', " + dice.of(1, 2, -1) + ")";
      case 14 -> "(" + of(SqlType.BOOL, scope, depth) + ")::text";
      case 15 -> "regexp_replace(" + a + ", '[a-b]', '<\\&>'" + dice.of("", ", 'g'") + ")";
      default -> "to_char(" + of(SqlType.DATE, scope, depth) + ", 'YYYY-MM-DD')";
    };
  }

  private String date(Scope scope, int depth) {
    String a = of(SqlType.DATE, scope, depth);
    return switch (dice.below(4)) {
      case 0 -> "(" + a + " + " + dice.between(-40, 40) + ")";
      case 1 -> "(" + of(SqlType.TIMESTAMP, scope, depth) + ")::date";
      case 2 -> "date_trunc('month', " + of(SqlType.TIMESTAMP, scope, depth) + ")::date";
      default -> "(" + a + " + interval '1 month')::date";
    };
  }

  private String timestamp(Scope scope, int depth) {
    String a = of(SqlType.TIMESTAMP, scope, depth);
    return switch (dice.below(4)) {
      case 0 ->
          "(" + a + " + interval '" + dice.of("1 day", "90 minutes", "1 month", "-1 hour") + "')";
      case 1 -> "(" + of(SqlType.DATE, scope, depth) + ")::timestamp";
      case 2 -> "date_trunc('" + dice.of("hour", "day", "month", "year") + "', " + a + ")";
      default -> "(" + of(SqlType.DATE, scope, depth) + " + time '12:00')";
    };
  }

  /// A condition.
  String predicate(Scope scope, int depth) {
    if (depth <= 0) {
      return comparison(scope, 0);
    }
    return switch (dice.below(16)) {
      case 0, 1, 2, 3, 4 -> comparison(scope, depth - 1);
      case 5 -> "(" + predicate(scope, depth - 1) + " AND " + predicate(scope, depth - 1) + ")";
      case 6 -> "(" + predicate(scope, depth - 1) + " OR " + predicate(scope, depth - 1) + ")";
      case 7 -> "(NOT " + predicate(scope, depth - 1) + ")";
      case 8 -> nullTest(scope, depth - 1);
      case 9 -> inList(scope, depth - 1);
      case 10 -> between(scope, depth - 1);
      case 11 -> like(scope, depth - 1);
      case 12 -> {
        String exists = dice.of("EXISTS (", "NOT EXISTS (");
        yield exists + subqueries.any(scope, depth - 1) + ")";
      }
      case 13 -> inSubquery(scope, depth - 1);
      case 14 -> quantified(scope, depth - 1);
      default ->
          "("
              + of(SqlType.BOOL, scope, 0)
              + dice.of(" IS TRUE", " IS NOT TRUE", " IS FALSE", " IS UNKNOWN")
              + ")";
    };
  }

  /// Any type that can be compared, numbers more often.
  SqlType anyType() {
    return dice.chance(40) ? SqlType.INT : dice.of(SqlType.values());
  }

  private String comparison(Scope scope, int depth) {
    SqlType left = anyType();
    SqlType right =
        left.isNumber() && dice.chance(20)
            ? dice.of(SqlType.INT, SqlType.NUMERIC, SqlType.FLOAT, SqlType.BIGINT)
            : left;
    String operator =
        dice.of("=", "=", "<>", "<", "<=", ">", ">=", "IS DISTINCT FROM", "IS NOT DISTINCT FROM");
    return "(" + of(left, scope, depth) + " " + operator + " " + of(right, scope, depth) + ")";
  }

  private String nullTest(Scope scope, int depth) {
    return "(" + of(anyType(), scope, depth) + dice.of(" IS NULL", " IS NOT NULL") + ")";
  }

  private String inList(Scope scope, int depth) {
    SqlType type = anyType();
    StringBuilder list = new StringBuilder(Literals.typed(type, dice));
    int extra = dice.below(4);
    for (int i = 0; i < extra; i++) {
      list.append(", ").append(dice.chance(10) ? "NULL" : Literals.typed(type, dice));
    }
    return "(" + of(type, scope, depth) + dice.of(" IN (", " NOT IN (") + list + "))";
  }

  private String between(Scope scope, int depth) {
    SqlType type = dice.of(SqlType.INT, SqlType.NUMERIC, SqlType.TEXT, SqlType.DATE);
    return "("
        + of(type, scope, depth)
        + dice.of(" BETWEEN ", " NOT BETWEEN ", " BETWEEN SYMMETRIC ")
        + of(type, scope, 0)
        + " AND "
        + of(type, scope, 0)
        + ")";
  }

  private String like(Scope scope, int depth) {
    String pattern = dice.of("'a%'", "'%b'", "'_'", "'%'", "'a\\%b'", "'%B%'", "''");
    String regex = dice.of("'^a'", "'b$'", "'[a-z]+'", "'a|B'", "'^.$'");
    return dice.chance(70)
        ? "("
            + of(SqlType.TEXT, scope, depth)
            + dice.of(" LIKE ", " NOT LIKE ", " ILIKE ")
            + pattern
            + ")"
        : "(" + of(SqlType.TEXT, scope, depth) + dice.of(" ~ ", " ~* ", " !~ ") + regex + ")";
  }

  private String inSubquery(Scope scope, int depth) {
    SqlType type = anyType();
    return "("
        + of(type, scope, 0)
        + dice.of(" IN (", " IN (", " NOT IN (")
        + subqueries.column(type, scope, depth)
        + "))";
  }

  private String quantified(Scope scope, int depth) {
    SqlType type = dice.of(SqlType.INT, SqlType.NUMERIC, SqlType.TEXT, SqlType.DATE);
    return "("
        + of(type, scope, 0)
        + dice.of(" = ", " < ", " >= ", " <> ")
        + dice.of("ANY (", "ALL (")
        + subqueries.column(type, scope, depth)
        + "))";
  }
}
