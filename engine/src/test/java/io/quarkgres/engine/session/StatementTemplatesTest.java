package io.quarkgres.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkgres.engine.parse.literal.Literals;
import io.quarkgres.engine.session.cache.StatementTemplate;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.storage.memory.MemoryStorageProvider;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which statements get templates, and what those answer. */
class StatementTemplatesTest {
  private final LocalEngine engine =
      new LocalEngine(
          new MemoryStorageProvider().open(Map.of()), Clock.SYSTEM, Map.of("port", "5432"));
  private final ClientSession session =
      (ClientSession) engine.open(Map.of("user", "postgres", "database", "postgres"));
  private final FirstColumn rows = new FirstColumn();
  private int numbers = 1;

  @BeforeEach
  void makeTables() {
    run("CREATE TABLE t (id int PRIMARY KEY, v varchar(5), n numeric(6,2), s smallint, b bigint)");
    run("CREATE TABLE big (k int, state text)");
    run("CREATE INDEX ON big (k)");
    run("INSERT INTO t SELECT g, 'v' || g, g, g, g FROM generate_series(1, 9) g");
    run("CREATE TABLE wide (v bigint)");
    run("INSERT INTO wide SELECT g FROM generate_series(1, 5000) g");
    run("INSERT INTO big SELECT g, 'open' FROM generate_series(1, 5000) g");
  }

  @AfterEach
  void close() {
    session.close();
    engine.close();
  }

  private List<String> run(String sql) {
    rows.clear();
    try {
      session.simpleQuery(sql, rows);
    } catch (SqlException e) {
      session.failed();
      throw e;
    }
    return rows.found();
  }

  private StatementTemplate template(String sql) {
    return engine.templates().find(Literals.of(sql), session);
  }

  @Test
  void isMadeForTheSecondOfAShape() {
    run("SELECT v FROM t WHERE id = 1");
    assertThat(template("SELECT v FROM t WHERE id = 3")).isNull();
    run("SELECT v FROM t WHERE id = 2");
    assertThat(template("SELECT v FROM t WHERE id = 3")).isNotNull();
    assertThat(run("SELECT v FROM t WHERE id = 3")).containsExactly("v3");
    assertThat(run("SELECT v FROM t WHERE id = -3")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT v FROM t WHERE id = %d",
        "SELECT v FROM t WHERE id IN (%d, 2)",
        "SELECT v FROM t WHERE v = 'a%d' AND n > 1.5",
        "SELECT k FROM big WHERE k = %d",
        "SELECT state FROM big WHERE k + k = %d AND k < 1000",
        "SELECT count(*) FROM wide WHERE v < 1%d AND v >= -1",
        "SELECT v FROM t WHERE id = %d AND s = (SELECT max(x.s) FROM t x WHERE x.id < t.id)",
        "SELECT * FROM generate_series(%d, 5)",
        "UPDATE t SET n = n + %d, v = 'a' WHERE id = 1",
        "DELETE FROM t WHERE id = %d",
        "INSERT INTO t (id, v, n, s) VALUES (100%d, 'a', 1.5, 1)"
      })
  void isMadeFor(String sql) {
    assertThat(learned(sql)).isNotNull();
  }

