package io.quarkgres.it.differential;

/// Random conditions that never fail when evaluated. Thread: one at a time.
final class Predicates {
  private final Dice dice;
  private final Expressions expressions;
  private final Expressions.Subqueries subqueries;

  Predicates(Dice dice, Expressions expressions, Expressions.Subqueries subqueries) {
    this.dice = dice;
    this.expressions = expressions;
    this.subqueries = subqueries;
  }

  String next(Scope scope, int depth) {
    if (depth <= 0) {
      return dice.chance(30) ? sargable(scope) : comparison(scope, 0);
    }
    return switch (dice.below(21)) {
      case 0, 1, 2, 3 -> comparison(scope, depth - 1);
      case 4 -> sargable(scope);
      case 5 -> "(" + next(scope, depth - 1) + " AND " + next(scope, depth - 1) + ")";
      case 6 -> "(" + next(scope, depth - 1) + " OR " + next(scope, depth - 1) + ")";
      case 7 -> "(NOT " + next(scope, depth - 1) + ")";
      case 8 -> nullTest(scope, depth - 1);
      case 9 -> inList(scope, depth - 1);
      case 10 -> between(scope, depth - 1);
      case 11 -> like(scope, depth - 1);
      case 12, 13 -> {
        String exists = dice.of("EXISTS (", "NOT EXISTS (");
        yield exists + subqueries.any(scope, depth - 1) + ")";
      }
      case 14, 15 -> inSubquery(scope, depth - 1);
      case 16 -> quantified(scope, depth - 1);
      case 17 -> rows(scope, depth - 1);
      case 18 -> arrays(scope, depth - 1);
      case 19 -> json(scope, depth - 1);
      default ->
          "("
              + expressions.of(SqlType.BOOL, scope, 0)
              + dice.of(" IS TRUE", " IS NOT TRUE", " IS FALSE", " IS UNKNOWN", " IS NOT NULL")
              + ")";
    };
  }

  /// A condition that an index may answer: a column or an indexed expression, and a constant.
  private String sargable(Scope scope) {
    if (dice.chance(15)) {
      String text = scope.column(SqlType.TEXT, dice);
      String number = scope.column(SqlType.INT, dice);
      if (text != null && dice.chance(50)) {
        return "(lower(" + text + ") = " + dice.of("'b'", "'ab'", "'zed'") + ")";
      }
      if (number != null) {
        return "((" + number + " + 1)" + dice.of(" = ", " < ", " >= ") + dice.between(0, 6) + ")";
      }
    }
    SqlType type =
        dice.of(SqlType.INT, SqlType.INT, SqlType.TEXT, SqlType.DATE, expressions.anyType());
    String column = scope.column(type, dice);
    if (column == null) {
      return comparison(scope, 0);
    }
    String constant = dice.chance(30) ? Literals.parameter(type, dice) : Literals.typed(type, dice);
    String operator = dice.of(" = ", " = ", " < ", " <= ", " > ", " >= ", " <> ");
    return dice.chance(15)
        ? "(" + constant + operator + column + ")"
        : "(" + column + operator + constant + ")";
  }

  private String comparison(Scope scope, int depth) {
    SqlType left = expressions.anyType();
    SqlType right =
        left.isNumber() && dice.chance(20)
            ? dice.of(SqlType.INT, SqlType.SMALLINT, SqlType.NUMERIC, SqlType.FLOAT, SqlType.BIGINT)
            : left == SqlType.DATE && dice.chance(15)
                ? dice.of(SqlType.TIMESTAMP, SqlType.TIMESTAMPTZ)
                : left;
    String operator =
        dice.of("=", "=", "<>", "<", "<=", ">", ">=", "IS DISTINCT FROM", "IS NOT DISTINCT FROM");
    return "("
        + expressions.of(left, scope, depth)
        + " "
        + operator
        + " "
        + expressions.of(right, scope, depth)
        + ")";
  }

  private String nullTest(Scope scope, int depth) {
    return "("
        + expressions.of(expressions.anyType(), scope, depth)
        + dice.of(" IS NULL", " IS NOT NULL")
        + ")";
  }

  private String inList(Scope scope, int depth) {
    SqlType type = expressions.anyType();
    StringBuilder list = new StringBuilder(Literals.typed(type, dice));
    int extra = dice.below(4);
    for (int i = 0; i < extra; i++) {
      list.append(", ")
          .append(
              dice.chance(10)
                  ? "NULL"
                  : dice.chance(10) ? expressions.of(type, scope, 0) : Literals.typed(type, dice));
    }
    return "(" + expressions.of(type, scope, depth) + dice.of(" IN (", " NOT IN (") + list + "))";
  }

