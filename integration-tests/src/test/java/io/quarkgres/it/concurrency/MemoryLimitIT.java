package io.quarkgres.it.concurrency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quarkgres.it.QuarkgresServer;
import io.quarkgres.it.ServerUnderTest;
import io.quarkgres.it.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What does not fit into memory goes to temporary files; a heap that is full of what cannot leave
/// it refuses more data and goes on serving.
class MemoryLimitIT {
  private static final int BLOCK_ROWS = 4000;

  @Test
  void whatWasSpilledIsExplained() {
    try (TestDatabase database = TestDatabase.create("spilled")) {
      database.run(
          "CREATE TABLE t AS SELECT g AS a, 'value ' || g AS b FROM generate_series(1, 20000) g");
      assertThat(explained(database, "64kB", "SELECT * FROM t ORDER BY b"))
          .containsPattern("Sort Method: external merge {2}Disk: \\d+kB");
      assertThat(explained(database, "64MB", "SELECT * FROM t ORDER BY b"))
          .containsPattern("Sort Method: quicksort {2}Memory: \\d+kB");
      assertThat(explained(database, "64kB", "SELECT b, count(*) FROM t GROUP BY b"))
          .containsPattern("Batches: 33 {2}Memory Usage: \\d+kB {2}Disk Usage: \\d+kB");
      assertThat(explained(database, "64kB", "SELECT * FROM t x JOIN t y ON x.b = y.b"))
          .containsPattern("Batches: 33 {2}Memory Usage: \\d+kB {2}Disk Usage: \\d+kB");
      assertThat(explained(database, "64MB", "SELECT * FROM t x JOIN t y ON x.b = y.b"))
          .containsPattern("Batches: 1 {2}Memory Usage: \\d+kB\n");
    }
  }

  private static String explained(TestDatabase database, String workMem, String sql) {
    StringBuilder result = new StringBuilder();
    try (Connection connection = database.jdbc();
        Statement statement = connection.createStatement()) {
      statement.execute("SET work_mem = '" + workMem + "'");
      try (var rows = statement.executeQuery("EXPLAIN (ANALYZE, TIMING off) " + sql)) {
        while (rows.next()) {
          result.append(rows.getString(1)).append('\n');
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return result.toString();
  }

  @Test
  void aFullHeapRefusesMoreDataOnly() throws SQLException {
    assumeTrue(System.getProperty("quarkgres.it.url") == null);
    try (ServerUnderTest server = QuarkgresServer.start("-Xmx160m");
        TestDatabase database = TestDatabase.create(server, "filled");
        Connection connection = database.jdbc();
        Statement statement = connection.createStatement()) {
      // The keys of an index stay in memory, unlike the rows.
      statement.execute("CREATE TABLE t (id int, v text)");
      statement.execute("CREATE INDEX ON t (v)");
      int blocks = fill(statement);
      assertThat(blocks).isGreaterThan(20);
      String all = blocks * BLOCK_ROWS + "|" + blocks * BLOCK_ROWS;
      assertThat(database.rows("SELECT count(*), count(v) FROM t")).containsExactly(all);
      assertThat(database.rows("SELECT count(*) FROM (SELECT * FROM t ORDER BY v, id OFFSET 0) x"))
          .containsExactly("" + blocks * BLOCK_ROWS);
      assertThat(statement.executeUpdate("DELETE FROM t WHERE id <= 5")).isEqualTo(5 * BLOCK_ROWS);
      statement.execute("TRUNCATE t");
      assertThat(database.rows("SELECT count(*) FROM t")).containsExactly("0");
    }
  }

  /// Neither next to no memory for rows nor more than the heap has keeps a server from its work.
  @ParameterizedTest
  @ValueSource(strings = {"1kB", "1TB"})
  void limitsBelowAndAboveWhatThereIs(String limit) throws SQLException {
    assumeTrue(System.getProperty("quarkgres.it.url") == null);
    try (ServerUnderTest server =
            QuarkgresServer.start("-Xmx160m", "-Dquarkgres.memory-limit=" + limit);
        TestDatabase database = TestDatabase.create(server, "limits")) {
      database.run("CREATE TABLE t (id int PRIMARY KEY, n int, v text)");
      for (int block = 0; block < 20; block++) {
        database.run(
            "INSERT INTO t SELECT g, 0, repeat(md5(g::text), 320) FROM generate_series("
                + (block * 1000 + 1)
                + ", "
                + (block + 1) * 1000
                + ") g"); // 10 MB
      }
      database.run(
          "UPDATE t SET n = id WHERE id % 10 = 1",
          "BEGIN; UPDATE t SET v = 'x'; ROLLBACK", "DELETE FROM t WHERE id % 10 = 2");
      assertThat(database.rows("SELECT count(*), sum(n), sum(length(v)) FROM t"))
          .containsExactly("18000|19992000|" + 18_000L * 10_240);
      assertThat(
              database.rows("SELECT n, left(v, 8) = left(md5('7771'), 8) FROM t WHERE id = 7771"))
          .containsExactly("7771|t");
    }
  }

  /// Inserts blocks of about a megabyte until there is no more room; returns how many went in.
  private static int fill(Statement statement) throws SQLException {
    int blocks = 0;
    boolean isFull = false;
    while (!isFull) {
      try {
        statement.executeUpdate(
            "INSERT INTO t SELECT %d, repeat(md5(g::text), 8) FROM generate_series(1, %d) g"
                .formatted(blocks + 1, BLOCK_ROWS));
        blocks++;
        assertThat(blocks).isLessThan(160);
      } catch (SQLException e) {
        assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo("53200");
        isFull = true;
      }
    }
    return blocks;
  }
}
