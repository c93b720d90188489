package io.quarkgres.it.differential;

/// Random aggregate calls whose value is fully determined: what depends on an order has one.
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
      case INT -> integer(local);
      case BIGINT -> count(local);
      case NUMERIC -> numeric(local);
      case FLOAT -> floating(local);
      case TEXT -> text(local);
      case BOOL ->
          filtered(
              dice.of("bool_and(", "bool_or(", "every(") + expressions.predicate(local, 0) + ")",
              local);
      case SMALLINT, DATE, TIME, TIMESTAMP, TIMESTAMPTZ ->
          filtered(dice.of("min(", "max(") + expressions.of(type, local, 1) + ")", local);
      case INTERVAL ->
          filtered(dice.of("min(", "max(", "sum(") + expressions.of(type, local, 1) + ")", local);
      case UUID -> first(type, local);
      case BYTEA -> {
        String argument = expressions.of(type, local, 1);
        yield filtered("string_agg(" + argument + ", '\\x2c' ORDER BY " + argument + ")", local);
      }
      case JSONB -> json(local);
      case INTS -> array(SqlType.INT, local);
      case TEXTS -> array(SqlType.TEXT, local);
    };
  }

  private String integer(Scope local) {
    String argument = expressions.of(SqlType.INT, local, 1);
    return switch (dice.below(8)) {
      case 0, 1, 2 -> filtered(dice.of("min(", "max(", "min(DISTINCT ") + argument + ")", local);
      case 3 -> filtered("count(*)", local) + "::int";
      case 4 -> filtered(dice.of("bit_and(", "bit_or(", "bit_xor(") + argument + ")", local);
      case 5 ->
          filtered(
              dice.of("mode()", "percentile_disc(0.25)", "percentile_disc(1)")
                  + " WITHIN GROUP (ORDER BY "
                  + argument
                  + ")",
              local);
      case 6 -> "cardinality(" + array(SqlType.INT, local) + ")";
      default -> "(" + first(SqlType.INT, local) + " + 1)";
    };
  }

  private String first(SqlType type, Scope local) {
    String argument = expressions.of(type, local, 1);
    return "(array_agg(" + argument + " ORDER BY " + argument + dice.of("", " DESC") + "))[1]";
  }

  private String count(Scope local) {
    String any = expressions.of(expressions.anyType(), local, 1);
    return switch (dice.below(8)) {
      case 0, 1 -> filtered("count(*)", local);
      case 2 -> filtered("count(" + any + ")", local);
      case 3 -> filtered("count(DISTINCT " + any + ")", local);
      case 4 ->
          filtered(
              "count(DISTINCT (" + any + ", " + expressions.of(SqlType.INT, local, 0) + "))",
              local);
      case 5 ->
          filtered(
              dice.of("rank(", "dense_rank(")
                  + Literals.typed(SqlType.INT, dice)
                  + ") WITHIN GROUP (ORDER BY "
                  + expressions.of(SqlType.INT, local, 1)
                  + dice.of("", " DESC")
                  + ")",
              local);
      case 6 ->
          filtered(
              "sum(" + dice.of("", "DISTINCT ") + expressions.of(SqlType.INT, local, 1) + ")",
              local);
      default -> filtered("sum(" + expressions.of(SqlType.SMALLINT, local, 1) + ")", local);
    };
  }

  private String numeric(Scope local) {
    return switch (dice.below(7)) {
      case 0 ->
          filtered(
              "sum(" + dice.of("", "DISTINCT ") + expressions.of(SqlType.NUMERIC, local, 1) + ")",
              local);
      case 1 -> filtered("avg(" + expressions.of(SqlType.INT, local, 1) + ")", local);
      case 2 ->
          filtered(
              "avg(" + dice.of("", "DISTINCT ") + expressions.of(SqlType.NUMERIC, local, 0) + ")",
              local);
      case 3 -> filtered("sum(" + expressions.of(SqlType.BIGINT, local, 1) + ")", local);
      case 4 ->
          filtered(
              dice.of("variance(", "var_pop(", "stddev(", "stddev_samp(")
                  + expressions.of(dice.of(SqlType.INT, SqlType.BIGINT), local, 0)
                  + ")",
              local);
      case 5 -> filtered("avg(" + expressions.of(SqlType.BIGINT, local, 0) + ")", local);
      default -> filtered("max(" + expressions.of(SqlType.NUMERIC, local, 0) + ")", local);
    };
  }

  /// Averages are rounded to eighths: sums of these are exact in any order.
  private String floating(Scope local) {
    String argument = expressions.of(SqlType.FLOAT, local, 0);
    return switch (dice.below(6)) {
      case 0, 1 -> filtered("sum(" + argument + ")", local);
      case 2 -> "(floor(" + filtered("avg(" + argument + ")", local) + " * 8) / 8)";
      case 3 -> filtered("percentile_cont(0.5) WITHIN GROUP (ORDER BY " + argument + ")", local);
      default -> filtered(dice.of("min(", "max(") + argument + ")", local);
    };
  }

  private String text(Scope local) {
    String argument = expressions.of(SqlType.TEXT, local, 1);
    return switch (dice.below(7)) {
      case 0 -> filtered("min(" + argument + ")", local);
      case 1 -> filtered("max(" + argument + ")", local);
      case 2 ->
          filtered(
              "string_agg("
                  + argument
                  + ", ',' ORDER BY "
                  + argument
                  + dice.of("", " DESC", " NULLS FIRST")
                  + ")",
              local);
      case 3 -> filtered("string_agg(DISTINCT " + argument + ", '+')", local);
      case 4 -> {
        // Equal keys have equal values here, so the order among them does not matter.
        String number = expressions.of(SqlType.INT, local, 0);
        yield filtered(
            "string_agg("
                + argument
                + ", '|' ORDER BY "
                + number
                + dice.of("", " DESC", " DESC NULLS LAST")
                + ", "
                + argument
                + ")",
            local);
      }
      case 5 ->
          filtered(
              dice.of("mode()", "percentile_disc(0.5)")
                  + " WITHIN GROUP (ORDER BY "
                  + argument
                  + ")",
              local);
      default -> "array_to_string(array_agg(" + argument + " ORDER BY " + argument + "), ';', '*')";
    };
  }

  private String json(Scope local) {
    SqlType type = dice.of(SqlType.INT, SqlType.TEXT, SqlType.DATE, SqlType.JSONB);
    String argument = expressions.of(type, local, 1);
    String key = expressions.of(SqlType.TEXT, local, 1);
    return dice.chance(60)
        ? filtered(
            "jsonb_agg(" + argument + " ORDER BY " + argument + dice.of("", " DESC") + ")", local)
        : filtered(
            "jsonb_object_agg(coalesce("
                + key
                + ", 'n'), "
                + argument
                + " ORDER BY "
                + argument
                + ")",
            local);
  }

  private String array(SqlType element, Scope local) {
    String argument = expressions.of(element, local, 1);
    return dice.chance(60)
        ? filtered(
            "array_agg(" + argument + " ORDER BY " + argument + dice.of("", " DESC") + ")", local)
        : filtered("array_agg(DISTINCT " + argument + ")", local);
  }

  private String filtered(String aggregate, Scope local) {
    return dice.chance(15)
        ? aggregate + " FILTER (WHERE " + expressions.predicate(local, dice.of(0, 0, 1)) + ")"
        : aggregate;
  }
}
