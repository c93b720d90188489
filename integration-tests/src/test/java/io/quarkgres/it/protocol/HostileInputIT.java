package io.quarkgres.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.it.TestDatabase;
import io.quarkgres.it.wire.Message;
import io.quarkgres.it.wire.Payload;
import io.quarkgres.it.wire.WireClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Broken and malicious input: a clear error where the protocol allows one, and a server that
/// lives.
class HostileInputIT {
  private static TestDatabase database;
  private WireClient client;

  @BeforeAll
  static void create() {
    database = TestDatabase.create("hostile_input");
    database.run("CREATE EXTENSION vector");
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  @BeforeEach
  void connect() {
    client = database.wire();
  }

  @AfterEach
  void disconnect() {
    client.close();
    try (WireClient other = database.wire()) {
      assertThat(Answers.rows(other.query("SELECT 'alive'"))).containsExactly("alive");
    }
  }

  /// The server ends the connection, and says nothing but protocol violations before.
  private static void assertClosed(WireClient client) {
    List<Message> last = client.readUntilClosed();
    assertThat(Answers.errors(last))
        .allMatch(state -> state.equals("08P01") || state.equals("54000"));
  }

  @Test
  void unknownMessageType() {
    client.send('!', new Payload().int32(1));
    assertThat(Answers.errors(client.readUntilClosed())).containsExactly("08P01");
  }

  @Test
  void malformedVectorsOfAMegabyte() {
    String ones = "1,".repeat(500_000);
    for (String literal :
        List.of("[" + ones + "1]", "[" + ones, "[".repeat(1 << 20), "[" + "9".repeat(1 << 20))) {
      List<Message> answers = client.query("SELECT '" + literal + "'::vector");
      assertThat(Answers.errors(answers)).hasSize(1).isSubsetOf("22P02", "54000", "22003");
    }
    String dense = "[" + "0.5,".repeat(15_999) + "0.5]";
    assertThat(Answers.rows(client.query("SELECT vector_dims('" + dense + "'::vector)")))
        .containsExactly("16000");
  }

  @Test
  void lengthOfTwoGigabytes() {
    client.sendRaw(
        new Payload()
            .int8('Q')
            .int32(Integer.MAX_VALUE)
            .bytes("SELECT 1".getBytes(StandardCharsets.UTF_8))
            .toBytes());
    assertClosed(client);
  }

  @Test
  void negativeAndTooSmallLengths() {
    for (int length : new int[] {-1, 0, 3, Integer.MIN_VALUE}) {
      try (WireClient each = database.wire()) {
        each.sendRaw(new Payload().int8('Q').int32(length).toBytes());
        assertClosed(each);
      }
    }
  }

  @Test
  void bodyThatIsNotWhatItsTypeSays() {
    for (char type : "PBDEC".toCharArray()) {
      try (WireClient each = database.wire()) {
        each.send(type, new Payload().bytes(new byte[] {'x'}));
        each.sync();
        assertThat(Answers.errors(each.readUntil('E')))
            .as("message %s", type)
            .containsExactly("08P01");
      }
    }
    client.send('Q', new Payload().bytes("SELECT 1".getBytes(StandardCharsets.UTF_8)));
    assertThat(Answers.errors(client.readUntil('E'))).containsExactly("08P01");
  }

  @Test
  void bindWithLyingCounts() {
    client.parse("", "SELECT $1::text");
    client.send(
        'B',
        new Payload()
            .string("")
            .string("")
            .int16(0)
            .int16(1)
            .int32(1_000_000)
            .bytes(new byte[10])
            .int16(0));
    client.sync();
    assertThat(Answers.errors(client.readUntil('E'))).containsExactly("08P01");
    try (WireClient other = database.wire()) {
      other.parse("", "SELECT 1");
      other.send('B', new Payload().string("").string("").int16(0).int16(0x7fff).int16(0));
      other.sync();
      assertThat(Answers.errors(other.readUntil('E'))).containsExactly("08P01");
    }
  }

  @Test
  void startupThatNeverEnds() {
    List<WireClient> waiting = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      WireClient half = new WireClient(database.server().host(), database.server().port());
      half.sendRaw(
          new Payload().int32(200).int32(WireClient.PROTOCOL_3_0).string("user").toBytes());
      waiting.add(half);
    }
    assertThat(Answers.rows(client.query("SELECT 1"))).containsExactly("1");
    waiting.forEach(WireClient::close);
  }

