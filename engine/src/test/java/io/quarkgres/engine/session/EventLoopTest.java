package io.quarkgres.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkgres.spi.error.WouldWait;
import io.quarkgres.storage.memory.MemoryStorageProvider;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which statements of the simple protocol an event loop runs, and which it leaves to a worker. */
class EventLoopTest {
  private final LocalEngine engine =
      new LocalEngine(
          new MemoryStorageProvider().open(Map.of()), Clock.SYSTEM, Map.of("port", "5432"));
  private final ClientSession session = open();
  private final ClientSession other = open();

  private ClientSession open() {
    return (ClientSession) engine.open(Map.of("user", "postgres", "database", "postgres"));
  }

  @BeforeEach
  void makeTable() {
    onWorker(session, "CREATE TABLE t (id int PRIMARY KEY, n int)");
    onWorker(session, "INSERT INTO t SELECT g, 0 FROM generate_series(1, 2000) g");
    for (int i = 1; i <= 3; i++) {
      onWorker(session, "UPDATE t SET n = n + 1 WHERE id = " + i);
      onWorker(session, "SELECT n FROM t WHERE id = " + i);
    }
  }

  @AfterEach
  void close() {
    session.close();
    other.close();
    engine.close();
  }

  private static List<String> onWorker(ClientSession session, String sql) {
    FirstColumn rows = new FirstColumn();
    session.simpleQuery(sql, rows);
    return rows.found();
  }

  private static List<String> onEventLoop(ClientSession session, String sql) {
    session.onEventLoop(true);
    try {
      return onWorker(session, sql);
    } finally {
      session.onEventLoop(false);
    }
  }

  @Test
  void pointStatementsStay() {
    onEventLoop(session, "BEGIN");
    onEventLoop(session, "UPDATE t SET n = n + 7 WHERE id = 9");
    assertThat(onEventLoop(session, "SELECT n FROM t WHERE id = 9")).containsExactly("7");
    onEventLoop(session, "END;");
    assertThat(onEventLoop(other, "SELECT n FROM t WHERE id = 9")).containsExactly("7");
  }

  @Test
  void whatWouldWaitIsLeftWithoutEffect() {
    onEventLoop(other, "BEGIN");
    onEventLoop(other, "UPDATE t SET n = n + 1 WHERE id = 5");
    onEventLoop(session, "BEGIN");
    onEventLoop(session, "UPDATE t SET n = n + 2 WHERE id = 6");
    assertThatThrownBy(() -> onEventLoop(session, "UPDATE t SET n = n + 10 WHERE id = 5"))
        .isInstanceOf(WouldWait.class);
    onEventLoop(other, "COMMIT");
    onWorker(session, "UPDATE t SET n = n + 10 WHERE id = 5");
    assertThat(onEventLoop(session, "SELECT n FROM t WHERE id = 5")).containsExactly("11");
    onEventLoop(session, "COMMIT");
    assertThat(onEventLoop(other, "SELECT n FROM t WHERE id = 6")).containsExactly("2");
  }

  /** An error in such a block would undo too much for an event loop. */
  @Test
  void whatFollowsALongStatementInItsBlockIsLeft() {
    onEventLoop(session, "BEGIN");
    onWorker(session, "UPDATE t SET n = 3");
    assertThatThrownBy(() -> onEventLoop(session, "SELECT n FROM t WHERE id = 5"))
        .isInstanceOf(WouldWait.class);
    assertThat(onWorker(session, "SELECT n FROM t WHERE id = 5")).containsExactly("3");
    onWorker(session, "ROLLBACK");
    assertThat(onEventLoop(session, "SELECT n FROM t WHERE id = 5")).containsExactly("0");
  }

  @Test
  void fewRowsOfAnIndexStayAndManyAreLeft() {
    onWorker(session, "CREATE TABLE k (a int, b int)");
    onWorker(session, "CREATE INDEX ON k (a)");
    onWorker(session, "INSERT INTO k SELECT greatest(g, 0), g FROM generate_series(-4000, 4000) g");
    for (int i = 1; i <= 3; i++) {
      onWorker(session, "SELECT b FROM k WHERE a = " + i);
    }
    assertThat(onEventLoop(session, "SELECT b FROM k WHERE a = 7")).containsExactly("7");
    assertThatThrownBy(() -> onEventLoop(session, "SELECT b FROM k WHERE a = 0"))
        .isInstanceOf(WouldWait.class);
    assertThat(onWorker(session, "SELECT b FROM k WHERE a = 0")).hasSize(4001);
  }

  @Test
  void aPortalThatWasLeftBeginsAgain() {
    onWorker(session, "CREATE TABLE k (a int, b int)");
    onWorker(session, "CREATE INDEX ON k (a)");
    onWorker(session, "INSERT INTO k SELECT greatest(g, 0), g FROM generate_series(-4000, 4000) g");
    FirstColumn lost = new FirstColumn();
    session.parse("", "SELECT b FROM k WHERE a = $1", new int[0], lost);
    byte[][] zero = {"0".getBytes(StandardCharsets.UTF_8)};
    session.bind("", "", new short[0], zero, new short[0], lost);
    session.onEventLoop(true);
    assertThatThrownBy(() -> session.execute("", 0, lost)).isInstanceOf(WouldWait.class);
    session.onEventLoop(false);
    FirstColumn rows = new FirstColumn();
    session.execute("", 0, rows);
    session.sync(rows);
    assertThat(rows.found()).hasSize(4001).doesNotHaveDuplicates();
  }
}
