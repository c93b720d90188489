package io.quarkgres.engine.exec.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkgres.engine.exec.TestDatabase;
import io.quarkgres.spi.error.SqlException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The first rows of a big table by several workers: equal rows come as the table has them. */
class WorkerRowsTest {
  private static TestDatabase database;

  @BeforeAll
  static void fill() {
    database = new TestDatabase();
    database.table("big", "id int4", "k int4");
    database.run("INSERT INTO big SELECT i, i % 50 FROM generate_series(1, 100000) g (i)");
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void equalRowsComeInTheOrderOfTheTable() {
    for (int i = 0; i < 5; i++) {
      assertThat(database.rows("SELECT id FROM big ORDER BY abs(k - 25) LIMIT 3"))
          .containsExactly(List.of("25"), List.of("75"), List.of("125"));
      assertThat(database.rows("SELECT id FROM big ORDER BY abs(k - 25) LIMIT 4 OFFSET 1998"))
          .containsExactly(List.of("99925"), List.of("99975"), List.of("24"), List.of("26"));
    }
  }

  @Test
  void filtersAndOtherKeys() {
    assertThat(
            database.rows(
                "SELECT id, k FROM big WHERE id % 3 = 0 AND k > 10 ORDER BY (k + 1) % 7 DESC,"
                    + " id DESC LIMIT 2"))
        .containsExactly(List.of("99990", "40"), List.of("99969", "19"));
    assertThat(database.rows("SELECT id FROM big ORDER BY id * 2 DESC LIMIT 0")).isEmpty();
    assertThat(database.rows("SELECT id FROM big WHERE id < 0 ORDER BY id * 2 LIMIT 3")).isEmpty();
  }

  @Test
  void aSubqueryThatRunsAgain() {
    assertThat(
            database.rows(
                "SELECT v, (SELECT id FROM big ORDER BY abs(k - v), id LIMIT 1),"
                    + " (SELECT id FROM big ORDER BY abs(k - 7) LIMIT 1)"
                    + " FROM generate_series(3, 4) g (v)"))
        .containsExactly(List.of("3", "3", "7"), List.of("4", "4", "7"));
  }

  @Test
  void anErrorOfAnyWorkerIsTheStatements() {
    assertThatThrownBy(() -> database.rows("SELECT id FROM big ORDER BY 1 / (id - 99990) LIMIT 1"))
        .isInstanceOf(SqlException.class)
        .hasMessage("division by zero");
    assertThat(database.rows("SELECT id FROM big ORDER BY id + 0 LIMIT 1"))
        .containsExactly(List.of("1"));
  }
}
