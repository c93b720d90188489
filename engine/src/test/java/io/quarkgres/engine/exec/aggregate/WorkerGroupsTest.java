package io.quarkgres.engine.exec.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkgres.engine.exec.OperatorStatistics;
import io.quarkgres.engine.exec.TestDatabase;
import io.quarkgres.engine.exec.build.Execution;
import io.quarkgres.engine.exec.parallel.WorkerPool;
import io.quarkgres.engine.plan.Plan;
import io.quarkgres.engine.plan.PlannedStatement;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.store.IsolationLevel;
import io.quarkgres.spi.store.Snapshot;
import io.quarkgres.spi.store.Transaction;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Aggregations of a big table by several workers give what arithmetic says they must. */
class WorkerGroupsTest {
  private static final int ROWS = 200_000;
  private static TestDatabase database;

  @BeforeAll
  static void fill() {
    database = new TestDatabase();
    database.table("big", "id int4", "k int4", "v int4", "w int8", "t text");
    database.table("small", "id int4", "name text");
    database.run(
        "INSERT INTO big SELECT i, i % 1000, CASE WHEN i % 7 = 0 THEN NULL ELSE i END,"
            + " i * 10000000000, 't' || i % 5 FROM generate_series(0, 199999) g (i)");
    database.run("INSERT INTO small SELECT i, 'n' || i % 3 FROM generate_series(0, 599) g (i)");
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void totalsWithoutKeys() {
    long sum = (ROWS - 1L) * ROWS / 2;
    assertThat(database.rows("SELECT count(*), sum(id), min(id), max(id), sum(w) FROM big"))
        .containsExactly(List.of("200000", "" + sum, "0", "199999", sum + "0000000000"));
  }

  @Test
  void groupsByIntegerAndText() {
    List<List<String>> rows =
        database.rows(
            "SELECT k, t, count(*), count(v), avg(id), max(w) FROM big"
                + " WHERE id >= 1000 GROUP BY k, t ORDER BY k, t");
    assertThat(rows).hasSize(1000);
    // ids that are 3 modulo 1000: from 1,003 to 199,003, all of them 3 modulo 5
    assertThat(rows.get(3).subList(0, 3)).containsExactly("3", "t3", "199");
    assertThat(rows.get(3).get(4)).isEqualTo("100003.000000000000");
    assertThat(rows.get(3).get(5)).isEqualTo("1990030000000000");
  }

  @Test
  void joinsOnTheWay() {
    String from = " FROM big JOIN small ON big.k = small.id";
    assertThat(database.rows("SELECT name, count(*)" + from + " GROUP BY name ORDER BY name"))
        .containsExactly(List.of("n0", "40000"), List.of("n1", "40000"), List.of("n2", "40000"));
    assertThat(
            database.rows(
                "SELECT count(*), count(name) FROM big LEFT JOIN small ON big.k = small.id"))
        .containsExactly(List.of("200000", "120000"));
    assertThat(database.rows("SELECT count(*) FROM big WHERE k NOT IN (SELECT id FROM small)"))
        .containsExactly(List.of("80000"));
  }

  @Test
  void aSubqueryThatRunsAgainStartsItsWorkersAgain() {
    assertThat(
            database.rows(
                "SELECT s.id, (SELECT count(*) FROM big WHERE k < s.id) FROM small s"
                    + " WHERE s.id IN (1, 2, 3) ORDER BY s.id"))
        .containsExactly(List.of("1", "200"), List.of("2", "400"), List.of("3", "600"));
  }

  @Test
  void anErrorOfAnyWorkerIsTheStatements() {
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> database.rows("SELECT sum(1 / (id - 199990)), count(*) FROM big"))
          .isInstanceOf(SqlException.class)
          .hasMessage("division by zero");
    }
    assertThat(database.rows("SELECT count(*) FROM big")).containsExactly(List.of("200000"));
  }

  @Test
  void everyWorkerCountsAsALoop() {
    PlannedStatement planned = database.plan("SELECT k, count(*) FROM big GROUP BY k");
    Transaction transaction = database.begin(IsolationLevel.READ_COMMITTED);
    try (Snapshot snapshot = transaction.snapshot();
        Execution execution =
            Execution.open(planned, database.context(transaction, snapshot).measured())) {
      long rows = 0;
      for (var block = execution.next(); block != null; block = execution.next()) {
        rows += block.rowCount();
      }
      assertThat(rows).isEqualTo(1000);
      OperatorStatistics scan = execution.statistics(scan(planned.plan()));
      assertThat(scan.rows()).isEqualTo(ROWS);
      assertThat(scan.loops()).isBetween(1L, 1L + WorkerPool.size());
    }
    transaction.rollback();
  }

  private static Plan scan(Plan plan) {
    Plan current = plan;
    while (!(current instanceof Plan.TableScan)) {
      current =
          current instanceof Plan.Project project
              ? project.input()
              : ((Plan.HashAggregate) current).input();
    }
    return current;
  }
}
