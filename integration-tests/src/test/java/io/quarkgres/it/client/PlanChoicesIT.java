package io.quarkgres.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.it.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which operators are chosen, as EXPLAIN shows them.
class PlanChoicesIT {
  private static TestDatabase database;

  @BeforeAll
  static void create() {
    database = TestDatabase.create("plan_choices");
    database.run(
        "CREATE TABLE t (id int, few int, pct int, plain int)",
        "INSERT INTO t SELECT i, i % 3, i % 100, i FROM generate_series(1, 20000) i",
        "CREATE INDEX t_id ON t (id)",
        "CREATE INDEX t_few ON t (few)",
        "CREATE INDEX t_pct ON t (pct)",
        "CREATE EXTENSION IF NOT EXISTS vector",
        "CREATE TABLE near (plain int, tenth int, few int, x float8, v vector(16))",
        "INSERT INTO near SELECT i, i % 10, i / 10, sin(i * 16), (SELECT array_agg(sin(i * 16 + d * d)) FROM"
            + " generate_series(0, 15) d)::vector FROM generate_series(1, 20000) i",
        "CREATE INDEX ON near (tenth)",
        "CREATE INDEX ON near (few)",
        "CREATE INDEX ON near USING hnsw (v vector_l2_ops)");
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  private static String plan(String sql) {
    List<String> lines = database.rows("EXPLAIN (COSTS OFF) " + sql);
    return String.join("\n", lines);
  }

  @Test
  void indexWithFewestRowsOfAKey() {
    assertThat(plan("SELECT plain FROM t WHERE few = 1 AND pct = 7"))
        .contains("Index Scan using t_pct")
        .contains("Filter: (few = 1)");
    assertThat(plan("SELECT plain FROM t WHERE few = 1")).contains("Seq Scan");
  }

  /** However many rows a filter leaves, and wherever they are, the nearest of them are found. */
  @ParameterizedTest
  @CsvSource({
    "'mod(plain, 2) = 0', index",
    "'mod(plain, 10) = 0', 'filter, then index'",
    "'mod(plain, 1000) = 0', 'filter, then index'",
    "plain < 0, 'filter, then index'",
    "tenth = 3, 'filter, then index'",
    "few = 1500, 'other index, then index'",
    "few < 1, 'other index, then index'",
    "few BETWEEN 1500 AND 1501, 'other index, then index'",
    "few < 1800, index",
    // Those that pass are all on the other side.
    "x > 0.3, 'index, then filter, then index'",
  })
  void filteredSearch(String filter, String way) {
    String query =
        "SELECT plain FROM near WHERE "
            + filter
            + " ORDER BY (v <-> array_fill(-0.5::real, ARRAY[16])::vector)%s LIMIT 10";
    assertThat(String.join("\n", database.rows("EXPLAIN ANALYZE " + query.formatted(""))))
        .contains("Search: " + way + "\n");
    List<String> found = database.rows(query.formatted(""));
    // No index has this order.
    List<String> exact = database.rows(query.formatted(" + 0"));
    assertThat(found).hasSameSizeAs(exact);
    assertThat(exact.stream().filter(found::contains).count())
        .isGreaterThanOrEqualTo(exact.size() * 9L / 10);
  }

  /** An index by distance has no NULLs, yet they are rows that pass. */
  @Test
  void filteredSearchAmongNulls() {
    database.run(
        "CREATE TABLE gaps AS SELECT plain, few, CASE WHEN plain % 4 > 0 THEN v END::vector(16) AS v"
            + " FROM near",
        "CREATE INDEX ON gaps (few)", "CREATE INDEX ON gaps USING hnsw (v vector_l2_ops)");
    String query =
        "SELECT plain FROM gaps WHERE %s"
            + " ORDER BY (v <-> array_fill(0.1::real, ARRAY[16])::vector)%s LIMIT %d";
    String plan =
        String.join("\n", database.rows("EXPLAIN ANALYZE " + query.formatted("few < 3", "", 10)));
    assertThat(plan).contains("Search: other index, then index\n");
    for (String where :
        List.of(
            "few < 3",
            "few < 3 AND plain > 4",
            "few = 77",
            "few IN (1, 3, 1)",
            "few < -1",
            "few = 3 AND plain % 2 = 0")) {
      for (int limit : new int[] {1, 5, 100}) {
        assertThat(database.rows(query.formatted(where, "", limit)))
            .as("%s LIMIT %d", where, limit)
            .containsExactlyInAnyOrderElementsOf(
                database.rows(query.formatted(where, " + 0", limit)));
      }
    }
  }

  /** Codes find as many candidates that pass as are to be measured by their vectors. */
  @Test
  void filteredSearchOfCodes() {
    database.run(
        "CREATE TABLE coded AS SELECT plain, v FROM near",
        "CREATE INDEX ON coded USING hnsw (v vector_l2_ops) WITH (quantization = 'sq8')",
        "ALTER DATABASE " + database.name() + " SET hnsw.ef_search = 120");
    String plan =
        String.join(
            "\n",
            database.rows(
                "EXPLAIN ANALYZE SELECT plain FROM coded WHERE plain % 2 = 0"
                    + " ORDER BY v <-> array_fill(0.1::real, ARRAY[16])::vector LIMIT 10"));
    database.run("ALTER DATABASE " + database.name() + " RESET hnsw.ef_search");
    assertThat(plan).contains("Search: index\n").containsPattern("Candidates Re-ranked: 1[2-9]\\d");
  }

  /** All that is near to the query is dropped: a graph would find some of what is far. */
  @Test
  void filteredSearchFarFromTheQuery() {
    database.run(
        "CREATE TABLE clusters (cluster int, plain int, v vector(16))",
        "INSERT INTO clusters SELECT i % 16, i, (SELECT array_agg(CASE WHEN d = i % 16 THEN 10 ELSE 0 END"
            + " + sin(i * 16 + d * d)) FROM generate_series(0, 15) d)::vector FROM generate_series(1, 20000) i",
        "CREATE INDEX ON clusters USING hnsw (v vector_l2_ops)");
    String query =
        "SELECT plain FROM clusters WHERE cluster >= 8"
            + " ORDER BY (v <-> '[0,0,0,10,0,0,0,0,0,0,0,0,0,0,0,0]')%s LIMIT 10";
    assertThat(String.join("\n", database.rows("EXPLAIN ANALYZE " + query.formatted(""))))
        .contains("Search: index, then filter, then index\n");
    assertThat(database.rows(query.formatted("")))
        .isEqualTo(database.rows(query.formatted(" + 0")));
  }

  @Test
  void orOfKeys() {
    assertThat(plan("SELECT plain FROM t WHERE id = 1 OR id = 7"))
        .contains("Index Scan using t_id")
        .contains("Index Cond: ((id = 1) OR (id = 7))");
    assertThat(plan("SELECT plain FROM t WHERE id = 1 OR plain = 7")).contains("Seq Scan");
  }

  @Test
  void listOfKeys() {
    assertThat(plan("SELECT plain FROM t WHERE pct IN (1, 2, 3)"))
        .contains("Index Scan using t_pct");
    assertThat(plan("SELECT plain FROM t WHERE few IN (1, 2)")).contains("Seq Scan");
  }

  @Test
  void limitOverTheOrderOfAnIndex() {
    assertThat(plan("SELECT id FROM t WHERE plain > 5 ORDER BY id LIMIT 3"))
        .contains("Limit")
        .contains("Index Scan using t_id")
        .contains("Filter: (plain > 5)");
    assertThat(plan("SELECT id FROM t WHERE plain = 5 ORDER BY id LIMIT 3"))
        .contains("Top-N Sort")
        .contains("Seq Scan");
    assertThat(plan("SELECT id FROM t WHERE pct = 5 ORDER BY id LIMIT 100"))
        .contains("Top-N Sort")
        .contains("Index Scan using t_pct");
  }

  @Test
  void firstAndLastKey() {
    assertThat(plan("SELECT max(id) FROM t"))
        .contains("Aggregate")
        .contains("Limit")
        .contains("Index Scan Backward using t_id");
    assertThat(plan("SELECT min(id), max(pct) FROM t")).contains("Append");
    assertThat(plan("SELECT max(plain) FROM t")).contains("Seq Scan");
    assertThat(plan("SELECT max(id), count(*) FROM t")).contains("Seq Scan");
  }

  @Test
  void windowsOverOneSort() {
    String plan =
        plan(
            "SELECT sum(id) OVER (PARTITION BY few), "
                + "row_number() OVER (PARTITION BY few ORDER BY id) FROM t");
    assertThat(plan).containsOnlyOnce("Presorted Key: few").containsOnlyOnce("Sort Key: few, id");
  }
}
