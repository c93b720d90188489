package io.quarkgres.it.differential;

import java.util.ArrayList;
import java.util.List;

/// Random FROM clauses: tables, sub-selects and functions, joined in every way.
///
/// Thread: one at a time.
final class FromClauses {
  private final Schema schema;
  private final Dice dice;
  private final Expressions expressions;
  private final QueryGenerator queries;

  FromClauses(Schema schema, Dice dice, Expressions expressions, QueryGenerator queries) {
    this.schema = schema;
    this.dice = dice;
    this.expressions = expressions;
    this.queries = queries;
  }

  /// The first source and the joins as SQL, and all sources in scope.
  record From(List<String> clauses, List<Source> sources) {}

  From next(List<Source> ctes, Scope outer, int depth) {
    List<String> clauses = new ArrayList<>();
    List<Source> sources = new ArrayList<>();
    Source first = source(ctes, depth, true);
    clauses.add(first.sql());
    sources.add(withoutColumnList(first));
    int joins = dice.of(0, 0, 0, 1, 1, 1, 1, 2, 2, 3);
    for (int i = 0; i < joins; i++) {
      switch (depth > 1 ? dice.below(16) : 3 + dice.below(13)) {
        case 0, 1 -> addLateral(clauses, sources, outer);
        case 2 -> addNested(clauses, sources, ctes, depth - 1);
        case 3 -> addLateralFunction(clauses, sources);
        default -> addJoin(clauses, sources, source(ctes, depth - 1, false));
      }
    }
    return new From(clauses, sources);
  }

  private Source source(List<Source> ctes, int depth, boolean mayBeLarge) {
    if (!ctes.isEmpty() && dice.chance(40)) {
      return dice.of(ctes).as(dice.name("w"));
    }
    if (depth > 1 && dice.chance(15)) {
      return derived(ctes, depth);
    }
    if (dice.chance(6)) {
      return series();
    }
    if (dice.chance(6)) {
      return values();
    }
    return dice.of(mayBeLarge ? schema.tables() : schema.small()).as(dice.name("a"));
  }

  private Source series() {
    String first = "generate_series(" + dice.between(-1, 2) + ", " + dice.between(1, 6);
    return switch (dice.below(4)) {
      case 0 ->
          new Source(
              first + dice.of(", 2", ", -1") + ") WITH ORDINALITY",
              dice.name("g") + "(n, o)",
              List.of(new Source.Column("n", SqlType.INT), new Source.Column("o", SqlType.BIGINT)),
              List.of("o"));
      case 1 ->
          new Source(
              "ROWS FROM (" + first + "), unnest(ARRAY['a', 'b', NULL]))",
              dice.name("g") + "(n, t)",
              List.of(new Source.Column("n", SqlType.INT), new Source.Column("t", SqlType.TEXT)),
              List.of());
      case 2 ->
          new Source(
              "generate_series(timestamp '2024-01-01', '2024-01-20', '7 days')",
              dice.name("g") + "(n)",
              List.of(new Source.Column("n", SqlType.TIMESTAMP)),
              List.of("n"));
      default ->
          new Source(
              first + ")",
              dice.name("g") + "(n)",
              List.of(new Source.Column("n", SqlType.INT)),
              List.of("n"));
    };
  }

  private Source derived(List<Source> ctes, int depth) {
    List<SqlType> types = queries.types(dice.between(1, 4));
    QueryGenerator.Typed query = queries.query(ctes, Scope.NONE, depth - 1, types);
    return new Source(
        "(" + QueryGenerator.named(query).sql() + ")",
        dice.name("d"),
        QueryGenerator.columns(types),
        List.of());
  }

  private Source values() {
    List<String> rows = new ArrayList<>();
    int count = dice.between(1, 4);
    for (int i = 0; i < count; i++) {
      rows.add(
          "("
              + i
              + ", "
              + Literals.typed(SqlType.INT, dice)
              + ", "
              + Literals.typed(SqlType.TEXT, dice)
              + ")");
    }
    return new Source(
        "(VALUES " + String.join(", ", rows) + ")",
        dice.name("v") + "(id, k, s)",
        List.of(
            new Source.Column("id", SqlType.INT),
            new Source.Column("k", SqlType.INT),
            new Source.Column("s", SqlType.TEXT)),
        List.of("id"));
  }

  private void addJoin(List<String> clauses, List<Source> sources, Source right) {
    Source plain = withoutColumnList(right);
    boolean using =
        sources.size() == 1 && has(sources.getFirst(), "k") && has(plain, "k") && dice.chance(20);
    String kind =
        dice.of("JOIN", "JOIN", "LEFT JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN", "CROSS JOIN");
    String condition;
    if (kind.equals("CROSS JOIN")) {
      condition = "";
      kind = dice.of(kind, ",");
    } else if (using) {
      boolean both = has(plain, "s") && has(sources.getFirst(), "s");
      condition = both && dice.chance(50) ? " USING (s, k)" : " USING (k)";
      if (dice.chance(20)) {
        kind = "NATURAL " + kind;
        condition = "";
      }
    } else {
      condition = " ON " + condition(sources, plain, kind);
    }
    sources.add(plain);
    if (using && !kind.equals("CROSS JOIN") && !kind.equals(",")) {
      // The merged column, which an outer join fills from either side.
      sources.add(new Source("", "", List.of(new Source.Column("k", SqlType.INT)), List.of("k")));
    }
    clauses.add((kind.equals(",") ? ", " : kind + " ") + right.sql() + condition);
  }

