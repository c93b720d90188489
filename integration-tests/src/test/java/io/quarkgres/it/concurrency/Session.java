package io.quarkgres.it.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.it.TestDatabase;
import io.quarkgres.it.wire.Message;
import io.quarkgres.it.wire.WireClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/// One of several sessions of a test. Thread: one at a time.
final class Session implements AutoCloseable {
  private static final int PATIENCE_STATEMENTS = 150;

  private final WireClient client;
  private final TestDatabase database;

  Session(TestDatabase database) {
    this.database = database;
    this.client = database.wire();
  }

  /// Executes a statement and returns its rows, its command tag when it has none, or its SQLSTATE.
  String run(String sql) {
    start(sql);
    return finish();
  }

  /// Sends a statement without waiting for the answer.
  void start(String sql) {
    client.sendQuery(sql);
  }

  /// Waits for the answer to the statement sent.
  String finish() {
    List<Message> answer = client.readUntil('Z');
    StringBuilder rows = new StringBuilder();
    String tag = "";
    for (Message message : answer) {
      switch (message.type()) {
        case 'E' -> {
          return message.sqlState();
        }
        case 'D' ->
            rows.append(rows.isEmpty() ? "" : " ")
                .append(String.join("|", message.texts().stream().map(String::valueOf).toList()));
        case 'C' -> tag = message.text();
        default -> {
          // Nothing else matters here.
        }
      }
    }
    return rows.isEmpty() ? tag : rows.toString();
  }

  /// Waits for the error with which the server ends the session, and for the end of the connection.
  String ending() {
    return client.readUntilClosed().getLast().sqlState();
  }

  /// Sends a statement that must wait for another session, and checks that it does.
  void startAndWait(String sql) {
    start(sql);
    try (WireClient other = database.wire()) {
      for (int i = 0; i < PATIENCE_STATEMENTS; i++) {
        other.query("SELECT 1");
        assertThat(hasAnswered()).as("%s must wait", sql).isFalse();
      }
    }
  }

  boolean hasAnswered() {
    try {
      return client.socket().getInputStream().available() > 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  WireClient client() {
    return client;
  }

  @Override
  public void close() {
    client.close();
  }
}
