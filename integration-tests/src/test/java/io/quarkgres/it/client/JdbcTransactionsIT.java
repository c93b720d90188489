package io.quarkgres.it.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkgres.it.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// Transactions, savepoints, cancel, timeouts and error fields through pgjdbc.
class JdbcTransactionsIT {
  private static TestDatabase database;

  @BeforeAll
  static void create() {
    database = TestDatabase.create("jdbc_transactions");
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  @BeforeEach
  void table() {
    database.run(
        "DROP TABLE IF EXISTS t",
        "CREATE TABLE t (id int PRIMARY KEY, v text)",
        "INSERT INTO t VALUES (1, 'one')");
  }

  private static String state(ThrowingCallable call) {
    String[] state = new String[1];
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(SQLException.class, e -> state[0] = e.getSQLState());
    return state[0];
  }

  @Test
  void commitAndRollback() throws SQLException {
    try (Connection connection = database.jdbc();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.executeUpdate("INSERT INTO t VALUES (2, 'two')");
      assertThat(database.rows("SELECT count(*) FROM t")).containsExactly("1");
      connection.commit();
      assertThat(database.rows("SELECT count(*) FROM t")).containsExactly("2");
      statement.executeUpdate("DELETE FROM t");
      connection.rollback();
      assertThat(database.rows("SELECT count(*) FROM t")).containsExactly("2");
    }
    assertThat(database.rows("SELECT id FROM t ORDER BY id")).containsExactly("1", "2");
  }

  @Test
  void closingWithoutCommitRollsBack() throws SQLException {
    try (Connection connection = database.jdbc()) {
      connection.setAutoCommit(false);
      connection.createStatement().executeUpdate("DELETE FROM t");
    }
    assertThat(database.rows("SELECT id FROM t")).containsExactly("1");
  }

  @Test
  void savepoints() throws SQLException {
    try (Connection connection = database.jdbc();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.executeUpdate("INSERT INTO t VALUES (2, 'two')");
      Savepoint savepoint = connection.setSavepoint("Mixed Name");
      assertThat(state(() -> statement.executeUpdate("INSERT INTO t VALUES (1, 'dup')")))
          .isEqualTo("23505");
      assertThat(state(() -> statement.executeQuery("SELECT 1"))).isEqualTo("25P02");
      connection.rollback(savepoint);
      Savepoint inner = connection.setSavepoint();
      statement.executeUpdate("INSERT INTO t VALUES (3, 'three')");
      connection.releaseSavepoint(inner);
      connection.commit();
    }
    assertThat(database.rows("SELECT id FROM t ORDER BY id")).containsExactly("1", "2", "3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"autosave=always", "autosave=conservative"})
  void autosave(String property) throws SQLException {
    try (Connection connection = database.jdbc(property);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.executeUpdate("INSERT INTO t VALUES (2, 'two')");
      boolean always = property.endsWith("always");
      assertThat(state(() -> statement.executeUpdate("INSERT INTO t VALUES (1, 'dup')")))
          .isEqualTo("23505");
      if (always) {
        statement.executeUpdate("INSERT INTO t VALUES (3, 'three')");
        connection.commit();
        assertThat(database.rows("SELECT count(*) FROM t")).containsExactly("3");
      } else {
        connection.rollback();
      }
    }
  }

  @Test
  void isolationAndReadOnly() throws SQLException {
    try (Connection connection = database.jdbc();
        Statement statement = connection.createStatement()) {
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      assertThat(connection.getTransactionIsolation())
          .isEqualTo(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setAutoCommit(false);
      try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM t")) {
        rows.next();
        assertThat(rows.getInt(1)).isEqualTo(1);
      }
      database.run("INSERT INTO t VALUES (9, 'nine')");
      try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM t")) {
        rows.next();
        assertThat(rows.getInt(1)).isEqualTo(1);
      }
      connection.commit();
      connection.setReadOnly(true);
      assertThat(state(() -> statement.executeUpdate("DELETE FROM t"))).isEqualTo("25006");
      connection.rollback();
    }
  }

  @Test
  void cancelStopsARunningStatement() throws Exception {
    try (Connection connection = database.jdbc();
        Statement statement = connection.createStatement()) {
      CompletableFuture<String> running =
          CompletableFuture.supplyAsync(
              () -> state(() -> statement.executeQuery("SELECT pg_sleep(60)")));
      // The cancel request is repeated, because it may come before the statement has begun.
      while (!running.isDone()) {
        statement.cancel();
        try {
          running.get(50, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          // Not yet.
        } catch (ExecutionException e) {
          throw new AssertionError(e.getCause());
        }
      }
      assertThat(running.get()).isEqualTo("57014");
      try (ResultSet rows = statement.executeQuery("SELECT 1")) {
        assertThat(rows.next()).isTrue();
      }
    }
  }

  @Test
  void statementTimeout() throws SQLException {
    try (Connection connection = database.jdbc();
        Statement statement = connection.createStatement()) {
      statement.execute("SET statement_timeout = 50");
      assertThat(state(() -> statement.executeQuery("SELECT pg_sleep(60)"))).isEqualTo("57014");
      assertThat(
              state(() ->
                  statement.executeQuery(
                      "SELECT count(*) FROM generate_series(1, 100000) a, generate_series(1, 100000) b")))
          .isEqualTo("57014");
      statement.execute("SET statement_timeout = 0");
      statement.setQueryTimeout(1);
      assertThat(state(() -> statement.executeQuery("SELECT pg_sleep(60)"))).isEqualTo("57014");
    }
  }

  @Test
  void errorsCarryTheirFields() throws SQLException {
    database.run(
        "CREATE TABLE IF NOT EXISTS child (id int CHECK (id > 0), t int NOT NULL CONSTRAINT child_t REFERENCES t)");
    try (Connection connection = database.jdbc("logServerErrorDetail=true")) {
      ServerErrorMessage duplicate = error(connection, "INSERT INTO t VALUES (1, 'x')");
      assertThat(duplicate.getSQLState()).isEqualTo("23505");
      assertThat(duplicate.getConstraint()).isEqualTo("t_pkey");
      assertThat(duplicate.getTable()).isEqualTo("t");
      assertThat(duplicate.getSchema()).isEqualTo("public");
      assertThat(duplicate.getDetail()).isEqualTo("Key (id)=(1) already exists.");
      ServerErrorMessage notNull = error(connection, "INSERT INTO child VALUES (1, NULL)");
      assertThat(notNull.getSQLState()).isEqualTo("23502");
      assertThat(notNull.getColumn()).isEqualTo("t");
      ServerErrorMessage check = error(connection, "INSERT INTO child VALUES (-1, 1)");
      assertThat(check.getSQLState()).isEqualTo("23514");
      assertThat(check.getConstraint()).isEqualTo("child_id_check");
      ServerErrorMessage foreign = error(connection, "INSERT INTO child VALUES (1, 99)");
      assertThat(foreign.getSQLState()).isEqualTo("23503");
      assertThat(foreign.getConstraint()).isEqualTo("child_t");
      ServerErrorMessage position = error(connection, "SELECT a, nope FROM (SELECT 1 AS a) s");
      assertThat(position.getSQLState()).isEqualTo("42703");
      assertThat(position.getPosition()).isEqualTo(11);
      ServerErrorMessage hint = error(connection, "SELECT lowerr('x')");
      assertThat(hint.getHint()).startsWith("No function matches");
      assertThat(hint.getSeverity()).isEqualTo("ERROR");
    }
    database.run("DROP TABLE child");
  }

  private static ServerErrorMessage error(Connection connection, String sql) {
    ServerErrorMessage[] message = new ServerErrorMessage[1];
    assertThatThrownBy(() -> connection.createStatement().execute(sql))
        .isInstanceOfSatisfying(PSQLException.class, e -> message[0] = e.getServerErrorMessage());
    return message[0];
  }

  @Test
  void warningsAndParameters() throws SQLException {
    try (Connection connection =
            database.jdbc("ApplicationName=golden app", "options=-c%20work_mem=8MB");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE IF NOT EXISTS t (id int)");
      assertThat(statement.getWarnings().getSQLState()).isEqualTo("42P07");
      assertThat(connection.getClientInfo("ApplicationName")).isEqualTo("golden app");
      try (ResultSet rows = statement.executeQuery("SHOW work_mem")) {
        rows.next();
        assertThat(rows.getString(1)).isEqualTo("8MB");
      }
      assertThat(connection.isValid(5)).isTrue();
      assertThat(connection.getSchema()).isEqualTo("public");
      connection.setSchema("pg_catalog");
      assertThat(connection.getSchema()).isEqualTo("pg_catalog");
      assertThat(connection.getCatalog()).isEqualTo("jdbc_transactions");
    }
  }

  @Test
  void unknownDatabaseAndPrepareTransactions() {
    assertThat(
            state(() -> {
              try (Connection connection =
                  DriverManager.getConnection(database.server().jdbcUrl("no_such_database"))) {
                connection.createStatement();
              }
            }))
        .isEqualTo("3D000");
  }
}