  @Test
  void brokenStartups() {
    for (byte[] start :
        List.of(
            new Payload().int32(3).toBytes(),
            new Payload().int32(Integer.MAX_VALUE).int32(WireClient.PROTOCOL_3_0).toBytes(),
            new Payload().int32(100_000).int32(WireClient.PROTOCOL_3_0).toBytes(),
            new Payload()
                .int32(12)
                .int32(WireClient.PROTOCOL_3_0)
                .bytes(new byte[] {'u', 's', 'e', 'r'})
                .toBytes(),
            "GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.UTF_8))) {
      try (WireClient each = new WireClient(database.server().host(), database.server().port())) {
        each.sendRaw(start);
        assertThat(Answers.types(each.readUntilClosed())).isIn("", "E");
      }
    }
  }

  @Test
  void hugeStatement() {
    String text = "x".repeat(10_000_000);
    assertThat(Answers.rows(client.query("SELECT length('" + text + "')")))
        .containsExactly("10000000");
    String list = "1,".repeat(100_000) + "2";
    assertThat(Answers.rows(client.query("SELECT 2 IN (" + list + ")"))).containsExactly("t");
    assertThat(Answers.errors(client.query("SELECT " + text))).hasSize(1);
  }

  @Test
  void deepNesting() {
    String parentheses = "SELECT " + "(".repeat(10_000) + "1" + ")".repeat(10_000);
    assertThat(Answers.errors(client.query(parentheses))).isSubsetOf("54001", "42601");
    assertThat(Answers.errors(client.query("SELECT " + "NOT ".repeat(100_000) + "true")))
        .isSubsetOf("54001", "42601", "53200");
    assertThat(Answers.errors(client.query("SELECT " + "- ".repeat(100_000) + "1")))
        .isSubsetOf("54001", "42601", "53200");
    assertThat(
            Answers.errors(
                client.query(
                    "SELECT "
                        + "CASE WHEN true THEN ".repeat(20_000)
                        + "1"
                        + " END".repeat(20_000))))
        .isSubsetOf("54001", "42601", "53200");
    assertThat(Answers.errors(client.query("SELECT 1" + " + 1".repeat(50_000))))
        .isSubsetOf("54001");
    assertThat(
            Answers.errors(
                client.query(
                    "SELECT * FROM "
                        + "(SELECT * FROM ".repeat(5_000)
                        + "(SELECT 1) s"
                        + ") s".repeat(5_000))))
        .isSubsetOf("54001", "42601", "53200");
    assertThat(Answers.errors(client.query("SELECT '" + "[".repeat(100_000) + "'::json")))
        .containsAnyOf("54001", "22P02");
    assertThat(
            Answers.errors(
                client.query("SELECT '" + "[".repeat(100_000) + "]".repeat(100_000) + "'::jsonb")))
        .isSubsetOf("54001");
    assertThat(
            Answers.errors(
                client.query("SELECT 'x' ~ '" + "(".repeat(50_000) + ")".repeat(50_000) + "'")))
        .isSubsetOf("54001", "2201B", "22P02");
    assertThat(Answers.rows(client.query("SELECT 1"))).containsExactly("1");
  }

  @Test
  void zeroBytes() {
    client.parse("", "SELECT $1::text");
    client.send(
        'B',
        new Payload()
            .string("")
            .string("")
            .int16(0)
            .int16(1)
            .int32(3)
            .bytes(new byte[] {'a', 0, 'b'})
            .int16(0));
    client.execute("", 0);
    client.sync();
    assertThat(Answers.errors(client.readUntil('Z'))).containsExactly("22021");
    client.send('Q', new Payload().bytes("SELECT 'a\0b'\0".getBytes(StandardCharsets.UTF_8)));
    assertThat(Answers.errors(client.readUntil('E'))).hasSize(1);
  }

  @Test
  void invalidUtf8() {
    for (byte[] bad :
        List.of(
            new byte[] {(byte) 0xff},
            new byte[] {(byte) 0xc3},
            new byte[] {(byte) 0xc0, (byte) 0x80},
            new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
            new byte[] {(byte) 0xf5, (byte) 0x80, (byte) 0x80, (byte) 0x80})) {
      client.send(
          'Q',
          new Payload()
              .bytes("SELECT '".getBytes(StandardCharsets.UTF_8))
              .bytes(bad)
              .bytes("'\0".getBytes(StandardCharsets.UTF_8)));
      assertThat(Answers.errors(client.readUntil('Z'))).containsExactly("22021");
      client.parse("", "SELECT $1::text");
      client.send(
          'B',
          new Payload()
              .string("")
              .string("")
              .int16(0)
              .int16(1)
              .int32(bad.length)
              .bytes(bad)
              .int16(0));
      client.sync();
      assertThat(Answers.errors(client.readUntil('Z'))).containsExactly("22021");
    }
    client.query("CREATE TEMP TABLE c (v text)");
    client.sendQuery("COPY c FROM STDIN");
    client.readUntil('G');
    client.send('d', new Payload().bytes(new byte[] {'o', 'k', '\n', (byte) 0xff, '\n'}));
    client.send('c', new Payload());
    assertThat(Answers.errors(client.readUntil('Z'))).containsExactly("22021");
  }

  @Test
  void runawayWork() {
    client.query("SET statement_timeout = 500");
    assertThat(
            Answers.errors(
                client.query("SELECT 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' ~ '^(a+)+$'")))
        .isSubsetOf("57014", "2201B");
    assertThat(
            Answers.errors(
                client.query(
                    "SELECT count(*) FROM generate_series(1, 1000000) a, generate_series(1, 1000000) b")))
        .containsExactly("57014");
    assertThat(
            Answers.errors(
                client.query(
                    "WITH RECURSIVE r AS (SELECT 1 UNION ALL SELECT 1 FROM r) SELECT count(*) FROM r")))
        .containsExactly("57014");
    assertThat(
            Answers.errors(
                client.query("SELECT sum(a) FROM (SELECT generate_series(1, 1000000000) AS a) s")))
        .isSubsetOf("57014", "53200");
    assertThat(Answers.rows(client.query("SELECT 1"))).containsExactly("1");
  }

  @Test
  void randomBytesAfterStartup() {
    Random random = new Random(42);
    for (int i = 0; i < 100; i++) {
      try (WireClient each = database.wire()) {
        byte[] noise = new byte[1 + random.nextInt(200)];
        random.nextBytes(noise);
        each.sendRaw(noise);
        each.socket().shutdownOutput();
        each.readUntilClosed();
      } catch (IOException | UncheckedIOException e) {
        // The server may close first; it must only live on.
      }
    }
  }

  @Test
  void mutatedMessages() {
    Random random = new Random(7);
    byte[] session =
        concat(
            WireClient.frame(
                'P', new Payload().string("s").string("SELECT $1::int, $2::text").int16(0)),
            WireClient.frame(
                'B',
                new Payload()
                    .string("p")
                    .string("s")
                    .int16(0)
                    .int16(2)
                    .int32(1)
                    .bytes(new byte[] {'1'})
                    .int32(1)
                    .bytes(new byte[] {'x'})
                    .int16(0)),
            WireClient.frame('D', new Payload().int8('P').string("p")),
            WireClient.frame('E', new Payload().string("p").int32(0)),
            WireClient.frame('S', new Payload()),
            WireClient.frame('Q', new Payload().string("SELECT 1")));
    for (int i = 0; i < 300; i++) {
      try (WireClient each = database.wire()) {
        byte[] mutated = session.clone();
        int changes = 1 + random.nextInt(3);
        for (int c = 0; c < changes; c++) {
          mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
        }
        each.sendRaw(mutated);
        each.socket().shutdownOutput();
        for (String state : Answers.errors(each.readUntilClosed())) {
          assertThat(state).as("seed 7, session %d", i).doesNotStartWith("XX");
        }
      } catch (IOException | UncheckedIOException e) {
        // The server may close first; it must only live on.
      }
    }
  }

  private static byte[] concat(byte[]... parts) {
    Payload all = new Payload();
    for (byte[] part : parts) {
      all.bytes(part);
    }
    return all.toBytes();
  }
}
