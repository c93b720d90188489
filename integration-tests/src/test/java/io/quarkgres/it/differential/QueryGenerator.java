package io.quarkgres.it.differential;

import java.util.ArrayList;
import java.util.List;

/// Random SELECTs over a schema. Thread: one at a time.
final class QueryGenerator {
  private final Dice dice;
  private final Expressions expressions;
  private final Aggregates aggregates;
  private final Windows windows;
  private final FromClauses fromClauses;
  private final Ctes ctes;

  QueryGenerator(Schema schema, Dice dice) {
    this.dice = dice;
    SubqueryGenerator subqueries = new SubqueryGenerator(schema, dice);
    this.expressions = new Expressions(dice, subqueries);
    this.aggregates = new Aggregates(dice, expressions);
    subqueries.use(expressions, aggregates);
    this.windows = new Windows(dice, expressions);
    this.fromClauses = new FromClauses(schema, dice, expressions, this);
    this.ctes = new Ctes(schema, dice, this);
  }

  /// What makes the expressions of these queries.
  Expressions expressions() {
    return expressions;
  }

  /// A query and the types of its columns.
  record Typed(Select select, List<SqlType> types) {}

  /// A whole query.
  Select next() {
    List<String> with = new ArrayList<>();
    List<Source> named = new ArrayList<>();
    if (dice.chance(20)) {
      ctes.add(with, named);
    }
    int depth = dice.of(2, 3, 3, 3, 4);
    Typed query = query(named, Scope.NONE, depth, types(dice.between(1, 5)));
    return limited(query.select().with(with));
  }

  /// The query with an order and perhaps a limit.
  private Select limited(Select select) {
    boolean ordered = select.distinct().startsWith("DISTINCT ON") || dice.chance(50);
    List<String> orderBy = select.orderBy();
    if (orderBy.isEmpty() && ordered) {
      if (dice.chance(10)) {
        // Not a total order, but all rows like the last one are there.
        return select.ordered(
            List.of("1" + dice.of("", " DESC", " NULLS FIRST")),
            dice.chance(50) ? "FETCH FIRST 3 ROWS WITH TIES" : "OFFSET 0 FETCH NEXT ROW WITH TIES");
      }
      orderBy = directed(select.items().size());
    }
    String limit = select.limit();
    if (limit.isEmpty() && ordered && dice.chance(40)) {
      limit =
          dice.of(
              "LIMIT 5",
              "LIMIT 3 OFFSET 2",
              "OFFSET 4",
              "FETCH FIRST 2 ROWS ONLY",
              "LIMIT 0",
              "LIMIT ALL OFFSET 1",
              "LIMIT 2 + 2",
              "LIMIT NULL",
              "LIMIT " + Parameters.mark("4", "int"));
    }
    return select.ordered(orderBy, limit);
  }

  /// A query whose columns have these types.
  Typed query(List<Source> named, Scope outer, int depth, List<SqlType> types) {
    if (depth > 1 && dice.chance(12)) {
      return setOperation(named, outer, depth, types);
    }
    FromClauses.From from = fromClauses.next(named, outer, depth);
    Scope scope = outer.inner(from.sources());
    List<String> where = new ArrayList<>();
    int conditions = dice.of(0, 0, 1, 1, 1, 2);
    for (int i = 0; i < conditions; i++) {
      where.add(expressions.predicate(scope, depth - 1));
    }
    Select select = Select.of(List.of(), from.clauses(), where);
    Select whole =
        switch (dice.below(10)) {
          case 0, 1, 2 -> grouped(select, scope, types);
          case 3 -> select.items(aggregated(scope, types));
          case 4, 5 -> windowed(select, scope, depth, types);
          default -> plain(select, scope, depth, types);
        };
    return new Typed(whole, types);
  }

  private Select plain(Select select, Scope scope, int depth, List<SqlType> types) {
    List<String> items = new ArrayList<>();
    for (SqlType type : types) {
      items.add(expressions.of(type, scope, depth - 1));
    }
    Select plain = select.items(items);
    if (dice.chance(15)) {
      return plain.distinct("DISTINCT");
    }
    if (scope.key() != null && dice.chance(12)) {
      // DISTINCT ON keeps the first row of each group, so the order within a group is made total.
      String first = "(" + expressions.of(SqlType.INT, scope, 1) + " + 0)";
      String second = scope.column(SqlType.TEXT, dice);
      List<String> order = new ArrayList<>();
      order.add(first + dice.of("", " DESC", " NULLS FIRST"));
      String keys = first;
      if (second != null && dice.chance(40)) {
        order.add(second + dice.of("", " DESC"));
        keys += ", " + second;
      }
      order.addAll(scope.key());
      return plain.distinct("DISTINCT ON (" + keys + ")").ordered(order, "");
    }
    return plain;
  }

  private List<String> aggregated(Scope scope, List<SqlType> types) {
    List<String> items = new ArrayList<>();
    for (SqlType type : types) {
      items.add(aggregates.of(type, scope));
    }
    return items;
  }