  /// A join in parentheses as the right side of another.
  private void addNested(List<String> clauses, List<Source> sources, List<Source> ctes, int depth) {
    Source a = source(ctes, depth, false);
    Source b = source(ctes, depth, false);
    String kind = dice.of("LEFT JOIN", "JOIN", "FULL JOIN");
    List<Source> inner = new ArrayList<>(List.of(withoutColumnList(a)));
    String nested =
        "("
            + a.sql()
            + " "
            + kind
            + " "
            + b.sql()
            + " ON "
            + condition(inner, withoutColumnList(b), kind)
            + ")";
    String outerKind = dice.of("LEFT JOIN", "JOIN", "RIGHT JOIN", "FULL JOIN");
    clauses.add(
        outerKind
            + " "
            + nested
            + " ON "
            + condition(sources, withoutColumnList(dice.of(a, b)), outerKind));
    sources.add(withoutColumnList(a));
    sources.add(withoutColumnList(b));
  }

  private static boolean has(Source source, String column) {
    return source.columns().stream().anyMatch(c -> c.name().equals(column));
  }

  private String condition(List<Source> left, Source right, String kind) {
    List<String> pairs = new ArrayList<>();
    for (Source source : left) {
      for (SqlType type :
          List.of(SqlType.INT, SqlType.TEXT, SqlType.DATE, SqlType.NUMERIC, SqlType.JSONB)) {
        for (Source.Column a : source.columns(type)) {
          for (Source.Column b : right.columns(type)) {
            pairs.add(source.qualified(a) + " = " + right.qualified(b));
          }
        }
      }
    }
    if (pairs.isEmpty()) {
      return kind.equals("FULL JOIN") ? "true" : dice.of("true", "1 = 1");
    }
    String equal = dice.of(pairs);
    if (dice.chance(15)) {
      equal += " AND " + dice.of(pairs);
    }
    if (kind.equals("FULL JOIN") || dice.chance(60)) {
      return equal;
    }
    List<Source> both = new ArrayList<>(left);
    both.add(right);
    String more = expressions.predicate(new Scope(both, null), dice.of(0, 0, 1, 2));
    return dice.chance(70) ? equal + " AND " + more : more;
  }

  private void addLateral(List<String> clauses, List<Source> sources, Scope outer) {
    List<SqlType> types = queries.types(dice.between(1, 3));
    Scope scope = outer.inner(List.copyOf(sources));
    QueryGenerator.Typed query = queries.query(List.of(), scope, dice.of(1, 1, 2), types);
    Source lateral =
        new Source(
            "LATERAL (" + QueryGenerator.named(query).sql() + ")",
            dice.name("l"),
            QueryGenerator.columns(types),
            List.of());
    clauses.add(
        dice.chance(50)
            ? "CROSS JOIN " + lateral.sql()
            : "LEFT JOIN " + lateral.sql() + " ON true");
    sources.add(lateral);
  }

  private void addLateralFunction(List<String> clauses, List<Source> sources) {
    Scope scope = new Scope(List.copyOf(sources), null);
    String alias = dice.name("f");
    Source function =
        switch (dice.below(4)) {
          case 0 ->
              new Source(
                  "generate_series(1, " + expressions.of(SqlType.INT, scope, 1) + " % 4)",
                  alias + "(n)",
                  List.of(new Source.Column("n", SqlType.INT)),
                  List.of("n"));
          case 1 ->
              new Source(
                  "unnest(" + expressions.of(SqlType.INTS, scope, 1) + ") WITH ORDINALITY",
                  alias + "(n, o)",
                  List.of(
                      new Source.Column("n", SqlType.INT), new Source.Column("o", SqlType.BIGINT)),
                  List.of("o"));
          case 2 ->
              new Source(
                  "unnest("
                      + expressions.of(SqlType.TEXTS, scope, 1)
                      + ", "
                      + expressions.of(SqlType.INTS, scope, 1)
                      + ")",
                  alias + "(t, n)",
                  List.of(
                      new Source.Column("t", SqlType.TEXT), new Source.Column("n", SqlType.INT)),
                  List.of());
          default ->
              new Source(
                  "jsonb_array_elements(jsonb_build_array("
                      + expressions.of(SqlType.JSONB, scope, 1)
                      + ", 1))",
                  alias + "(j)",
                  List.of(new Source.Column("j", SqlType.JSONB)),
                  List.of());
        };
    clauses.add(dice.of(", ", "CROSS JOIN ", "CROSS JOIN LATERAL ", "LEFT JOIN ") + function.sql());
    if (clauses.getLast().startsWith("LEFT")) {
      clauses.set(clauses.size() - 1, clauses.getLast() + " ON true");
    }
    sources.add(withoutColumnList(function));
  }

  /// In expressions `v(id, k, s)` is just `v`.
  private static Source withoutColumnList(Source source) {
    int parenthesis = source.alias().indexOf('(');
    return parenthesis < 0 ? source : source.as(source.alias().substring(0, parenthesis));
  }
}
