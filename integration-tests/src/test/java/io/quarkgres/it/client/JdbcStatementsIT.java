package io.quarkgres.it.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkgres.it.TestDatabase;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Batches, cursors, generated keys and several results at once through pgjdbc.
class JdbcStatementsIT {
  private static TestDatabase database;

  @BeforeAll
  static void create() {
    database = TestDatabase.create("jdbc_statements");
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "reWriteBatchedInserts=false",
        "reWriteBatchedInserts=true",
        "preferQueryMode=simple"
      })
  void batchInsertsEveryRow(String property) throws SQLException {
    try (Connection connection = database.jdbc(property);
        Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS batch");
      statement.execute("CREATE TABLE batch (id int PRIMARY KEY, v text)");
      connection.setAutoCommit(false);
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO batch VALUES (?, ?)")) {
        for (int i = 0; i < 1_003; i++) {
          insert.setInt(1, i);
          insert.setString(2, "v" + i);
          insert.addBatch();
        }
        assertThat(insert.executeBatch()).hasSize(1_003);
      }
      connection.commit();
      try (ResultSet rows = statement.executeQuery("SELECT count(*), sum(id), min(v) FROM batch")) {
        rows.next();
        assertThat(rows.getLong(1)).isEqualTo(1_003);
        assertThat(rows.getLong(2)).isEqualTo(1_003 * 1_002 / 2);
      }
    }
  }

  @Test
  void failedBatchSaysWhichRow() throws SQLException {
    try (Connection connection = database.jdbc();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE failing (id int PRIMARY KEY)");
      statement.execute("INSERT INTO failing VALUES (3)");
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO failing VALUES (?)")) {
        for (int i = 1; i <= 5; i++) {
          insert.setInt(1, i);
          insert.addBatch();
        }
        assertThatThrownBy(insert::executeBatch)
            .isInstanceOfSatisfying(
                BatchUpdateException.class, e -> assertThat(e.getSQLState()).isEqualTo("23505"));
      }
      assertThat(database.rows("SELECT id FROM failing")).containsExactly("3");
      statement.addBatch("INSERT INTO failing VALUES (10)");
      statement.addBatch("UPDATE failing SET id = id + 100");
      assertThat(statement.executeBatch()).containsExactly(1, 2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"prepareThreshold=1", "prepareThreshold=0", "prepareThreshold=-1"})
  void fetchSizeReadsInPortions(String property) throws SQLException {
    try (Connection connection = database.jdbc(property)) {
      connection.setAutoCommit(false);
      try (PreparedStatement select =
          connection.prepareStatement("SELECT g, 'r' || g FROM generate_series(1, ?) g")) {
        for (int count : new int[] {0, 1, 9, 10, 11, 5_000}) {
          select.setFetchSize(10);
          select.setInt(1, count);
          try (ResultSet rows = select.executeQuery()) {
            int seen = 0;
            while (rows.next()) {
              seen++;
              assertThat(rows.getInt(1)).isEqualTo(seen);
              assertThat(rows.getString(2)).isEqualTo("r" + seen);
            }
            assertThat(seen).isEqualTo(count);
          }
        }
        select.setMaxRows(7);
        select.setInt(1, 100);
        try (ResultSet rows = select.executeQuery()) {
          int seen = 0;
          while (rows.next()) {
            seen++;
          }
          assertThat(seen).isEqualTo(7);
        }
      }
      connection.commit();
    }
  }

  @Test
  void twoCursorsAtOnceAndOneLeftOpen() throws SQLException {
    try (Connection connection = database.jdbc()) {
      connection.setAutoCommit(false);
      try (PreparedStatement a =
              connection.prepareStatement("SELECT * FROM generate_series(1, 100)");
          PreparedStatement b =
              connection.prepareStatement("SELECT * FROM generate_series(101, 200)")) {
        a.setFetchSize(3);
        b.setFetchSize(7);
        try (ResultSet left = a.executeQuery();
            ResultSet right = b.executeQuery()) {
          for (int i = 1; i <= 50; i++) {
            assertThat(left.next() && right.next()).isTrue();
            assertThat(left.getInt(1) + 100).isEqualTo(right.getInt(1));
          }
        }
      }
      connection.rollback();
      try (ResultSet rows = connection.createStatement().executeQuery("SELECT 1")) {
        assertThat(rows.next()).isTrue();
      }
    }
  }

  @Test
  void generatedKeys() throws SQLException {
    try (Connection connection = database.jdbc();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE keyed (id bigserial PRIMARY KEY, v text, n int GENERATED ALWAYS AS IDENTITY)");
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO keyed (v) VALUES (?), (?)", Statement.RETURN_GENERATED_KEYS)) {
        insert.setString(1, "a");
        insert.setString(2, "b");
        assertThat(insert.executeUpdate()).isEqualTo(2);
        List<Long> ids = new ArrayList<>();
        try (ResultSet keys = insert.getGeneratedKeys()) {
          while (keys.next()) {
            ids.add(keys.getLong("id"));
          }
        }
        assertThat(ids).containsExactly(1L, 2L);
      }
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO keyed (v) VALUES (?)", new String[] {"n", "id"})) {
        for (int i = 0; i < 3; i++) {
          insert.setString(1, "batch" + i);
          insert.addBatch();
        }
        insert.executeBatch();
        try (ResultSet keys = insert.getGeneratedKeys()) {
          int last = 2;
          while (keys.next()) {
            assertThat(keys.getInt("n")).isEqualTo(++last);
            assertThat(keys.getLong("id")).isEqualTo(last);
          }
          assertThat(last).isEqualTo(5);
        }
      }
      assertThat(
              statement.executeUpdate(
                  "UPDATE keyed SET v = 'x' WHERE id > 2", Statement.RETURN_GENERATED_KEYS))
          .isEqualTo(3);
    }
  }

  @Test
  void severalResultsOfOneString() throws SQLException {
    try (Connection connection = database.jdbc();
        Statement statement = connection.createStatement()) {
      boolean isResultSet =
          statement.execute(
              "CREATE TABLE several (a int); INSERT INTO several VALUES (1), (2); SELECT a FROM several ORDER BY a; UPDATE several SET a = a + 1; SELECT 'x' AS b");
      assertThat(isResultSet).isFalse();
      assertThat(statement.getUpdateCount()).isZero();
      assertThat(statement.getMoreResults()).isFalse();
      assertThat(statement.getUpdateCount()).isEqualTo(2);
      assertThat(statement.getMoreResults()).isTrue();
      try (ResultSet rows = statement.getResultSet()) {
        rows.next();
        assertThat(rows.getInt(1)).isEqualTo(1);
      }
      assertThat(statement.getMoreResults()).isFalse();
      assertThat(statement.getUpdateCount()).isEqualTo(2);
      assertThat(statement.getMoreResults()).isTrue();
      try (ResultSet rows = statement.getResultSet()) {
        rows.next();
        assertThat(rows.getString("b")).isEqualTo("x");
      }
      assertThat(statement.getMoreResults()).isFalse();
      assertThat(statement.getUpdateCount()).isEqualTo(-1);
    }
  }

  @Test
  void scrollableAndUpdatableResultSets() throws SQLException {
    try (Connection connection = database.jdbc();
        Statement ddl = connection.createStatement()) {
      ddl.execute("CREATE TABLE scroll (id int PRIMARY KEY, v text)");
      ddl.execute("INSERT INTO scroll SELECT g, 'v' || g FROM generate_series(1, 5) g");
      try (Statement statement =
              connection.createStatement(
                  ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE);
          ResultSet rows = statement.executeQuery("SELECT id, v FROM scroll ORDER BY id")) {
        assertThat(rows.last()).isTrue();
        assertThat(rows.getRow()).isEqualTo(5);
        assertThat(rows.absolute(2)).isTrue();
        rows.updateString("v", "changed");
        rows.updateRow();
        assertThat(rows.previous()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(1);
      }
      assertThat(database.rows("SELECT v FROM scroll WHERE id = 2")).containsExactly("changed");
    }
  }

  @Test
  void planChangesUnderAPreparedStatement() throws SQLException {
    try (Connection connection = database.jdbc("prepareThreshold=1");
        Statement ddl = connection.createStatement()) {
      ddl.execute("CREATE TABLE changing (id int, v text)");
      ddl.execute("INSERT INTO changing VALUES (1, 'one')");
      try (PreparedStatement select =
          connection.prepareStatement("SELECT id FROM changing WHERE id = ?")) {
        for (int i = 0; i < 6; i++) {
          select.setInt(1, 1);
          try (ResultSet rows = select.executeQuery()) {
            assertThat(rows.next()).isTrue();
          }
          if (i == 2) {
            ddl.execute("ALTER TABLE changing ADD COLUMN extra int DEFAULT 5");
          }
          if (i == 4) {
            ddl.execute("CREATE INDEX ON changing (id)");
          }
        }
      }
    }
  }
}