  private Select grouped(Select select, Scope scope, List<SqlType> types) {
    int keys = Math.min(types.size(), dice.between(1, 3));
    List<String> items = new ArrayList<>();
    List<String> groupBy = new ArrayList<>();
    for (int i = 0; i < keys; i++) {
      // Constants would be read as positions or make no groups.
      String column = dice.chance(70) ? scope.column(types.get(i), dice) : null;
      String key =
          column == null
              ? "coalesce(" + expressions.of(types.get(i), scope, 1) + ", NULL)"
              : column;
      items.add(key);
      groupBy.add(key);
    }
    boolean columnsOnly = groupBy.stream().noneMatch(key -> key.startsWith("coalesce("));
    List<String> sets = columnsOnly ? groupingSets(groupBy) : groupBy;
    if (sets != groupBy) {
      items.replaceAll(QueryGenerator::notKnownEqual);
    }
    for (int i = keys; i < types.size(); i++) {
      items.add(overGroups(types.get(i), scope, groupBy));
    }
    List<String> having =
        dice.chance(25)
            ? List.of(aggregates.of(SqlType.BIGINT, scope) + dice.of(" > 1", " = 2", " <> 3"))
            : List.of();
    boolean positions = sets == groupBy && dice.chance(15);
    return select.items(items).grouped(positions ? positions(keys) : sets, having);
  }

  /// The same value as something PostgreSQL 15 does not recognize as the column: after WHERE s =
  /// 'B' it takes s for one value also where a grouping set makes it NULL, and leaves it out of
  /// ORDER BY.
  private static String notKnownEqual(String column) {
    return "coalesce(" + column + ", NULL)";
  }

  /// An aggregate, or a window function over the groups.
  private String overGroups(SqlType type, Scope scope, List<String> keys) {
    if (type == SqlType.BIGINT && dice.chance(30)) {
      String order =
          " OVER (ORDER BY " + aggregates.of(SqlType.INT, scope) + dice.of("", " DESC") + ")";
      return dice.of("rank()", "dense_rank()", "sum(count(*))::bigint", "count(*)") + order;
    }
    if (type == SqlType.INT && scope.outer() == Scope.NONE && dice.chance(20)) {
      return "grouping(" + String.join(", ", keys) + ")";
    }
    return aggregates.of(type, scope);
  }

  /// Grouping sets over columns only: PostgreSQL 15 takes an expression that turns out to be a
  /// constant for one also where a grouping set makes it NULL.
  private List<String> groupingSets(List<String> keys) {
    String all = String.join(", ", keys);
    return switch (dice.below(10)) {
      case 0 -> List.of("ROLLUP (" + all + ")");
      case 1 -> List.of("CUBE (" + all + ")");
      case 2 -> List.of("GROUPING SETS ((" + all + "), (" + keys.getFirst() + "), ())");
      case 3 -> List.of("GROUPING SETS ((" + keys.getLast() + "), (" + all + "))");
      case 4 -> {
        List<String> mixed = new ArrayList<>(keys.subList(1, keys.size()));
        mixed.add("ROLLUP (" + keys.getFirst() + ")");
        yield mixed;
      }
      case 5 -> List.of("DISTINCT ROLLUP (" + all + "), GROUPING SETS (ROLLUP (" + all + "), ())");
      default -> keys;
    };
  }

  private Select windowed(Select select, Scope scope, int depth, List<SqlType> types) {
    windows.takeNamed();
    List<String> items = new ArrayList<>();
    for (SqlType type : types) {
      items.add(
          Windows.has(type) && dice.chance(60)
              ? windows.of(type, scope)
              : expressions.of(type, scope, depth - 2));
    }
    return select.items(items).windows(windows.takeNamed());
  }

  private Typed setOperation(List<Source> named, Scope outer, int depth, List<SqlType> types) {
    Select first = query(named, outer, 1, types).select();
    if (first.distinct().startsWith("DISTINCT ON")) {
      first = first.distinct("");
    }
    List<String> arms = new ArrayList<>();
    int count = dice.between(1, 3);
    for (int i = 0; i < count; i++) {
      String operator =
          dice.of("UNION", "UNION ALL", "INTERSECT", "INTERSECT ALL", "EXCEPT", "EXCEPT ALL");
      int armDepth = depth > 2 && dice.chance(30) ? 2 : 1;
      Select arm = query(named, outer, armDepth, types).select();
      if (dice.chance(20)) {
        arm = limited(arm.ordered(directed(types.size()), dice.of("LIMIT 4", "OFFSET 1")));
      }
      arms.add(operator + " (" + arm.sql() + ")");
    }
    return new Typed(first.ordered(List.of(), "").set(arms), types);
  }

  /// The same query with the columns named c0, c1, ...
  static Select named(Typed query) {
    Select select = query.select();
    List<String> items = new ArrayList<>();
    for (int i = 0; i < select.items().size(); i++) {
      items.add(select.items().get(i) + " AS c" + i);
    }
    return select.items(items);
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

  /// All columns by position, so that the order is total.
  private List<String> directed(int count) {
    List<String> positions = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      positions.add(i + dice.of("", "", "", " DESC", " NULLS FIRST", " DESC NULLS LAST"));
    }
    return positions;
  }

  private static List<String> positions(int count) {
    List<String> positions = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      positions.add(Integer.toString(i));
    }
    return positions;
  }
}
