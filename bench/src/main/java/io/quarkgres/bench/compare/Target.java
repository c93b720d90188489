package io.quarkgres.bench.compare;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** A database that runs queries for the comparison. Used by one thread. */
sealed interface Target extends AutoCloseable {
  /** Returns the name for the tables. */
  String name();

  /** Runs a statement and reads its rows. */
  void run(String sql) throws IOException, SQLException;

  /** Runs a query, prepared once for its text, with one number, and reads its rows. */
  void run(Workload workload, int n) throws IOException, SQLException;

  /** Runs a query and returns what it answers. */
  Answer answer(String sql) throws IOException, SQLException;

  @Override
  void close() throws IOException, SQLException;

  /** A server on this machine. */
  final class Server implements Target {
    private final String name;
    private final Wire wire;
    private final Map<String, String> prepared = new HashMap<>();

    Server(String name, int port) throws IOException {
      this.name = name;
      this.wire = new Wire(port);
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void run(String sql) throws IOException {
      wire.query(sql);
    }

    @Override
    public void run(Workload workload, int n) throws IOException {
      String statement = prepared.get(workload.name());
      if (statement == null) {
        statement = "s" + prepared.size();
        wire.prepare(statement, workload.prepared(), 1);
        prepared.put(workload.name(), statement);
      }
      wire.execute(statement, n);
    }

    @Override
    public Answer answer(String sql) throws IOException {
      return Answer.of(wire.rowsOf(sql));
    }

    @Override
    public void close() throws IOException {
      wire.close();
    }
  }

  /** DuckDB inside this process: no wire, and values are read one by one. */
  final class DuckDb implements Target {
    private final Connection connection = DriverManager.getConnection("jdbc:duckdb:");
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    DuckDb() throws SQLException {}

    @Override
    public String name() {
      return "DuckDB in process";
    }

    @Override
    public void run(String sql) throws SQLException {
      try (Statement statement = connection.createStatement()) {
        if (statement.execute(sql)) {
          read(statement.getResultSet());
        }
      }
    }

    @Override
    public void run(Workload workload, int n) throws SQLException {
      PreparedStatement statement = prepared.get(workload.name());
      if (statement == null) {
        statement = connection.prepareStatement(workload.sql().replace(":n", "?"));
        prepared.put(workload.name(), statement);
      }
      statement.setInt(1, n);
      read(statement.executeQuery());
    }

    private static void read(ResultSet rows) throws SQLException {
      try (rows) {
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
          for (int i = 1; i <= columns; i++) {
            rows.getObject(i);
          }
        }
      }
    }

    @Override
    public Answer answer(String sql) throws SQLException {
      Answer result = Answer.NONE;
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(sql)) {
        String[] row = new String[rows.getMetaData().getColumnCount()];
        while (rows.next()) {
          for (int i = 0; i < row.length; i++) {
            row[i] = rows.getString(i + 1);
          }
          result = result.plus(row);
        }
      }
      return result;
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }
}
