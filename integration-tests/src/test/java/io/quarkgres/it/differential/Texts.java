package io.quarkgres.it.differential;

/// Random expressions of type text, and integers made of texts. Thread: one at a time.
final class Texts {
  private final Dice dice;
  private final Expressions expressions;

  Texts(Dice dice, Expressions expressions) {
    this.dice = dice;
    this.expressions = expressions;
  }

  String next(Scope scope, int depth) {
    String a = expressions.of(SqlType.TEXT, scope, depth);
    return switch (dice.below(30)) {
      case 0, 1 -> "(" + a + " || " + expressions.of(SqlType.TEXT, scope, depth) + ")";
      case 2 -> dice.of("upper(", "lower(", "initcap(", "reverse(", "trim(", "md5(") + a + ")";
      case 3 -> "substr(" + a + ", " + dice.between(-1, 3) + ", " + dice.between(0, 3) + ")";
      case 4 -> "replace(" + a + ", " + Literals.typed(SqlType.TEXT, dice) + ", 'Q')";
      case 5 -> dice.of("left(", "right(") + a + ", " + dice.between(-2, 3) + ")";
      case 6 -> dice.of("lpad(", "rpad(") + a + ", " + dice.between(0, 5) + ", '*')";
      case 7 -> asText(scope, depth);
      case 8 -> asText(scope, depth);
      case 9 -> "trim_scale(" + expressions.of(SqlType.NUMERIC, scope, depth) + ")::text";
      case 10 -> "concat(" + a + ", " + expressions.of(SqlType.INT, scope, depth) + ")";
      case 11 -> "concat_ws('-', " + a + ", " + expressions.of(SqlType.TEXT, scope, depth) + ")";
      case 12 -> "repeat(left(" + a + ", 8), " + dice.between(-1, 3) + ")";
      case 13 -> "split_part(" + a + ", 'b', " + dice.of(1, 2, -1) + ")";
      case 14 -> "(" + expressions.of(SqlType.BOOL, scope, depth) + ")::text";
      case 15 -> "regexp_replace(" + a + ", '[a-b]', '<\\&>'" + dice.of("", ", 'g'") + ")";
      case 16 -> "substring(" + a + " FROM " + dice.of("'[a-z]+'", "'b(.*)'", "2", "'z|$'") + ")";
      case 17 -> "translate(" + a + ", 'ab', " + dice.of("'b'", "'ba'", "''") + ")";
      case 18 -> "overlay(" + a + " PLACING 'XY' FROM " + dice.between(1, 3) + ")";
      case 19 -> dice.of("quote_literal(", "quote_nullable(", "quote_ident(") + a + ")";
      case 20 -> "format('%s:%L', " + a + ", " + expressions.of(SqlType.INT, scope, depth) + ")";
      case 21 -> dice.of("btrim(", "ltrim(", "rtrim(") + a + ", 'ab')";
      case 22 -> "(" + a + ")::" + dice.of("varchar(2)", "char(3)", "varchar") + "::text";
      case 23 -> "chr(65 + abs(" + expressions.of(SqlType.INT, scope, depth) + " % 26))";
      case 24 -> "to_char(" + expressions.of(SqlType.INT, scope, depth) + " % 1000, 'S000')";
      case 25 ->
          "to_char(" + expressions.of(SqlType.NUMERIC, scope, depth) + " % 1000, 'FM990.00')";
      case 26 -> "(" + expressions.of(SqlType.TEXTS, scope, depth) + ")[1]";
      case 27 -> "array_to_string(" + expressions.of(SqlType.TEXTS, scope, depth) + ", ',', '*')";
      case 28 -> json(scope, depth);
      default ->
          "to_char("
              + expressions.of(dice.of(SqlType.DATE, SqlType.TIMESTAMP), scope, depth)
              + dice.of(", 'YYYY-MM-DD')", ", 'Dy DD Mon HH24:MI')", ", 'IYYY-IW')");
    };
  }

  /// Floating point and numeric values are not among these: equal ones may look different.
  private String asText(Scope scope, int depth) {
    SqlType type =
        dice.of(
            SqlType.INT,
            SqlType.INT,
            SqlType.BIGINT,
            SqlType.DATE,
            SqlType.TIMESTAMP,
            SqlType.TIMESTAMPTZ,
            SqlType.INTERVAL,
            SqlType.JSONB,
            SqlType.INTS,
            SqlType.TEXTS,
            SqlType.UUID);
    return "(" + expressions.of(type, scope, depth) + ")::text";
  }

  private String json(Scope scope, int depth) {
    String json = expressions.of(SqlType.JSONB, scope, depth);
    return switch (dice.below(4)) {
      case 0 -> "jsonb_typeof(" + json + ")";
      case 1 -> "(" + json + " ->> 'b')";
      case 2 -> "(" + json + " #>> '{c,1,a}')";
      default -> "(" + json + " ->> 0)";
    };
  }

  /// An integer that depends on a text.
  String integer(Scope scope, int depth) {
    String a = expressions.of(SqlType.TEXT, scope, depth);
    return switch (dice.below(6)) {
      case 0 -> "length(" + a + ")";
      case 1 -> "octet_length(" + a + ")";
      case 2 -> "ascii(" + a + ")";
      case 3 -> {
        String guarded = expressions.leaf(SqlType.TEXT, scope);
        yield "CASE WHEN " + guarded + " ~ '^-?[0-9]{1,4}$' THEN " + guarded + "::int END";
      }
      case 4 -> "strpos(" + a + ", " + Literals.typed(SqlType.TEXT, dice) + ")";
      default -> "position(" + Literals.typed(SqlType.TEXT, dice) + " IN " + a + ")";
    };
  }
}
