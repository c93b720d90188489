package io.quarkgres.it;

import io.quarkgres.it.wire.Message;
import io.quarkgres.it.wire.WireClient;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// An empty database of its own for one suite, dropped at the end. Thread: any.
public final class TestDatabase implements AutoCloseable {
  private final ServerUnderTest server;
  private final String name;

  private TestDatabase(ServerUnderTest server, String name) {
    this.server = server;
    this.name = name;
  }

  /// Makes the database on the server under test.
  public static TestDatabase create(String name) {
    return create(Servers.underTest(), name);
  }

  /// Makes the database on this server.
  public static TestDatabase create(ServerUnderTest server, String name) {
    TestDatabase database = new TestDatabase(server, name);
    database.admin("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    database.admin("CREATE DATABASE " + name);
    return database;
  }

  /// Uses a database that this server has.
  public static TestDatabase existing(ServerUnderTest server, String name) {
    return new TestDatabase(server, name);
  }

  public ServerUnderTest server() {
    return server;
  }

  public String name() {
    return name;
  }

  /// Opens a connection of the bare protocol client.
  public WireClient wire() {
    return WireClient.connect(server.host(), server.port(), name);
  }

  /// Opens a pgjdbc connection; the properties are `name=value`.
  public Connection jdbc(String... properties) throws SQLException {
    StringBuilder url = new StringBuilder(server.jdbcUrl(name));
    for (String property : properties) {
      url.append('&').append(property);
    }
    return DriverManager.getConnection(url.toString());
  }

  /// Runs statements, each of which must succeed.
  public void run(String... statements) {
    try (WireClient client = wire()) {
      for (String sql : statements) {
        check(sql, client.query(sql));
      }
    }
  }

  /// The rows of a query, the values of a row separated by `|`.
  public List<String> rows(String sql) {
    List<String> rows = new ArrayList<>();
    try (WireClient client = wire()) {
      List<Message> answer = client.query(sql);
      check(sql, answer);
      for (Message message : answer) {
        if (message.type() == 'D') {
          rows.add(String.join("|", message.texts().stream().map(String::valueOf).toList()));
        }
      }
    }
    return rows;
  }

  private void admin(String sql) {
    try (WireClient client = WireClient.connect(server.host(), server.port(), "postgres")) {
      check(sql, client.query(sql));
    }
  }

  private static void check(String sql, List<Message> answer) {
    for (Message message : answer) {
      if (message.type() == 'E') {
        throw new IllegalStateException(sql + ": " + message);
      }
    }
  }

  @Override
  public void close() {
    admin("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
  }
}
