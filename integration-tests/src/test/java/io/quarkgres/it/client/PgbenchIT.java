package io.quarkgres.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.it.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// pgbench with 8 clients for a fixed number of transactions; afterwards the sums must be right.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PgbenchIT {
  private static final int CLIENTS = 8;
  private static final int TRANSACTIONS = 100;
  private static TestDatabase database;
  private static int written;

  @BeforeAll
  static void create() {
    database = TestDatabase.create("pgbench_suite");
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  private static void bench(String... arguments) {
    Program run = Program.run(database, "pgbench", "", arguments);
    assertThat(run.output()).doesNotContain("ERROR").doesNotContain("aborted");
    assertThat(run.exitCode()).as(run.output()).isZero();
  }

  @Test
  @Order(1)
  void initializes() {
    Program run = Program.run(database, "pgbench", "", "-i", "-s", "1");
    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(
            database.rows(
                "SELECT (SELECT count(*) FROM pgbench_accounts), (SELECT count(*) FROM pgbench_tellers), (SELECT count(*) FROM pgbench_branches), (SELECT count(*) FROM pgbench_history)"))
        .containsExactly("100000|10|1|0");
    run = Program.run(database, "pgbench", "", "-i", "-I", "dtGvpf", "-s", "1");
    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(database.rows("SELECT count(*), sum(abalance), max(aid) FROM pgbench_accounts"))
        .containsExactly("100000|0|100000");
  }

  @ParameterizedTest
  @Order(2)
  @ValueSource(strings = {"simple", "extended", "prepared"})
  void selects(String mode) {
    bench("-S", "-n", "-M", mode, "-c", "" + CLIENTS, "-j", "2", "-t", "" + TRANSACTIONS * 5);
  }

  @ParameterizedTest
  @Order(3)
  @ValueSource(strings = {"simple", "extended", "prepared"})
  void transactions(String mode) {
    bench("-M", mode, "-c", "" + CLIENTS, "-j", "2", "-t", "" + TRANSACTIONS);
    // Without -n pgbench empties the history before it starts.
    assertThat(database.rows("SELECT count(*) FROM pgbench_history"))
        .containsExactly("" + CLIENTS * TRANSACTIONS);
    written++;
    checkSums();
  }

  @Test
  @Order(4)
  void simpleUpdatesAndPipelines() {
    bench("-N", "-n", "-c", "" + CLIENTS, "-t", "" + TRANSACTIONS);
    assertThat(written).isEqualTo(3);
    assertThat(database.rows("SELECT count(*) FROM pgbench_history"))
        .containsExactly("" + CLIENTS * TRANSACTIONS * 2);
  }

  private static void checkSums() {
    assertThat(
            database.rows(
                "SELECT a = t AND t = b FROM (SELECT (SELECT sum(abalance) FROM pgbench_accounts) a, (SELECT sum(tbalance) FROM pgbench_tellers) t, (SELECT sum(bbalance) FROM pgbench_branches) b) s"))
        .containsExactly("t");
    assertThat(
            database.rows(
                "SELECT count(*) FROM (SELECT aid FROM pgbench_accounts GROUP BY aid HAVING count(*) > 1) d"))
        .containsExactly("0");
  }
}
