package io.quarkgres.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.it.QuarkgresServer;
import io.quarkgres.it.ServerUnderTest;
import io.quarkgres.it.wire.Message;
import io.quarkgres.it.wire.Payload;
import io.quarkgres.it.wire.WireClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What a server with small limits does when they are reached.
class LimitsIT {
  private static final int CONNECTIONS_MAX = 4;
  private static final int ATTEMPTS_MAX = 10_000;

  /// The answer of the slow reader's query is several times as large as the heap.
  private static final int ROWS = 5_000;

  private static final int ROW_BYTES = 100_000;
  private static ServerUnderTest server;

  @BeforeAll
  static void start() {
    server =
        QuarkgresServer.start(
            "-Dquarkgres.max-connections=" + CONNECTIONS_MAX,
            "-Dquarkgres.authentication-timeout=1",
            "-Xmx160m",
            "-XX:MaxDirectMemorySize=64m");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /// Connects as soon as the server has noticed that earlier clients have gone.
  private static WireClient connect() {
    for (int attempt = 0; ; attempt++) {
      try {
        return WireClient.connect(server.host(), server.port(), "postgres");
      } catch (IllegalStateException tooMany) {
        assertThat(tooMany).hasMessageContaining("53300");
        assertThat(attempt).isLessThan(ATTEMPTS_MAX);
      }
    }
  }

  private static void disconnect(WireClient client) {
    client.send('X', new Payload());
    assertThat(client.readUntilClosed()).isEmpty();
    client.close();
  }

  @Test
  void oneClientTooMany() {
    List<WireClient> clients = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS_MAX; i++) {
      clients.add(connect());
    }
    assertThat(Answers.rows(clients.getFirst().query("SHOW max_connections")))
        .containsExactly("" + CONNECTIONS_MAX);
    try (WireClient more = new WireClient(server.host(), server.port())) {
      more.startup(Map.of("user", "postgres"));
      List<Message> answer = more.readUntilClosed();
      assertThat(Answers.types(answer)).isEqualTo("E");
      assertThat(Answers.errors(answer)).containsExactly("53300");
      assertThat(answer.getFirst().toString()).contains("sorry, too many clients already");
    }
    disconnect(clients.removeLast());
    // Its place is free at once.
    clients.add(WireClient.connect(server.host(), server.port(), "postgres"));
    clients.forEach(LimitsIT::disconnect);
  }

  @Test
  void aClientThatNeverStarts() {
    try (WireClient silent = new WireClient(server.host(), server.port());
        WireClient half = new WireClient(server.host(), server.port())) {
      half.sendRaw(new byte[] {0, 0, 0, 60, 0, 3});
      assertThat(silent.readUntilClosed()).isEmpty();
      assertThat(half.readUntilClosed()).isEmpty();
    }
  }

  @Test
  void aClientThatReadsSlowlyPausesItsQuery() {
    try (WireClient slow = connect();
        WireClient other = connect()) {
      slow.sendQuery("SELECT repeat('x', " + ROW_BYTES + ") FROM generate_series(1, " + ROWS + ")");
      // Meanwhile the query would fill the memory if it did not wait for its client.
      for (int i = 0; i < 200; i++) {
        assertThat(
                Answers.rows(other.query("SELECT count(*) FROM generate_series(1, 10000) g")))
            .containsExactly("10000");
      }
      int rows = 0;
      Message message = slow.readOrFail();
      while (message.type() != 'Z') {
        if (message.type() == 'D') {
          assertThat(message.body()).hasSize(ROW_BYTES + 6);
          rows++;
        }
        message = slow.readOrFail();
      }
      assertThat(rows).isEqualTo(ROWS);
    }
  }

  @Test
  void aClientThatReadsNothingAndGoes() {
    WireClient slow = connect();
    slow.sendQuery("SELECT repeat('x', " + ROW_BYTES + ") FROM generate_series(1, 100000000)");
    slow.readUntil('D');
    slow.close();
    try (WireClient other = connect()) {
      assertThat(
              Answers.rows(
                  other.query("SELECT count(*) FROM generate_series(1, 1000) g")))
          .containsExactly("1000");
    }
  }
}
