package io.quarkgres.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.it.TestDatabase;
import io.quarkgres.it.wire.Message;
import io.quarkgres.it.wire.Payload;
import io.quarkgres.it.wire.WireClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Startup, simple queries, COPY, cancel requests and slow readers.
class SimpleProtocolIT {
  private static TestDatabase database;
  private WireClient client;

  @BeforeAll
  static void create() {
    database = TestDatabase.create("simple_protocol");
    database.run("CREATE TABLE t (id int PRIMARY KEY, v text)");
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  @BeforeEach
  void connect() {
    database.run("TRUNCATE t");
    client = database.wire();
  }

  @AfterEach
  void disconnect() {
    client.close();
  }

  private static WireClient raw() {
    return new WireClient(database.server().host(), database.server().port());
  }

  @Test
  void startupAnswersWithParametersAndKey() {
    try (WireClient fresh = raw()) {
      fresh.startup(
          Map.of(
              "user",
              "postgres",
              "database",
              "simple_protocol",
              "application_name",
              "probe",
              "DateStyle",
              "German",
              "options",
              "-c TimeZone=Asia/Tokyo -c my.x=5"));
      List<Message> answer = fresh.readUntil('Z');
      assertThat(Answers.types(answer)).isEqualTo("RKZ");
      Map<String, String> parameters =
          answer.stream()
              .filter(m -> m.type() == 'S')
              .map(Message::pair)
              .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
      assertThat(parameters)
          .containsEntry("application_name", "probe")
          .containsEntry("TimeZone", "Asia/Tokyo")
          .containsEntry("DateStyle", "German, DMY")
          .containsEntry("client_encoding", "UTF8")
          .containsEntry("server_encoding", "UTF8")
          .containsEntry("integer_datetimes", "on")
          .containsEntry("standard_conforming_strings", "on")
          .containsEntry("IntervalStyle", "postgres")
          .containsKeys("server_version", "session_authorization", "is_superuser");
      assertThat(parameters.get("server_version")).startsWith("15");
      assertThat(Answers.rows(fresh.query("SHOW my.x"))).containsExactly("5");
    }
  }

  @Test
  void encryptionIsRefusedPolitely() {
    try (WireClient fresh = raw()) {
      fresh.sendUntyped(new Payload().int32(80_877_104));
      if (fresh.readByte() == 'G') {
        return;
      }
      fresh.sendUntyped(new Payload().int32(80_877_103));
      assertThat(fresh.readByte()).isIn((int) 'N', (int) 'S');
    }
  }

  @Test
  void databaseDefaultsToTheUser() {
    try (WireClient fresh = raw()) {
      fresh.startup(Map.of("user", "postgres"));
      fresh.readUntil('Z');
      assertThat(Answers.rows(fresh.query("SELECT current_database()")))
          .containsExactly("postgres");
    }
  }

  @Test
  void startupErrors() {
    assertThat(startupError(Map.of("user", "postgres", "database", "nope"))).isEqualTo("3D000");
    assertThat(startupError(Map.of("user", "no_such_role", "database", "simple_protocol")))
        .isEqualTo("28000");
    assertThat(startupError(Map.of("database", "simple_protocol"))).isEqualTo("28000");
    assertThat(
            startupError(
                Map.of(
                    "user",
                    "postgres",
                    "database",
                    "simple_protocol",
                    "client_encoding",
                    "nonsense")))
        .isEqualTo("22023");
  }

  private static String startupError(Map<String, String> parameters) {
    try (WireClient fresh = raw()) {
      fresh.startup(parameters);
      Message error =
          fresh.readUntilClosed().stream().filter(m -> m.type() == 'E').findFirst().orElseThrow();
      assertThat(error.fields().get('S')).isEqualTo("FATAL");
      return error.sqlState();
    }
  }

  @Test
  void oldAndNewProtocolVersions() {
    try (WireClient fresh = raw()) {
      fresh.sendUntyped(new Payload().int32(2 << 16).string("user").string("postgres").int8(0));
      // The error comes in that protocol's own form.
      assertThat(fresh.readByte()).isEqualTo('E');
    }
    try (WireClient fresh = raw()) {
      fresh.sendUntyped(
          new Payload()
              .int32((3 << 16) + 9)
              .string("user")
              .string("postgres")
              .string("_pq_.future")
              .string("1")
              .int8(0));
      assertThat(Answers.types(fresh.readUntil('Z'))).startsWith("v").endsWith("KZ");
    }
  }

  @Test
  void severalStatementsAreOneTransaction() {
    List<Message> answer =
        client.query(
            "INSERT INTO t VALUES (1, 'a'); SELECT id FROM t; INSERT INTO t VALUES (1, 'b'); SELECT 9");
    assertThat(Answers.tags(answer)).containsExactly("INSERT 0 1", "SELECT 1");
    assertThat(Answers.errors(answer)).containsExactly("23505");
    assertThat(Answers.rows(client.query("SELECT count(*) FROM t"))).containsExactly("0");
    answer =
        client.query(
            "BEGIN; INSERT INTO t VALUES (2, 'c'); COMMIT; INSERT INTO t VALUES (2, 'd'); INSERT INTO t VALUES (3, 'e')");
    assertThat(Answers.errors(answer)).containsExactly("23505");
    assertThat(Answers.rows(client.query("SELECT id FROM t"))).containsExactly("2");
    assertThat(Answers.status(client.query("INSERT INTO t VALUES (4, 'x'); BEGIN; SELECT 1")))
        .isEqualTo('T');
    assertThat(Answers.rows(client.query("ROLLBACK; SELECT count(*) FROM t"))).containsExactly("1");
  }

  @Test
  void emptyStrings() {
    assertThat(Answers.types(client.query(""))).isEqualTo("IZ");
    assertThat(Answers.types(client.query("  ;;  "))).isEqualTo("IZ");
    assertThat(Answers.types(client.query("-- nothing"))).isEqualTo("IZ");
    assertThat(Answers.types(client.query("; SELECT 1;;"))).isEqualTo("TDCZ");
  }

  @Test
  void syntaxErrorRunsNothingOfTheString() {
    assertThat(Answers.errors(client.query("INSERT INTO t VALUES (1, 'a'); SELEC")))
        .containsExactly("42601");
    assertThat(Answers.rows(client.query("SELECT count(*) FROM t"))).containsExactly("0");
  }

  @Test
  void copyInByMessages() {
    client.sendQuery("COPY t FROM STDIN");
    client.readUntil('G');
    client.send('d', new Payload().bytes("1\ta\n2".getBytes(StandardCharsets.UTF_8)));
    client.send('d', new Payload().bytes("\tb\n".getBytes(StandardCharsets.UTF_8)));
    client.flush();
    client.send('c', new Payload());
    assertThat(Answers.tags(client.readUntil('Z'))).containsExactly("COPY 2");
    client.sendQuery("COPY t FROM STDIN");
    client.readUntil('G');
    client.send('d', new Payload().bytes("3\tc\n".getBytes(StandardCharsets.UTF_8)));
    client.send('f', new Payload().string("changed my mind"));
    List<Message> failed = client.readUntil('Z');
    assertThat(Answers.errors(failed)).containsExactly("57014");
    assertThat(failed.getFirst().fields().get('M'))
        .isEqualTo("COPY from stdin failed: changed my mind");
    assertThat(Answers.rows(client.query("SELECT * FROM t ORDER BY id")))
        .containsExactly("1|a", "2|b");
    client.sendQuery("COPY t FROM STDIN");
    client.readUntil('G');
    client.sendQuery("SELECT 1");
    assertThat(Answers.errors(client.readUntil('E'))).containsExactly("08P01");
  }

  @Test
  void copyOutByMessages() {
    client.query("INSERT INTO t VALUES (1, 'a'), (2, NULL)");
    List<Message> answer = client.query("COPY t TO STDOUT");
    assertThat(Answers.types(answer)).isEqualTo("HddcCZ");
    assertThat(answer.get(0).body()).containsExactly(0, 0, 2, 0, 0, 0, 0);
    assertThat(new String(answer.get(2).body(), StandardCharsets.UTF_8)).isEqualTo("2\t\\N\n");
    List<Message> binary = client.query("COPY t TO STDOUT (FORMAT binary)");
    assertThat(binary.get(0).body()).containsExactly(1, 0, 2, 0, 1, 0, 1);
    assertThat(new String(binary.get(1).body(), 0, 11, StandardCharsets.ISO_8859_1))
        .isEqualTo("PGCOPY\n\377\r\n\0");
  }

  @Test
  void cancelRequest() {
    client.sendQuery("SELECT pg_sleep(60)");
    // Only a request that arrives after the statement has begun ends it, so it is repeated.
    long deadline = System.nanoTime() + 20_000_000_000L;
    List<Message> answer = null;
    while (answer == null && System.nanoTime() < deadline) {
      cancel(client.backendPid(), client.secretKey() + 1);
      cancel(client.backendPid(), client.secretKey());
      answer = available() ? client.readUntil('Z') : null;
    }
    assertThat(answer).isNotNull();
    assertThat(Answers.errors(answer)).containsExactly("57014");
    assertThat(Answers.rows(client.query("SELECT 5"))).containsExactly("5");
  }

  private boolean available() {
    try {
      return client.socket().getInputStream().available() > 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void cancel(int pid, int key) {
    try (WireClient canceller = raw()) {
      canceller.sendUntyped(new Payload().int32(80_877_102).int32(pid).int32(key));
      assertThat(canceller.read()).isNull();
    }
  }

  @Test
  void terminateClosesTheConnection() {
    client.send('X', new Payload());
    assertThat(client.read()).isNull();
  }

  @Test
  void slowReaderGetsEverythingAndHoldsNobodyUp() {
    client.sendQuery("SELECT g, repeat('x', 1000) FROM generate_series(1, 100000) g");
    try (WireClient other = database.wire()) {
      for (int i = 0; i < 50; i++) {
        assertThat(Answers.rows(other.query("SELECT " + i))).containsExactly(Integer.toString(i));
      }
    }
    int rows = 0;
    Message message = client.readOrFail();
    while (message.type() != 'Z') {
      if (message.type() == 'D') {
        rows++;
        assertThat(message.texts().getFirst()).isEqualTo(Integer.toString(rows));
      }
      message = client.readOrFail();
    }
    assertThat(rows).isEqualTo(100_000);
  }

  @Test
  void clientThatGoesAwayInMidResult() {
    WireClient gone = database.wire();
    gone.query("BEGIN");
    gone.query("INSERT INTO t VALUES (77, 'left behind')");
    gone.sendQuery("SELECT g, repeat('x', 1000) FROM generate_series(1, 1000000) g");
    gone.readUntil('D');
    gone.close();
    // The lock on the row is given back, so this does not wait for ever.
    assertThat(Answers.tags(client.query("INSERT INTO t VALUES (77, 'mine')")))
        .containsExactly("INSERT 0 1");
  }
}
