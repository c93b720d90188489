package io.quarkgres.it.differential;

/// Random constants from small domains.
///
/// Equal values always look the same (an interval has only days, JSON numbers have no fraction), so
/// that it does not matter which of several equal values DISTINCT or UNION keeps.
final class Literals {
  private Literals() {}

  /// The text form of a value.
  private static String text(SqlType type, Dice dice) {
    return switch (type) {
      case INT -> Integer.toString(dice.between(-2, 9));
      case SMALLINT -> Integer.toString(dice.between(-3, 6));
      case BIGINT -> dice.chance(10) ? "3000000000" : Integer.toString(dice.between(-3, 12));
      case NUMERIC -> dice.between(-3, 9) + "." + dice.of("00", "50", "25", "10");
      case FLOAT -> dice.between(-4, 8) + dice.of(".0", ".5");
      case TEXT ->
          dice.of("", "a", "b", "ab", "B", "abc", "x y", "Zed", "é", "a%b", "12", "-7", "a_b");
      case BOOL -> dice.of("true", "false");
      case DATE -> "2024-0" + dice.between(1, 3) + "-" + dice.of("01", "15", "28");
      case TIME -> dice.of("00:00:00", "10:30:00", "12:00:00", "23:59:59.5");
      case TIMESTAMP ->
          "2024-0" + dice.between(1, 3) + "-15 " + dice.of("00:00:00", "10:30:00", "23:59:59.5");
      case TIMESTAMPTZ ->
          "2024-0"
              + dice.between(1, 3)
              + "-15 "
              + dice.of("00:00:00+00", "10:30:00+02", "22:15-05");
      case INTERVAL -> dice.between(-3, 12) + " days";
      case UUID ->
          "0000000"
              + dice.between(1, 6)
              + "-0000-4000-8000-"
              + dice.of("000000000000", "a00000000b0c");
      case BYTEA -> dice.of("\\x", "\\x61", "\\x6162", "\\x00ff", "\\xff");
      case JSONB -> json(dice);
      case INTS ->
          dice.of(
              "{}",
              "{1}",
              "{1,2}",
              "{2,1,NULL}",
              "{3,3}",
              "{NULL}",
              "[0:1]={1,2}",
              "{{1,2},{3,4}}");
      case TEXTS ->
          dice.of("{}", "{a}", "{a,b}", "{b,NULL,a}", "{\"x y\",\"\"}", "{NULL}", "{\"NULL\"}");
    };
  }

  private static String json(Dice dice) {
    return switch (dice.below(8)) {
      case 0 -> Integer.toString(dice.between(-1, 5));
      case 1 -> dice.of("null", "true", "\"a\"", "\"x y\"", "[]", "{}");
      case 2 -> "[" + dice.between(0, 4) + ", " + dice.between(0, 4) + "]";
      case 3 -> "{\"b\": \"" + dice.of("a", "b", "", "é") + "\", \"a\": null}";
      case 4 -> "{\"c\": [" + dice.between(1, 3) + ", {\"a\": " + dice.between(1, 3) + "}]}";
      default -> "{\"a\": " + dice.between(0, 5) + ", \"b\": \"" + dice.of("a", "b", "ab") + "\"}";
    };
  }

  /// A constant as it can stand in VALUES for a column of this type.
  static String plain(SqlType type, Dice dice) {
    String text = text(type, dice);
    return type.isNumber() || type == SqlType.BOOL ? text : "'" + text + "'";
  }

  /// A constant whose type PostgreSQL knows without its surroundings.
  static String typed(SqlType type, Dice dice) {
    String plain = plain(type, dice);
    return switch (type) {
      case INT, NUMERIC -> plain.startsWith("-") ? "(" + plain + ")" : plain;
      case BOOL -> plain;
      case DATE, TIME, TIMESTAMP, TIMESTAMPTZ, INTERVAL -> type.castName() + " " + plain;
      case SMALLINT, BIGINT, FLOAT -> "(" + plain + ")::" + type.castName();
      case TEXT, UUID, BYTEA, JSONB, INTS, TEXTS -> plain + "::" + type.castName();
    };
  }

  /// A constant that is sent as a parameter where the protocol allows it, see [Parameters].
  static String parameter(SqlType type, Dice dice) {
    return Parameters.mark(text(type, dice), type.castName());
  }
}