  private String between(Scope scope, int depth) {
    SqlType type = comparable();
    return "("
        + expressions.of(type, scope, depth)
        + dice.of(" BETWEEN ", " NOT BETWEEN ", " BETWEEN SYMMETRIC ", " NOT BETWEEN SYMMETRIC ")
        + expressions.of(type, scope, 0)
        + " AND "
        + expressions.of(type, scope, 0)
        + ")";
  }

  private String like(Scope scope, int depth) {
    String pattern =
        dice.of("'a%'", "'%b'", "'_'", "'%'", "'a\\%b'", "'%B%'", "''", "'a_b'", "'%a%b%'", "'ab'");
    String regex = dice.of("'^a'", "'b$'", "'[a-z]+'", "'a|B'", "'^.$'", "'^(a|x).*$'", "'\\d'");
    String text = expressions.of(SqlType.TEXT, scope, depth);
    return switch (dice.below(10)) {
      case 0, 1, 2 -> "(" + text + dice.of(" ~ ", " ~* ", " !~ ", " !~* ") + regex + ")";
      case 3 -> "(" + text + " LIKE 'a!%%' ESCAPE '!')";
      case 4 -> "(" + text + " SIMILAR TO '(a|b)%')";
      case 5 -> "(" + text + " LIKE " + dice.of("ANY", "ALL") + " (ARRAY['a%', '%b', NULL]))";
      case 6 -> "starts_with(" + text + ", " + expressions.of(SqlType.TEXT, scope, 0) + ")";
      default ->
          "(" + text + dice.of(" LIKE ", " NOT LIKE ", " ILIKE ", " NOT ILIKE ") + pattern + ")";
    };
  }

  private String inSubquery(Scope scope, int depth) {
    SqlType type = expressions.anyType();
    return "("
        + expressions.of(type, scope, 0)
        + dice.of(" IN (", " IN (", " NOT IN (")
        + subqueries.columns(scope, depth, type)
        + "))";
  }

  private String quantified(Scope scope, int depth) {
    SqlType type = comparable();
    return "("
        + expressions.of(type, scope, 0)
        + dice.of(" = ", " < ", " >= ", " <> ", " > ")
        + dice.of("ANY (", "ALL (", "SOME (")
        + subqueries.columns(scope, depth, type)
        + "))";
  }

  private String rows(Scope scope, int depth) {
    SqlType a = comparable();
    SqlType b = comparable();
    String left = "(" + expressions.of(a, scope, 0) + ", " + expressions.of(b, scope, 0) + ")";
    String right = "(" + expressions.of(a, scope, 0) + ", " + expressions.of(b, scope, 0) + ")";
    return switch (dice.below(6)) {
      case 0, 1 ->
          "("
              + left
              + dice.of(" IN (", " NOT IN (")
              + subqueries.columns(scope, depth, a, b)
              + "))";
      case 2 -> "(" + left + " IN (" + right + ", (NULL, " + Literals.typed(b, dice) + ")))";
      case 3 -> "(ROW" + left + dice.of(" IS NULL", " IS NOT NULL") + ")";
      case 4 ->
          "("
              + left
              + dice.of(" = ANY (", " <> ALL (")
              + subqueries.columns(scope, depth, a, b)
              + "))";
      default ->
          "(" + left + dice.of(" = ", " <> ", " < ", " >= ", " IS DISTINCT FROM ") + right + ")";
    };
  }

  private String arrays(Scope scope, int depth) {
    SqlType type = dice.of(SqlType.INTS, SqlType.TEXTS);
    SqlType element = type == SqlType.INTS ? SqlType.INT : SqlType.TEXT;
    String array = expressions.of(type, scope, depth);
    return dice.chance(50)
        ? "("
            + expressions.of(element, scope, depth)
            + dice.of(" = ANY (", " <> ALL (", " < ANY (", " >= ALL (")
            + array
            + "))"
        : "("
            + array
            + dice.of(" @> ", " <@ ", " && ", " = ", " < ", " <> ")
            + expressions.of(type, scope, depth)
            + ")";
  }

  private String json(Scope scope, int depth) {
    String json = expressions.of(SqlType.JSONB, scope, depth);
    return switch (dice.below(6)) {
      case 0, 1 ->
          "("
              + json
              + dice.of(" @> ", " <@ ", " = ", " <> ", " < ")
              + expressions.of(SqlType.JSONB, scope, depth)
              + ")";
      case 2 -> "(" + json + " ? " + dice.of("'a'", "'b'", "'x y'") + ")";
      case 3 -> "(" + json + dice.of(" ?| ", " ?& ") + "ARRAY['a', 'b'])";
      case 4 -> "(" + json + " @? '$.a ? (@ > 1)')";
      default -> "(" + json + " @@ '$.a > 1')";
    };
  }

  private SqlType comparable() {
    return dice.of(
        SqlType.INT,
        SqlType.INT,
        SqlType.NUMERIC,
        SqlType.TEXT,
        SqlType.DATE,
        SqlType.BIGINT,
        SqlType.TIMESTAMP);
  }
}
