package io.quarkgres.it.differential;

/// Random dates, times and intervals, and integers made of them. Thread: one at a time.
///
/// Intervals have only days, because one day and 24 hours are equal but look different.
final class Temporals {
  private final Dice dice;
  private final Expressions expressions;

  Temporals(Dice dice, Expressions expressions) {
    this.dice = dice;
    this.expressions = expressions;
  }

  String of(SqlType type, Scope scope, int depth) {
    return switch (type) {
      case DATE -> date(scope, depth);
      case TIME -> time(scope, depth);
      case TIMESTAMP -> timestamp(scope, depth);
      case TIMESTAMPTZ -> timestamptz(scope, depth);
      case INTERVAL -> interval(scope, depth);
      case INT, SMALLINT, BIGINT, NUMERIC, FLOAT, TEXT, BOOL, UUID, BYTEA, JSONB, INTS, TEXTS ->
          throw new IllegalArgumentException(type.name());
    };
  }

  private String date(Scope scope, int depth) {
    String a = expressions.of(SqlType.DATE, scope, depth);
    return switch (dice.below(7)) {
      case 0 -> "(" + a + " + " + dice.between(-40, 40) + ")";
      case 1 -> "(" + a + " - " + expressions.of(SqlType.INT, scope, depth) + " % 50)";
      case 2 -> "(" + expressions.of(SqlType.TIMESTAMP, scope, depth) + ")::date";
      case 3 -> "(" + expressions.of(SqlType.TIMESTAMPTZ, scope, depth) + ")::date";
      case 4 ->
          "date_trunc('"
              + dice.of("month", "week", "quarter")
              + "', "
              + expressions.of(SqlType.TIMESTAMP, scope, depth)
              + ")::date";
      case 5 ->
          "make_date(2024, 1 + abs("
              + expressions.of(SqlType.INT, scope, depth)
              + " % 12), "
              + dice.between(1, 28)
              + ")";
      default -> "(" + a + " + interval '" + dice.of("1 month", "-1 year", "10 days") + "')::date";
    };
  }

  private String time(Scope scope, int depth) {
    return switch (dice.below(3)) {
      case 0 -> "(" + expressions.of(SqlType.TIMESTAMP, scope, depth) + ")::time";
      case 1 ->
          "("
              + expressions.of(SqlType.TIME, scope, depth)
              + " + interval '"
              + dice.of("1 hour", "90 minutes", "-30 seconds")
              + "')";
      default -> "date_trunc('hour', " + expressions.of(SqlType.TIME, scope, depth) + ")::time";
    };
  }

  private String timestamp(Scope scope, int depth) {
    String a = expressions.of(SqlType.TIMESTAMP, scope, depth);
    return switch (dice.below(8)) {
      case 0 ->
          "(" + a + " + interval '" + dice.of("1 day", "90 minutes", "1 month", "-1 hour") + "')";
      case 1 -> "(" + expressions.of(SqlType.DATE, scope, depth) + ")::timestamp";
      case 2 -> "date_trunc('" + dice.of("hour", "day", "month", "year") + "', " + a + ")";
      case 3 ->
          "(" + a + dice.of(" + ", " - ") + expressions.of(SqlType.INTERVAL, scope, depth) + ")";
      case 4 ->
          "("
              + expressions.of(SqlType.TIMESTAMPTZ, scope, depth)
              + " AT TIME ZONE "
              + dice.of("'UTC'", "'America/New_York'", "interval '2 hours'")
              + ")";
      case 5 -> "date_bin('15 minutes', " + a + ", timestamp '2024-01-01 00:05:00')";
      case 6 ->
          "("
              + expressions.of(SqlType.DATE, scope, depth)
              + " + "
              + expressions.of(SqlType.TIME, scope, depth)
              + ")";
      default -> "(" + expressions.of(SqlType.DATE, scope, depth) + " + time '12:00')";
    };
  }

  private String timestamptz(Scope scope, int depth) {
    String a = expressions.of(SqlType.TIMESTAMPTZ, scope, depth);
    return switch (dice.below(4)) {
      case 0 ->
          "("
              + expressions.of(SqlType.TIMESTAMP, scope, depth)
              + " AT TIME ZONE "
              + dice.of("'UTC'", "'Europe/Berlin'")
              + ")";
      case 1 -> "date_trunc('day', " + a + dice.of("", ", 'Asia/Tokyo'") + ")";
      case 2 -> "(" + expressions.of(SqlType.DATE, scope, depth) + ")::timestamptz";
      default -> "(" + a + " + interval '" + dice.of("1 day", "90 minutes", "1 month") + "')";
    };
  }

  private String interval(Scope scope, int depth) {
    String a = expressions.of(SqlType.INTERVAL, scope, depth);
    return switch (dice.below(6)) {
      case 0 -> "(" + a + " + " + expressions.of(SqlType.INTERVAL, scope, depth) + ")";
      case 1 -> "(" + a + " - " + expressions.of(SqlType.INTERVAL, scope, depth) + ")";
      case 2 -> "(" + a + " * " + dice.between(-2, 3) + ")";
      case 3 -> "(-" + a + ")";
      case 4 ->
          "(date_trunc('day', "
              + expressions.of(SqlType.TIMESTAMP, scope, depth)
              + ") - date_trunc('day', "
              + expressions.of(SqlType.TIMESTAMP, scope, depth)
              + "))";
      default -> "make_interval(days => " + expressions.of(SqlType.INT, scope, depth) + " % 50)";
    };
  }

  /// An integer that depends on a date, a time or an interval.
  String integer(Scope scope, int depth) {
    return switch (dice.below(5)) {
      case 0 ->
          "("
              + expressions.of(SqlType.DATE, scope, depth)
              + " - "
              + expressions.of(SqlType.DATE, scope, depth)
              + ")";
      case 1, 2 ->
          "extract("
              + dice.of("year", "month", "day", "dow", "isodow", "doy", "week", "quarter", "decade")
              + " FROM "
              + expressions.of(dice.of(SqlType.DATE, SqlType.TIMESTAMP), scope, depth)
              + ")::int";
      case 3 ->
          "date_part('"
              + dice.of("hour", "minute", "second")
              + "', "
              + expressions.of(dice.of(SqlType.TIME, SqlType.TIMESTAMPTZ), scope, depth)
              + ")::int";
      default -> "extract(day FROM " + expressions.of(SqlType.INTERVAL, scope, depth) + ")::int";
    };
  }
}
