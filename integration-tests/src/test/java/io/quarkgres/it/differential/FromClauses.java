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
    Source first = source(ctes, depth);
    clauses.add(first.sql());
    sources.add(withoutColumnList(first));
    int joins = dice.of(0, 0, 0, 1, 1, 1, 2);
    for (int i = 0; i < joins; i++) {
      if (depth > 1 && dice.chance(12)) {
        addLateral(clauses, sources, outer);
      } else {
        addJoin(clauses, sources, source(ctes, depth - 1));
      }
    }
    return new From(clauses, sources);
  }

  private Source source(List<Source> ctes, int depth) {
    if (!ctes.isEmpty() && dice.chance(40)) {
      return dice.of(ctes).as(dice.name("w"));
    }
    if (depth > 1 && dice.chance(15)) {
      return derived(ctes, depth);
    }
    if (dice.chance(6)) {
      return new Source(
          "generate_series(" + dice.between(-1, 2) + ", " + dice.between(1, 6) + ")",
          dice.name("g") + "(n)",
          List.of(new Source.Column("n", SqlType.INT)),
          List.of("n"));
    }
    if (dice.chance(6)) {
      return values();
    }
    return dice.of(schema.tables()).as(dice.name("a"));
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
        sources.size() == 1 && has(sources.getFirst(), "k") && has(plain, "k") && dice.chance(15);
    String kind =
        dice.of("JOIN", "JOIN", "LEFT JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN", "CROSS JOIN");
    String condition;
    if (kind.equals("CROSS JOIN")) {
      condition = "";
    } else if (using) {
      condition =
          dice.of(
              " USING (k)",
              has(plain, "s") && has(sources.getFirst(), "s") ? " USING (s, k)" : " USING (k)");
    } else {
      condition = " ON " + condition(sources, plain, kind);
    }
    clauses.add(kind + " " + right.sql() + condition);
    sources.add(plain);
  }

  private static boolean has(Source source, String column) {
    return source.columns().stream().anyMatch(c -> c.name().equals(column));
  }

  private String condition(List<Source> left, Source right, String kind) {
    List<String> pairs = new ArrayList<>();
    for (Source source : left) {
      for (SqlType type : List.of(SqlType.INT, SqlType.TEXT, SqlType.DATE, SqlType.NUMERIC)) {
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
    if (kind.equals("FULL JOIN") || dice.chance(60)) {
      return equal;
    }
    List<Source> both = new ArrayList<>(left);
    both.add(right);
    String more = expressions.predicate(new Scope(both, null), 0);
    return dice.chance(70) ? equal + " AND " + more : more;
  }

  private void addLateral(List<String> clauses, List<Source> sources, Scope outer) {
    List<SqlType> types = queries.types(dice.between(1, 3));
    Scope scope = outer.inner(List.copyOf(sources));
    QueryGenerator.Typed query = queries.query(List.of(), scope, 1, types);
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

  /// In expressions `v(id, k, s)` is just `v`.
  private static Source withoutColumnList(Source source) {
    int parenthesis = source.alias().indexOf('(');
    return parenthesis < 0 ? source : source.as(source.alias().substring(0, parenthesis));
  }
}
