package io.quarkgres.it.differential;

/// Random expressions of a wanted type that never fail when evaluated. Thread: one at a time.
///
/// Texts, dates, arrays and JSON are made by [Texts], [Temporals] and [Composites], conditions by
/// [Predicates].
final class Expressions {
  private final Dice dice;
  private final Subqueries subqueries;
  private final Texts texts;
  private final Temporals temporals;
  private final Composites composites;
  private final Predicates predicates;

  /// Makes sub-selects for expressions.
  interface Subqueries {
    /// A sub-select with one column of this type and at most one row.
    String scalar(SqlType type, Scope scope, int depth);

    /// A sub-select with columns of these types and any number of rows.
    String columns(Scope scope, int depth, SqlType... types);

    /// A sub-select for EXISTS.
    String any(Scope scope, int depth);

    /// A sub-select with one column of this type, in an order that is determined.
    String ordered(SqlType type, Scope scope, int depth);
  }

  Expressions(Dice dice, Subqueries subqueries) {
    this.dice = dice;
    this.subqueries = subqueries;
    this.texts = new Texts(dice, this);
    this.temporals = new Temporals(dice, this);
    this.composites = new Composites(dice, this, subqueries);
    this.predicates = new Predicates(dice, this, subqueries);
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
      case SMALLINT -> "(" + of(SqlType.INT, scope, depth - 1) + " % 100)::smallint";
      case BIGINT -> bigint(scope, depth - 1);
      case NUMERIC -> numeric(scope, depth - 1);
      case FLOAT -> floating(scope, depth - 1);
      case TEXT -> texts.next(scope, depth - 1);
      case BOOL -> predicate(scope, depth - 1);
      case DATE, TIME, TIMESTAMP, TIMESTAMPTZ, INTERVAL -> temporals.of(type, scope, depth - 1);
      case UUID, BYTEA, JSONB, INTS, TEXTS -> composites.of(type, scope, depth - 1);
    };
  }

  /// A column, a constant, a parameter or NULL.
  String leaf(SqlType type, Scope scope) {
    String column = dice.chance(88) ? scope.column(type, dice) : null;
    if (column != null) {
      return column;
    }
    if (dice.chance(6)) {
      return "NULL::" + type.castName();
    }
    return dice.chance(20) ? Literals.parameter(type, dice) : Literals.typed(type, dice);
  }

  private String conditional(SqlType type, Scope scope, int depth) {
    String a = of(type, scope, depth);
    String b = of(type, scope, depth);
    return switch (dice.below(6)) {
      case 0 -> "CASE WHEN " + predicate(scope, depth) + " THEN " + a + " ELSE " + b + " END";
      case 1 -> "CASE WHEN " + predicate(scope, depth) + " THEN " + a + " END";
      case 2 -> simpleCase(a, b, scope, depth);
      case 3 -> "coalesce(" + a + ", " + b + ")";
      case 4 -> "nullif(" + a + ", " + b + ")";
      default -> dice.of("greatest(", "least(") + a + ", " + b + ")";
    };
  }

  private String simpleCase(String a, String b, Scope scope, int depth) {
    SqlType type = dice.of(SqlType.INT, SqlType.TEXT, SqlType.DATE);
    return "CASE "
        + of(type, scope, depth)
        + " WHEN "
        + of(type, scope, 0)
        + " THEN "
        + a
        + " WHEN "
        + Literals.typed(type, dice)
        + " THEN "
        + b
        + dice.of("", " ELSE NULL")
        + " END";
  }

  private String integer(Scope scope, int depth) {
    String a = of(SqlType.INT, scope, depth);
    return switch (dice.below(26)) {
      case 0, 1, 2 -> "(" + a + " + " + of(SqlType.INT, scope, depth) + ")";
      case 3 -> "(" + a + " - " + of(SqlType.INT, scope, depth) + ")";
      case 4 -> "(" + a + " * " + dice.between(-3, 3) + ")";
      case 5 -> "(" + a + " / nullif(" + of(SqlType.INT, scope, depth) + ", 0))";
      case 6 -> "(" + a + " % nullif(" + of(SqlType.INT, scope, depth) + ", 0))";
      case 7 -> dice.of("abs(", "-(", "+(", "~(") + a + ")";
      case 8 -> "(" + a + dice.of(" & ", " | ", " # ") + of(SqlType.INT, scope, depth) + ")";
      case 9 -> "((" + a + " % 1000) << 2)";
      case 10 -> "(" + a + " >> 1)";
      case 11 -> "gcd(" + a + ", " + of(SqlType.INT, scope, depth) + ")";
      case 12 -> "num_nulls(" + a + ", " + of(SqlType.TEXT, scope, depth) + ")";
      case 13 -> "(" + of(SqlType.SMALLINT, scope, depth) + " + " + a + ")";
      case 14 -> "width_bucket(" + of(SqlType.NUMERIC, scope, depth) + ", 0, 8, 4)";
      case 15 -> "(" + of(SqlType.BOOL, scope, depth) + ")::int";
      case 16 -> "sign(" + of(SqlType.NUMERIC, scope, depth) + ")::int";
      case 17, 18, 19 -> texts.integer(scope, depth);
      case 20, 21, 22 -> temporals.integer(scope, depth);
      default -> composites.integer(scope, depth);
    };
  }

  private String bigint(Scope scope, int depth) {
    String a = of(SqlType.BIGINT, scope, depth);
    return switch (dice.below(7)) {
      case 0 -> "(" + a + " + " + of(SqlType.INT, scope, depth) + ")";
      case 1 -> "(" + of(SqlType.INT, scope, depth) + " - " + a + ")";
      case 2 -> "(" + a + " % 7)";
      case 3 -> "(" + of(SqlType.INT, scope, depth) + ")::bigint";
      case 4 -> "abs(" + a + ")";
      case 5 -> "(" + of(SqlType.NUMERIC, scope, depth) + " % 100000)::bigint";
      default -> "mod(" + a + ", nullif(" + of(SqlType.BIGINT, scope, depth) + ", 0))";
    };
  }

  private String numeric(Scope scope, int depth) {
    String a = of(SqlType.NUMERIC, scope, depth);
    return switch (dice.below(12)) {
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
      case 10 -> "((" + a + " % 1000)::numeric(5, 1))";
      default -> "trunc(" + a + ", 1)";
    };
  }

  private String floating(Scope scope, int depth) {
    String a = of(SqlType.FLOAT, scope, depth);
    return switch (dice.below(8)) {
      case 0 -> "(" + a + " + " + of(SqlType.FLOAT, scope, depth) + ")";
      case 1 -> "(" + a + " - " + of(SqlType.INT, scope, depth) + ")";
      case 2 -> "(" + a + " * " + dice.of("0.5", "2", "-1") + ")";
      case 3 -> dice.of("floor(", "ceil(", "round(", "trunc(", "abs(", "sign(") + a + ")";
      case 4 -> "(" + of(SqlType.INT, scope, depth) + ")::float8";
      case 5 -> "(" + a + " / 2)";
      case 6 -> "(" + of(SqlType.BIGINT, scope, depth) + " % 10000)::float4::float8";
      default -> "(-" + a + ")";
    };
  }

  /// A condition.
  String predicate(Scope scope, int depth) {
    return predicates.next(scope, depth);
  }

  /// Any type that can be compared, numbers more often.
  SqlType anyType() {
    return dice.chance(75) ? dice.of(SqlType.COMMON) : dice.of(SqlType.values());
  }
}
