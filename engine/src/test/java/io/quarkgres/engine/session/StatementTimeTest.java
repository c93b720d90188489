package io.quarkgres.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.storage.memory.MemoryStorageProvider;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which moment `now()` and its like tell, and what `pg_stat_activity` says of it. */
class StatementTimeTest {
  private static final String TIMES =
      "SELECT date_part('second', now()) || ' ' || date_part('second', statement_timestamp())";

  private final HandClock clock = new HandClock();
  private final LocalEngine engine =
      new LocalEngine(new MemoryStorageProvider().open(Map.of()), clock, Map.of("port", "5432"));
  private final ClientSession session = open();
  private final ClientSession other = open();

  /** A clock that goes when it is told to. */
  private static final class HandClock implements Clock {
    private volatile long micros;

    @Override
    public long micros() {
      return micros;
    }

    @Override
    public RandomGenerator random() {
      return new SplittableRandom(1);
    }
  }

  private ClientSession open() {
    return (ClientSession) engine.open(Map.of("user", "postgres", "database", "postgres"));
  }

  @AfterEach
  void close() {
    session.close();
    other.close();
    engine.close();
  }

  private void atSecond(int second) {
    clock.micros = second * 1_000_000L;
  }

  private static List<String> query(ClientSession session, String sql) {
    FirstColumn rows = new FirstColumn();
    session.simpleQuery(sql, rows);
    return rows.found();
  }

  private List<String> runPrepared(boolean isEnd) {
    FirstColumn rows = new FirstColumn();
    session.bind("", "s", new short[0], new byte[0][], new short[0], rows);
    session.execute("", 0, rows);
    if (isEnd) {
      session.sync(rows);
    }
    return rows.found();
  }

  @Test
  void aPreparedStatementTellsWhenItIsRun() {
    atSecond(1);
    session.parse("s", TIMES, new int[0], new FirstColumn());
    session.sync(new FirstColumn());
    for (int second = 5; second < 12; second += 2) {
      atSecond(second);
      assertThat(runPrepared(true)).containsExactly(second + " " + second);
    }
  }

  @Test
  void aTransactionKeepsItsTime() {
    atSecond(1);
    session.parse("s", TIMES, new int[0], new FirstColumn());
    session.sync(new FirstColumn());
    atSecond(20);
    query(session, "BEGIN");
    atSecond(23);
    assertThat(runPrepared(true)).containsExactly("20 23");
    atSecond(26);
    assertThat(query(session, TIMES)).containsExactly("20 26");
    query(session, "COMMIT");
    atSecond(30);
    assertThat(runPrepared(true)).containsExactly("30 30");
  }

  @Test
  void othersSeeWhatASessionDoes() {
    String activity =
        "SELECT concat_ws('|', state, query, date_part('second', xact_start),"
            + " date_part('second', query_start), date_part('second', state_change))"
            + " FROM pg_stat_activity WHERE pid = "
            + session.processId();
    assertThat(query(other, activity)).containsExactly("idle||0");
    atSecond(3);
    query(session, "SELECT 1");
    assertThat(query(other, activity)).containsExactly("idle|SELECT 1|3|3");
    query(session, "BEGIN");
    atSecond(7);
    session.parse("s", "SELECT 2", new int[0], new FirstColumn());
    runPrepared(true);
    atSecond(9);
    assertThat(query(other, activity)).containsExactly("idle in transaction|SELECT 2|3|7|7");
    query(session, "ROLLBACK");
    runPrepared(false);
    assertThat(query(other, activity)).containsExactly("active|SELECT 2|9|9|9");
    session.sync(new FirstColumn());
    assertThat(query(other, activity)).containsExactly("idle|SELECT 2|9|9");
  }
}
