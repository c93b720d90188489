package io.quarkgres.it.differential;

/// Random constants from small domains.
final class Literals {
  private Literals() {}

  /// A constant as it can stand in VALUES for a column of this type.
  static String plain(SqlType type, Dice dice) {
    return switch (type) {
      case INT -> Integer.toString(dice.between(-2, 9));
      case BIGINT -> dice.chance(10) ? "3000000000" : Integer.toString(dice.between(-3, 12));
      case NUMERIC -> dice.between(-3, 9) + "." + dice.of("00", "50", "25", "10");
      case FLOAT -> dice.between(-4, 8) + dice.of(".0", ".5");
      case TEXT ->
          "'" + dice.of("", "a", "b", "ab", "B", "abc", "x y", "Zed", "é", "a%b", "12", "-7") + "'";
      case BOOL -> dice.of("true", "false");
      case DATE -> "'2024-0" + dice.between(1, 3) + "-" + dice.of("01", "15", "28") + "'";
      case TIMESTAMP ->
          "'2024-0"
              + dice.between(1, 3)
              + "-15 "
              + dice.of("00:00:00", "10:30:00", "23:59:59.5")
              + "'";
    };
  }

  /// A constant whose type PostgreSQL knows without its surroundings.
  static String typed(SqlType type, Dice dice) {
    String plain = plain(type, dice);
    return switch (type) {
      case INT -> plain.startsWith("-") ? "(" + plain + ")" : plain;
      case BOOL -> plain;
      case NUMERIC -> plain.startsWith("-") ? "(" + plain + ")" : plain;
      case TEXT -> plain + "::text";
      case BIGINT, FLOAT -> "(" + plain + ")::" + type.castName();
      case DATE, TIMESTAMP -> type.castName() + " " + plain;
    };
  }
}
