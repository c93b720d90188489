package io.quarkgres.it.differential;

import java.util.ArrayList;
import java.util.List;

/// Random SELECTs over a schema. Thread: one at a time.
final class QueryGenerator implements Expressions.Subqueries {
  private static final int DEPTH = 3;

  private final Schema schema;
  private final Dice dice;
  private final Expressions expressions;
  private final Aggregates aggregates;
  private final FromClauses fromClauses;

  QueryGenerator(Schema schema, Dice dice) {
    this.schema = schema;
    this.dice = dice;
    this.expressions = new Expressions(dice, this);
    this.aggregates = new Aggregates(dice, expressions);
    this.fromClauses = new FromClauses(schema, dice, expressions, this);
  }

  /// A query and the types of its columns.
  record Typed(Select select, List<SqlType> types) {}

  /// A whole query.
  Select next() {
    List<String> with = new ArrayList<>();
    List<Source> ctes = new ArrayList<>();
    if (dice.chance(20)) {
      addCtes(with, ctes);
    }
    Typed query = query(ctes, Scope.NONE, DEPTH, types(dice.between(1, 5)));
    Select s = query.select();
    boolean ordered = s.distinct().startsWith("DISTINCT ON") || dice.chance(50);
    List<String> orderBy = s.orderBy();
    if (orderBy.isEmpty() && ordered) {
      orderBy = positions(s.items().size());
    }
    String limit = s.limit();
    if (limit.isEmpty() && ordered && !orderBy.isEmpty() && dice.chance(40)) {
      limit =
          dice.of("LIMIT 5", "LIMIT 3 OFFSET 2", "OFFSET 4", "FETCH FIRST 2 ROWS ONLY", "LIMIT 0");
    }
    return new Select(
        with,
        s.distinct(),
        s.items(),
        s.from(),
        s.where(),
        s.groupBy(),
        s.having(),
        s.set(),
        orderBy,
        limit);
  }

  private void addCtes(List<String> with, List<Source> ctes) {
    int count = dice.between(1, 2);
    for (int i = 0; i < count; i++) {
      String name = dice.name("c");
      if (dice.chance(15)) {
        with.add(
            "RECURSIVE "
                + name
                + "(n, m) AS (SELECT 1, "
                + dice.between(0, 3)
                + " UNION ALL SELECT n + 1, m * 2 % 7 FROM "
                + name
                + " WHERE n < "
                + dice.between(2, 6)
                + ")");
        ctes.add(
            new Source(
                name,
                name,
                List.of(new Source.Column("n", SqlType.INT), new Source.Column("m", SqlType.INT)),
                List.of("n")));
      } else {
        List<SqlType> types = types(dice.between(1, 4));
        Typed query = query(ctes, Scope.NONE, 2, types);
        String as = dice.of(" AS ", " AS ", " AS MATERIALIZED ", " AS NOT MATERIALIZED ");
        with.add(name + as + "(" + named(query).sql() + ")");
        ctes.add(new Source(name, name, columns(types), List.of()));
      }
    }
  }

  /// A query whose columns have these types and are named c0, c1, ...
  Typed query(List<Source> ctes, Scope outer, int depth, List<SqlType> types) {
    if (depth > 1 && dice.chance(12)) {
      return setOperation(ctes, outer, depth, types);
    }
    FromClauses.From from = fromClauses.next(ctes, outer, depth);
    Scope scope = outer.inner(from.sources());
    List<String> where = new ArrayList<>();
    int conditions = dice.of(0, 0, 1, 1, 1, 2);
    for (int i = 0; i < conditions; i++) {
      where.add(expressions.predicate(scope, depth - 1));
    }
    return switch (dice.below(10)) {
      case 0, 1, 2 -> grouped(from, where, scope, depth, types);
      case 3 -> aggregated(from, where, scope, depth, types);
      case 4, 5 -> windowed(from, where, scope, depth, types);
      default -> plain(from, where, scope, depth, types);
    };
  }

  private Typed plain(
      FromClauses.From from, List<String> where, Scope scope, int depth, List<SqlType> types) {
    List<String> items = new ArrayList<>();
    for (SqlType type : types) {
      items.add(expressions.of(type, scope, depth - 1));
    }
    String distinct = dice.chance(15) ? "DISTINCT" : "";
    List<String> orderBy = List.of();
    if (distinct.isEmpty() && scope.key() != null && dice.chance(12)) {
      // DISTINCT ON keeps the first row of each group, so the order within a group is made total.
      String first = "(" + expressions.of(SqlType.INT, scope, 1) + " + 0)";
      distinct = "DISTINCT ON (" + first + ")";
      List<String> order = new ArrayList<>();
      order.add(first + dice.of("", " DESC", " NULLS FIRST"));
      order.addAll(scope.key());
      orderBy = order;
    }
    return new Typed(
        new Select(
            List.of(),
            distinct,
            items,
            from.clauses(),
            where,
            List.of(),
            List.of(),
            List.of(),
            orderBy,
            ""),
        types);
  }

