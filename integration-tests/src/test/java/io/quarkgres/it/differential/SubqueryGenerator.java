package io.quarkgres.it.differential;

import java.util.ArrayList;
import java.util.List;

/// Random sub-selects for expressions, mostly correlated with the queries around them.
///
/// Thread: one at a time.
final class SubqueryGenerator implements Expressions.Subqueries {
  private final Schema schema;
  private final Dice dice;
  private Expressions expressions;
  private Aggregates aggregates;

  SubqueryGenerator(Schema schema, Dice dice) {
    this.schema = schema;
    this.dice = dice;
  }

  /// What makes the parts of sub-selects; they in turn need sub-selects.
  void use(Expressions newExpressions, Aggregates newAggregates) {
    this.expressions = newExpressions;
    this.aggregates = newAggregates;
  }

  /// A FROM and WHERE clause, and what they bring into scope.
  private record Body(String sql, Source first, Scope scope) {
    List<String> key() {
      return scope.key();
    }
  }

  private Body body(Scope outer, int depth, int correlated) {
    Source first = dice.of(schema.small()).as(dice.name("q"));
    String from = " FROM " + first.sql();
    List<Source> sources = new ArrayList<>(List.of(first));
    if (dice.chance(15)) {
      Source second = dice.of(schema.small()).as(dice.name("q"));
      from +=
          dice.of(" JOIN ", " LEFT JOIN ")
              + second.sql()
              + " ON "
              + second.alias()
              + dice.of(".k = ", ".id = ")
              + first.alias()
              + dice.of(".k", ".id");
      sources.add(second);
    }
    Scope scope = outer.inner(sources);
    String where =
        dice.chance(correlated) ? " WHERE " + correlation(scope, first, outer, depth) : "";
    return new Body(from + where, first, scope);
  }

  @Override
  public String scalar(SqlType type, Scope scope, int depth) {
    Body body = body(scope, depth, 70);
    if (dice.chance(60)) {
      return "SELECT " + aggregates.of(type, new Scope(body.scope().sources(), null)) + body.sql();
    }
    return "SELECT "
        + expressions.of(type, body.scope(), 1)
        + body.sql()
        + " ORDER BY "
        + String.join(", ", body.key())
        + dice.of("", " DESC")
        + " LIMIT 1"
        + dice.of("", "", " OFFSET 1");
  }

  @Override
  public String columns(Scope scope, int depth, SqlType... types) {
    Body body = body(scope, depth, 60);
    if (dice.chance(12)) {
      List<String> items = new ArrayList<>();
      Scope local = new Scope(body.scope().sources(), null);
      for (SqlType type : types) {
        items.add(aggregates.of(type, local));
      }
      String key = local.column(dice.of(SqlType.INT, SqlType.TEXT), dice);
      return "SELECT " + String.join(", ", items) + body.sql() + " GROUP BY " + key;
    }
    List<String> items = new ArrayList<>();
    for (SqlType type : types) {
      items.add(expressions.of(type, body.scope(), 1));
    }
    String select =
        "SELECT " + dice.of("", "", "", "DISTINCT ") + String.join(", ", items) + body.sql();
    return dice.chance(10) ? select + " UNION " + columns(scope, 0, types) : select;
  }

  @Override
  public String any(Scope scope, int depth) {
    return "SELECT "
        + dice.of("1", "*", "NULL")
        + body(scope, depth, 100).sql()
        + dice.of("", "", "", "", " LIMIT 1", " OFFSET 1");
  }

  @Override
  public String ordered(SqlType type, Scope scope, int depth) {
    Body body = body(scope, depth, 80);
    return "SELECT "
        + expressions.of(type, body.scope(), 0)
        + body.sql()
        + " ORDER BY 1"
        + dice.of("", " DESC", " NULLS FIRST")
        + dice.of("", " LIMIT 3");
  }

  private String correlation(Scope inner, Source table, Scope outer, int depth) {
    SqlType type = dice.of(SqlType.INT, SqlType.INT, SqlType.TEXT, SqlType.DATE);
    String outside = outer.column(type, dice);
    List<Source.Column> columns = table.columns(type);
    if (outside == null || columns.isEmpty() || dice.chance(25)) {
      return expressions.predicate(inner, Math.min(depth, 2));
    }
    String operator = dice.of(" = ", " = ", " = ", " < ", " IS NOT DISTINCT FROM ");
    String equal = table.qualified(dice.of(columns)) + operator + outside;
    return dice.chance(40)
        ? equal
            + dice.of(" AND ", " AND ", " OR ")
            + expressions.predicate(inner, Math.min(depth, 2))
        : equal;
  }
}
