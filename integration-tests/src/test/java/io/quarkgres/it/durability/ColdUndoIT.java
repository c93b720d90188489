package io.quarkgres.it.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quarkgres.it.QuarkgresServer;
import io.quarkgres.it.ServerHeap;
import io.quarkgres.it.ServerUnderTest;
import io.quarkgres.it.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A table of four times the memory for data is updated as a whole, in one transaction and again,
/// while a snapshot of before stays open: the old versions leave memory, too.
///
/// Needs a server of its own. Larger: `-Dquarkgres.cold.rows=N`.
class ColdUndoIT {
  private static final int LIMIT_MEGABYTES = 12;
  private static final int ROWS = Integer.getInteger("quarkgres.cold.rows", 80_000);

  /// What is left in memory of a row with old versions, and the server itself.
  private static final long LIVE_BYTES_MAX = (LIMIT_MEGABYTES + 70L) * (1 << 20) + 48L * ROWS;

  private static final String STATE =
      "SELECT count(*), sum(n), count(*) FILTER (WHERE v = repeat(md5(id::text), 20)),"
          + " count(*) FILTER (WHERE v = 'n' || n) FROM big";

  private static final String UPDATE = "UPDATE big SET n = n + 1, v = 'n' || n + 1";

  @Test
  void wholeTableBesideASnapshot(@TempDir Path data) throws SQLException {
    assumeTrue(System.getProperty("quarkgres.it.url") == null);
    String[] options = {"-Xmx256m", "-Dquarkgres.memory-limit=" + LIMIT_MEGABYTES + "MB"};
    try (ServerUnderTest server = QuarkgresServer.startOn(data, options)) {
      TestDatabase database = TestDatabase.create(server, "cold_undo");
      database.run(
          "CREATE TABLE big (id int PRIMARY KEY, n int, v text)",
          "CREATE INDEX ON big (n)",
          "INSERT INTO big SELECT g, 0, repeat(md5(g::text), 20) FROM generate_series(1, "
              + ROWS
              + ") g");
      String untouched = state(0, ROWS, 0);
      try (Connection old = database.jdbc();
          Statement reader = old.createStatement()) {
        old.setAutoCommit(false);
        old.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        assertThat(one(reader, STATE)).isEqualTo(untouched);
        updateForNothing(database, server);
        assertThat(one(reader, STATE)).isEqualTo(untouched);
        for (int version = 1; version <= 2; version++) {
          database.run(UPDATE);
          assertThat(ServerHeap.liveBytes(server)).isLessThan(LIVE_BYTES_MAX);
          assertThat(database.rows(STATE)).containsExactly(state(version, 0, ROWS));
          assertThat(one(reader, STATE)).isEqualTo(untouched);
          assertThat(one(reader, "SELECT v = repeat(md5(id::text), 20) FROM big WHERE id = 777"))
              .isEqualTo("t");
          assertThat(one(reader, "SELECT count(*) FROM big WHERE n > 0")).isEqualTo("0");
        }
        old.commit();
      }
      database.run("UPDATE big SET v = repeat(md5(id::text), 20)", "CHECKPOINT");
      assertThat(ServerHeap.liveBytes(server)).isLessThan(LIVE_BYTES_MAX);
      database.run(UPDATE);
    }
    try (ServerUnderTest again = QuarkgresServer.startOn(data, options)) {
      assertThat(TestDatabase.existing(again, "cold_undo").rows(STATE))
          .containsExactly(state(3, 0, ROWS));
    }
  }

  /// Updates all rows and rolls back, once wholly and once to a savepoint.
  private static void updateForNothing(TestDatabase database, ServerUnderTest server)
      throws SQLException {
    try (Connection connection = database.jdbc();
        Statement writer = connection.createStatement()) {
      connection.setAutoCommit(false);
      writer.execute(UPDATE);
      assertThat(ServerHeap.liveBytes(server)).isLessThan(LIVE_BYTES_MAX);
      assertThat(one(writer, STATE)).isEqualTo(state(1, 0, ROWS));
      connection.rollback();
      assertThat(one(writer, STATE)).isEqualTo(state(0, ROWS, 0));
      writer.execute("SAVEPOINT before");
      writer.execute(UPDATE);
      writer.execute("DELETE FROM big");
      writer.execute("ROLLBACK TO before");
      connection.commit();
      assertThat(one(writer, STATE)).isEqualTo(state(0, ROWS, 0));
    }
  }

  private static String state(int version, int untouched, int updated) {
    return ROWS + "|" + (long) version * ROWS + "|" + untouched + "|" + updated;
  }

  private static String one(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      StringBuilder row = new StringBuilder(rows.getString(1));
      for (int i = 2; i <= rows.getMetaData().getColumnCount(); i++) {
        row.append('|').append(rows.getString(i));
      }
      return row.toString();
    }
  }
}