  private Typed grouped(
      FromClauses.From from, List<String> where, Scope scope, int depth, List<SqlType> types) {
    int keys = Math.min(types.size(), dice.between(1, 2));
    List<String> items = new ArrayList<>();
    List<String> groupBy = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      if (i < keys) {
        // Constants would be read as positions or make no groups.
        String key = scope.column(types.get(i), dice);
        key =
            key == null || dice.chance(30)
                ? "coalesce(" + expressions.of(types.get(i), scope, 1) + ", NULL)"
                : key;
        items.add(key);
        groupBy.add(key);
      } else {
        items.add(aggregates.of(types.get(i), scope));
      }
    }
    if (keys == 2 && dice.chance(15)) {
      groupBy = List.of(dice.of("ROLLUP (", "CUBE (") + String.join(", ", groupBy) + ")");
    }
    List<String> having =
        dice.chance(25)
            ? List.of(aggregates.of(SqlType.BIGINT, scope) + dice.of(" > 1", " = 2", " <> 3"))
            : List.of();
    return new Typed(
        new Select(
            List.of(), "", items, from.clauses(), where, groupBy, having, List.of(), List.of(), ""),
        types);
  }

  private Typed aggregated(
      FromClauses.From from, List<String> where, Scope scope, int depth, List<SqlType> types) {
    List<String> items = new ArrayList<>();
    for (SqlType type : types) {
      items.add(aggregates.of(type, scope));
    }
    return new Typed(
        new Select(
            List.of(),
            "",
            items,
            from.clauses(),
            where,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            ""),
        types);
  }

  private Typed windowed(
      FromClauses.From from, List<String> where, Scope scope, int depth, List<SqlType> types) {
    List<String> items = new ArrayList<>();
    for (SqlType type : types) {
      items.add(
          dice.chance(50)
              ? aggregates.window(type, scope)
              : expressions.of(type, scope, depth - 2));
    }
    return new Typed(
        new Select(
            List.of(),
            "",
            items,
            from.clauses(),
            where,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            ""),
        types);
  }

  private Typed setOperation(List<Source> ctes, Scope outer, int depth, List<SqlType> types) {
    Select first = withoutOrder(query(ctes, outer, 1, types).select());
    List<String> arms = new ArrayList<>();
    int count = dice.between(1, 2);
    for (int i = 0; i < count; i++) {
      String operator =
          dice.of("UNION", "UNION ALL", "INTERSECT", "INTERSECT ALL", "EXCEPT", "EXCEPT ALL");
      arms.add(operator + " (" + query(ctes, outer, 1, types).select().sql() + ")");
    }
    return new Typed(
        new Select(
            List.of(),
            first.distinct(),
            first.items(),
            first.from(),
            first.where(),
            first.groupBy(),
            first.having(),
            arms,
            List.of(),
            ""),
        types);
  }

  private static Select withoutOrder(Select select) {
    boolean on = select.distinct().startsWith("DISTINCT ON");
    return new Select(
        select.with(),
        on ? "" : select.distinct(),
        select.items(),
        select.from(),
        select.where(),
        select.groupBy(),
        select.having(),
        select.set(),
        List.of(),
        "");
  }

  /// The same query with the columns named c0, c1, ...
  static Select named(Typed query) {
    Select s = query.select();
    List<String> items = new ArrayList<>();
    for (int i = 0; i < s.items().size(); i++) {
      items.add(s.items().get(i) + " AS c" + i);
    }
    return new Select(
        s.with(),
        s.distinct(),
        items,
        s.from(),
        s.where(),
        s.groupBy(),
        s.having(),
        s.set(),
        s.orderBy(),
        s.limit());
  }

  static List<Source.Column> columns(List<SqlType> types) {
    List<Source.Column> columns = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      columns.add(new Source.Column("c" + i, types.get(i)));
    }
    return columns;
  }

  List<SqlType> types(int count) {
    List<SqlType> types = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      types.add(expressions.anyType());
    }
    return types;
  }

  static List<String> positions(int count) {
    List<String> positions = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      positions.add(Integer.toString(i));
    }
    return positions;
  }

  @Override
  public String scalar(SqlType type, Scope scope, int depth) {
    Source table = dice.of(schema.tables()).as(dice.name("q"));
    Scope inner = scope.inner(List.of(table));
    String where = dice.chance(70) ? " WHERE " + correlation(inner, table, scope, depth) : "";
    if (dice.chance(60)) {
      return "SELECT " + aggregates.of(type, new Scope(List.of(table), null)) + from(table) + where;
    }
    return "SELECT "
        + expressions.of(type, inner, 1)
        + from(table)
        + where
        + " ORDER BY "
        + table.alias()
        + ".id"
        + dice.of("", " DESC")
        + " LIMIT 1";
  }

  @Override
  public String column(SqlType type, Scope scope, int depth) {
    Source table = dice.of(schema.tables()).as(dice.name("q"));
    Scope inner = scope.inner(List.of(table));
    String where = dice.chance(60) ? " WHERE " + correlation(inner, table, scope, depth) : "";
    return "SELECT " + expressions.of(type, inner, 1) + from(table) + where;
  }

  @Override
  public String any(Scope scope, int depth) {
    Source table = dice.of(schema.tables()).as(dice.name("q"));
    return "SELECT 1"
        + from(table)
        + " WHERE "
        + correlation(scope.inner(List.of(table)), table, scope, depth);
  }

  private String correlation(Scope inner, Source table, Scope outer, int depth) {
    SqlType type = dice.of(SqlType.INT, SqlType.INT, SqlType.TEXT, SqlType.DATE);
    String outside = outer.column(type, dice);
    List<Source.Column> columns = table.columns(type);
    if (outside == null || columns.isEmpty() || dice.chance(25)) {
      return expressions.predicate(inner, Math.min(depth, 1));
    }
    String equal = table.qualified(dice.of(columns)) + dice.of(" = ", " = ", " < ") + outside;
    return dice.chance(40)
        ? equal + " AND " + expressions.predicate(inner, Math.min(depth, 1))
        : equal;
  }

  private static String from(Source table) {
    return " FROM " + table.sql();
  }
}