  /** Where values may matter to the plan, or nothing can be a parameter, there is none. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT %d",
        "SELECT v FROM t, generate_series(1, %d)",
        "SELECT v FROM t WHERE length(repeat('a', %d)) > 1"
      })
  void isNotMadeFor(String sql) {
    assertThat(learned(sql)).isNull();
  }

  @Test
  void reachesIntoSubqueries() {
    String sql =
        "SELECT v FROM t WHERE b = (SELECT max(x.b) FROM t x WHERE x.id <= t.id AND x.id < %d)";
    assertThat(run(sql.formatted(3))).containsExactly("v1", "v2");
    assertThat(run(sql.formatted(2))).containsExactly("v1");
    assertThat(template(sql.formatted(4))).isNotNull();
    assertThat(run(sql.formatted(4))).containsExactly("v1", "v2", "v3");
    assertThat(run(sql.formatted(1))).isEmpty();
  }

  @Test
  void callsTableFunctionsWithTheNumbersOfEachExecution() {
    assertThat(run("SELECT * FROM generate_series(1, 3)")).containsExactly("1", "2", "3");
    assertThat(run("SELECT * FROM generate_series(2, 3)")).containsExactly("2", "3");
    assertThat(template("SELECT * FROM generate_series(5, 6)")).isNotNull();
    assertThat(run("SELECT * FROM generate_series(5, 6)")).containsExactly("5", "6");
    assertThat(run("SELECT * FROM generate_series(-1, 0)")).containsExactly("-1", "0");
    assertThat(run("SELECT * FROM generate_series(5000000000, 5000000000)"))
        .containsExactly("5000000000");
  }

  /** The bounds that let a scan skip blocks are those of the values it runs with. */
  @Test
  void skipsByTheValuesOfEachExecution() {
    assertThat(run("SELECT count(*) FROM wide WHERE v > 4000")).containsExactly("1000");
    assertThat(run("SELECT count(*) FROM wide WHERE v > 4990")).containsExactly("10");
    assertThat(template("SELECT count(*) FROM wide WHERE v > 0")).isNotNull();
    assertThat(run("SELECT count(*) FROM wide WHERE v > 10")).containsExactly("4990");
    assertThat(run("SELECT count(*) FROM wide WHERE v > 5000000000")).containsExactly("0");
    assertThat(run("SELECT count(*) FROM wide WHERE v > -1")).containsExactly("5000");
  }

  @Test
  void keepsTheLiteralsThatDecideMore() {
    learned("SELECT 1, v FROM t WHERE id = %d LIMIT 5");
    assertThat(template("SELECT 1, v FROM t WHERE id = 7 LIMIT 5")).isNotNull();
    assertThat(template("SELECT 2, v FROM t WHERE id = 7 LIMIT 5")).isNull();
    assertThat(template("SELECT 1, v FROM t WHERE id = 7 LIMIT 6")).isNull();
  }

  @Test
  void leavesValuesThatCannotBeReadToTheOrdinaryWay() {
    String sql = "INSERT INTO t (id, v, n, s) VALUES (%s, %s, %s, %s)";
    StatementTemplate template = learned(sql.formatted("100%d", "'a'", "1.5", "1"));
    assertThat(values(template, sql.formatted("1000", "'b'", "2.5", "32767"))).isTrue();
    assertThat(values(template, sql.formatted("1000", "'b'", "2.5", "32768"))).isFalse();
    assertThat(values(template, sql.formatted("1000", "'toolong'", "2.5", "1"))).isFalse();
    assertThat(values(template, sql.formatted("1000", "'b'", "12345.6", "1"))).isFalse();
    assertThatThrownBy(() -> run(sql.formatted("1000", "'b'", "2.5", "32768")))
        .hasMessage("smallint out of range");
  }

  private boolean values(StatementTemplate template, String sql) {
    return template.parameters(Literals.of(sql), session.environment()) != null;
  }

  @Test
  void isNotFoundWithOtherSettings() {
    learned("SELECT v FROM t WHERE id = %d");
    run("SET search_path = pg_catalog");
    assertThat(template("SELECT v FROM t WHERE id = 1")).isNull();
    run("RESET search_path");
    assertThat(template("SELECT v FROM t WHERE id = 1")).isNotNull();
    run("CREATE TABLE other ()");
    assertThat(template("SELECT v FROM t WHERE id = 1")).isNull();
  }

  @Test
  void isGivenUpWhenTheTableHasGrown() {
    run("CREATE TABLE small (k int)");
    run("CREATE INDEX ON small (k)");
    assertThat(learned("SELECT k FROM small WHERE k = %d")).isNotNull();
    run("INSERT INTO small SELECT g FROM generate_series(1, 20000) g");
    assertThat(template("SELECT k FROM small WHERE k = 1")).isNull();
    assertThat(learned("SELECT k FROM small WHERE k = %d")).isNotNull();
    assertThat(run("SELECT k FROM small WHERE k = 8")).containsExactly("8");
  }

  /** Runs a statement with other numbers, and undoes it; returns its template. */
  private StatementTemplate learned(String format) {
    for (int i = 0; i < 3; i++) {
      run("BEGIN");
      run(format.formatted(numbers++));
      run("ROLLBACK");
    }
    return template(format.formatted(numbers));
  }
}
