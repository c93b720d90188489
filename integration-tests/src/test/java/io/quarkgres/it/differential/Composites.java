package io.quarkgres.it.differential;

/// Random arrays, JSON values, byte strings and UUIDs, and integers made of them.
///
/// Thread: one at a time.
final class Composites {
  private final Dice dice;
  private final Expressions expressions;
  private final Expressions.Subqueries subqueries;

  Composites(Dice dice, Expressions expressions, Expressions.Subqueries subqueries) {
    this.dice = dice;
    this.expressions = expressions;
    this.subqueries = subqueries;
  }

  String of(SqlType type, Scope scope, int depth) {
    return switch (type) {
      case UUID -> "md5(" + expressions.of(SqlType.TEXT, scope, depth) + ")::uuid";
      case BYTEA -> bytes(scope, depth);
      case JSONB -> json(scope, depth);
      case INTS -> integers(scope, depth);
      case TEXTS -> texts(scope, depth);
      case INT, SMALLINT, BIGINT, NUMERIC, FLOAT, TEXT, BOOL ->
          throw new IllegalArgumentException(type.name());
      case DATE, TIME, TIMESTAMP, TIMESTAMPTZ, INTERVAL ->
          throw new IllegalArgumentException(type.name());
    };
  }

  private String bytes(Scope scope, int depth) {
    String a = expressions.of(SqlType.BYTEA, scope, depth);
    return switch (dice.below(3)) {
      case 0 -> "convert_to(" + expressions.of(SqlType.TEXT, scope, depth) + ", 'UTF8')";
      case 1 -> "(" + a + " || " + expressions.of(SqlType.BYTEA, scope, depth) + ")";
      default -> "substr(" + a + ", " + dice.between(1, 3) + ", 2)";
    };
  }

  private String json(Scope scope, int depth) {
    String a = expressions.of(SqlType.JSONB, scope, depth);
    return switch (dice.below(depth > 0 ? 12 : 10)) {
      case 0 -> "(" + a + " -> " + dice.of("'a'", "'b'", "'c'", "0", "-1") + ")";
      case 1 -> "(" + a + " #> " + dice.of("'{c,0}'", "'{c,1,a}'", "'{}'") + ")";
      case 2 -> "to_jsonb(" + expressions.of(jsonSource(), scope, depth) + ")";
      case 3 ->
          "jsonb_build_object('a', "
              + expressions.of(SqlType.INT, scope, depth)
              + ", 'b', "
              + expressions.of(SqlType.TEXT, scope, depth)
              + ")";
      case 4 -> "jsonb_build_array(" + a + ", " + expressions.of(jsonSource(), scope, depth) + ")";
      case 5 -> "(jsonb_build_array(" + a + ") || " + expressions.of(SqlType.JSONB, scope, 0) + ")";
      case 6 -> "jsonb_strip_nulls(" + a + ")";
      case 7 -> {
        String leaf = expressions.leaf(SqlType.JSONB, scope);
        String object = "CASE WHEN jsonb_typeof(" + leaf + ") = 'object' THEN " + leaf + " END";
        yield switch (dice.below(4)) {
          case 0 -> "(" + object + " - 'a')";
          case 1 -> "(" + object + " || '{\"a\": 7, \"z\": []}')";
          case 2 -> "(" + object + " #- '{c,0}')";
          default ->
              "jsonb_set("
                  + object
                  + ", '{a}', to_jsonb("
                  + expressions.of(SqlType.INT, scope, depth)
                  + "))";
        };
      }
      case 8 -> "jsonb_path_query_first(" + a + ", '$.c[*] ? (@ > 1)')";
      case 9 -> "jsonb_path_query_array(" + a + ", '$.*')";
      case 11 ->
          "(SELECT jsonb_agg(x ORDER BY x) FROM unnest("
              + expressions.of(SqlType.INTS, scope, depth)
              + ") AS x)";
      default -> "(" + a + " -> 'c' -> 0)";
    };
  }

  private SqlType jsonSource() {
    return dice.of(
        SqlType.INT, SqlType.TEXT, SqlType.BOOL, SqlType.DATE, SqlType.INTS, SqlType.TIMESTAMP);
  }

  private String integers(Scope scope, int depth) {
    String number = expressions.of(SqlType.INT, scope, depth);
    // Concatenation needs one dimension, which a constructed array has.
    String flat = "ARRAY[" + number + ", " + expressions.of(SqlType.INT, scope, depth) + "]";
    return switch (dice.below(depth > 0 ? 10 : 8)) {
      case 0, 1 -> flat;
      case 2 -> "array_append(" + flat + ", " + number + ")";
      case 3 -> "(" + number + " || " + flat + ")";
      case 4 -> "(" + flat + " || ARRAY[3, NULL])";
      case 5 -> "array_remove(" + flat + ", " + expressions.of(SqlType.INT, scope, depth) + ")";
      case 6 ->
          "array_replace(" + expressions.of(SqlType.INTS, scope, depth) + ", 1, " + number + ")";
      case 7 ->
          "("
              + expressions.of(SqlType.INTS, scope, depth)
              + ")"
              + dice.of("[1:2]", "[2:]", "[:1]", "[0:0]");
      case 8 -> "ARRAY(" + subqueries.ordered(SqlType.INT, scope, depth) + ")";
      case 9 -> "ARRAY(SELECT generate_series(1, " + number + " % 4))";
      default -> "(" + flat + " || " + expressions.of(SqlType.INT, scope, depth) + ")";
    };
  }

  private String texts(Scope scope, int depth) {
    String text = expressions.of(SqlType.TEXT, scope, depth);
    return switch (dice.below(depth > 0 ? 6 : 4)) {
      case 0 -> "ARRAY[" + text + ", " + expressions.of(SqlType.TEXT, scope, depth) + "]";
      case 1 -> "string_to_array(" + text + ", " + dice.of("'b'", "' '", "''", "NULL") + ")";
      case 2 -> "(" + expressions.of(SqlType.TEXTS, scope, depth) + " || " + text + ")";
      case 3 -> "regexp_split_to_array(" + text + ", '[b ]')";
      case 4 -> "ARRAY(" + subqueries.ordered(SqlType.TEXT, scope, depth) + ")";
      default -> "array_remove(" + expressions.of(SqlType.TEXTS, scope, depth) + ", " + text + ")";
    };
  }

  /// An integer that depends on an array or a JSON value.
  String integer(Scope scope, int depth) {
    return switch (dice.below(7)) {
      case 0 -> "cardinality(" + expressions.of(array(), scope, depth) + ")";
      case 1 -> "array_length(" + expressions.of(array(), scope, depth) + ", 1)";
      case 2 ->
          dice.of("array_upper(", "array_lower(") + expressions.of(array(), scope, depth) + ", 1)";
      case 3 -> "(" + expressions.of(SqlType.INTS, scope, depth) + ")[" + dice.between(0, 3) + "]";
      case 4 ->
          "array_position("
              + expressions.of(SqlType.TEXTS, scope, depth)
              + ", "
              + expressions.of(SqlType.TEXT, scope, depth)
              + ")";
      case 5 -> {
        String json = expressions.leaf(SqlType.JSONB, scope);
        yield "CASE WHEN jsonb_typeof("
            + json
            + " -> 'a') = 'number' THEN ("
            + json
            + " ->> 'a')::int END";
      }
      default -> "length(" + expressions.of(SqlType.BYTEA, scope, depth) + ")";
    };
  }

  private SqlType array() {
    return dice.of(SqlType.INTS, SqlType.TEXTS);
  }
}
