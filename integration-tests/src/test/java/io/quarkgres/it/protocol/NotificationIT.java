package io.quarkgres.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.it.TestDatabase;
import io.quarkgres.it.wire.Message;
import io.quarkgres.it.wire.WireClient;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// LISTEN and NOTIFY: what comes to whom, when, and where among the other messages.
class NotificationIT {
  private static TestDatabase database;
  private WireClient listener;
  private WireClient sender;

  @BeforeAll
  static void create() {
    database = TestDatabase.create("notification");
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  @BeforeEach
  void connect() {
    listener = database.wire();
    sender = database.wire();
  }

  @AfterEach
  void disconnect() {
    listener.close();
    sender.close();
  }

  private static String shown(Message message) {
    assertThat(message.type()).isEqualTo('A');
    ByteBuffer body = ByteBuffer.wrap(message.body());
    assertThat(body.getInt()).isPositive();
    byte[] texts = new byte[body.remaining()];
    body.get(texts);
    String[] parts = new String(texts, StandardCharsets.UTF_8).split("\0", -1);
    return parts[0] + "=" + parts[1];
  }

  private static List<String> notifications(List<Message> messages) {
    return messages.stream().filter(m -> m.type() == 'A').map(NotificationIT::shown).toList();
  }

  @Test
  void idleConnectionIsToldAtOnce() {
    listener.query("LISTEN news");
    sender.query("NOTIFY news, 'one'");
    assertThat(shown(listener.readOrFail())).isEqualTo("news=one");
    sender.query("SELECT pg_notify('news', 'two')");
    assertThat(shown(listener.readOrFail())).isEqualTo("news=two");
  }

  @Test
  void ownNotificationsComeBeforeReadyForQuery() {
    assertThat(Answers.types(sender.query("LISTEN c; NOTIFY c"))).isEqualTo("CCAZ");
    sender.parse("", "SELECT pg_notify('c', 'x')");
    sender.bind("", "");
    sender.execute("", 0);
    sender.sync();
    assertThat(Answers.types(sender.readUntil('Z'))).isEqualTo("12DCAZ");
  }

  @Test
  void whatATransactionSaysComesAtItsEnd() {
    listener.query("LISTEN a; LISTEN b");
    sender.query("BEGIN; NOTIFY a, '1'; NOTIFY b, '2'; NOTIFY a, '1'; NOTIFY a, '3'");
    sender.query("SAVEPOINT s; NOTIFY a, 'undone'; ROLLBACK TO s; NOTIFY a, 'undone'");
    sender.query("ROLLBACK TO s; COMMIT");
    sender.query("BEGIN; NOTIFY a, 'never'; ROLLBACK");
    sender.query("NOTIFY a, 'end'");
    assertThat(shown(listener.readOrFail())).isEqualTo("a=1");
    assertThat(shown(listener.readOrFail())).isEqualTo("b=2");
    assertThat(shown(listener.readOrFail())).isEqualTo("a=3");
    assertThat(shown(listener.readOrFail())).isEqualTo("a=end");
  }

  @Test
  void aListenerInATransactionIsToldAfterIt() {
    listener.query("LISTEN a");
    listener.query("BEGIN");
    sender.query("NOTIFY a, 'x'");
    assertThat(Answers.types(listener.query("SELECT 1"))).isEqualTo("TDCZ");
    List<Message> end = listener.query("COMMIT");
    assertThat(Answers.types(end)).isEqualTo("CAZ");
    assertThat(notifications(end)).containsExactly("a=x");
  }

  @Test
  void listeningIsTransactional() {
    listener.query("BEGIN; LISTEN a; ROLLBACK");
    sender.query("NOTIFY a, 'lost'");
    listener.query("LISTEN a");
    listener.query("BEGIN; UNLISTEN a; ROLLBACK");
    sender.query("NOTIFY a, 'found'");
    assertThat(shown(listener.readOrFail())).isEqualTo("a=found");
    listener.query("UNLISTEN *");
    sender.query("NOTIFY a, 'gone'");
    assertThat(Answers.types(listener.query("SELECT 1"))).isEqualTo("TDCZ");
    assertThat(Answers.rows(listener.query("SELECT pg_listening_channels()"))).isEmpty();
  }

  @Test
  void databasesHaveChannelsOfTheirOwn() {
    listener.query("LISTEN a");
    try (TestDatabase other = TestDatabase.create("notification_other")) {
      other.run("NOTIFY a, 'elsewhere'");
    }
    sender.query("NOTIFY a, 'here'");
    assertThat(shown(listener.readOrFail())).isEqualTo("a=here");
  }

  @Test
  void aFailedStatementNotifiesNobody() {
    listener.query("LISTEN a");
    assertThat(Answers.errors(sender.query("NOTIFY a, 'x'; SELECT 1 / 0")))
        .containsExactly("22012");
    sender.query("NOTIFY a, 'y'");
    assertThat(shown(listener.readOrFail())).isEqualTo("a=y");
  }

  @Test
  void limits() {
    assertThat(Answers.errors(sender.query("SELECT pg_notify('', 'x')"))).containsExactly("22023");
    assertThat(Answers.errors(sender.query("SELECT pg_notify(repeat('c', 64), 'x')")))
        .containsExactly("22023");
    assertThat(Answers.errors(sender.query("SELECT pg_notify('c', repeat('x', 8000))")))
        .containsExactly("22023");
    assertThat(Answers.errors(sender.query("SELECT pg_notify('c', repeat('x', 7999))"))).isEmpty();
  }

  @Test
  void manySendersKeepCommitOrderForAllListeners() {
    listener.query("LISTEN a");
    try (WireClient second = database.wire()) {
      second.query("LISTEN a");
      for (int i = 0; i < 50; i++) {
        sender.sendQuery("NOTIFY a, 's" + i + "'");
        if (i % 5 == 0) {
          second.query("NOTIFY a, 't" + i + "'");
        }
      }
      sender.query("SELECT 1");
      List<String> first = new ArrayList<>();
      while (!first.contains("a=s49")) {
        first.add(shown(listener.readOrFail()));
      }
      assertThat(first.stream().filter(n -> n.startsWith("a=s"))).hasSize(50);
      assertThat(first.stream().filter(n -> n.startsWith("a=t")))
          .containsExactly(
              "a=t0", "a=t5", "a=t10", "a=t15", "a=t20", "a=t25", "a=t30", "a=t35", "a=t40",
              "a=t45");
    }
  }
}
