package io.quarkgres.it.differential;

import java.util.List;

/// Random common table expressions, also recursive ones. Thread: one at a time.
final class Ctes {
  private final Schema schema;
  private final Dice dice;
  private final QueryGenerator queries;

  Ctes(Schema schema, Dice dice, QueryGenerator queries) {
    this.schema = schema;
    this.dice = dice;
    this.queries = queries;
  }

  /// Adds one or two, the second of which may use the first.
  void add(List<String> with, List<Source> named) {
    int count = dice.between(1, 2);
    for (int i = 0; i < count; i++) {
      String name = dice.name("c");
      switch (dice.below(10)) {
        case 0 -> addCounter(name, with, named);
        case 1 -> addGraph(name, with, named);
        case 2 -> addSearch(name, with, named);
        default -> addPlain(name, with, named);
      }
    }
  }

  private void addPlain(String name, List<String> with, List<Source> named) {
    List<SqlType> types = queries.types(dice.between(1, 4));
    QueryGenerator.Typed query = queries.query(named, Scope.NONE, 2, types);
    String as = dice.of(" AS ", " AS ", " AS MATERIALIZED ", " AS NOT MATERIALIZED ");
    with.add(name + as + "(" + QueryGenerator.named(query).sql() + ")");
    named.add(new Source(name, name, QueryGenerator.columns(types), List.of()));
  }

  private void addCounter(String name, List<String> with, List<Source> named) {
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
    named.add(
        new Source(
            name,
            name,
            List.of(new Source.Column("n", SqlType.INT), new Source.Column("m", SqlType.INT)),
            List.of("n")));
  }

  /// The rows that can be reached from some row by following `k`; UNION ends circles.
  private void addGraph(String name, List<String> with, List<Source> named) {
    String table = dice.of(schema.tables()).alias();
    with.add(
        "RECURSIVE "
            + name
            + "(id, k) AS (SELECT id, k FROM "
            + table
            + " WHERE id = "
            + dice.between(1, 6)
            + dice.of("", " OR k = 2")
            + " UNION SELECT x.id, x.k FROM "
            + name
            + " r JOIN "
            + table
            + " x ON x."
            + dice.of("id = r.k", "k = r.id", "id = r.id + 2")
            + ")");
    named.add(
        new Source(
            name,
            name,
            List.of(new Source.Column("id", SqlType.INT), new Source.Column("k", SqlType.INT)),
            List.of("id")));
  }

  private void addSearch(String name, List<String> with, List<Source> named) {
    String table = dice.of(schema.tables()).alias();
    String clause =
        dice.of(
            " SEARCH DEPTH FIRST BY id SET path",
            " SEARCH BREADTH FIRST BY id SET path",
            " CYCLE id SET again USING path");
    with.add(
        "RECURSIVE "
            + name
            + "(id, level) AS (SELECT id, 0 FROM "
            + table
            + " WHERE id < 3 UNION ALL SELECT x.id, r.level + 1 FROM "
            + name
            + " r JOIN "
            + table
            + " x ON x.k = r.id WHERE r.level < 2)"
            + clause);
    named.add(
        new Source(
            name,
            name,
            List.of(new Source.Column("id", SqlType.INT), new Source.Column("level", SqlType.INT)),
            List.of()));
  }
}
