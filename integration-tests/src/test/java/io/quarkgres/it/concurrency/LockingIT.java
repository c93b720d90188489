package io.quarkgres.it.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Row and table locks, deadlocks, and sessions that end while others wait for them.
class LockingIT extends SessionSuite {
  LockingIT() {
    super(
        "locking",
        "CREATE TABLE t (id int PRIMARY KEY, v int)",
        "INSERT INTO t SELECT g, g * 10 FROM generate_series(1, 5) g");
  }

  @Test
  void deadlockEndsOneOfTwo() {
    a.run("BEGIN");
    b.run("BEGIN");
    a.run("UPDATE t SET v = 1 WHERE id = 1");
    b.run("UPDATE t SET v = 2 WHERE id = 2");
    a.startAndWait("UPDATE t SET v = 1 WHERE id = 2");
    b.start("UPDATE t SET v = 2 WHERE id = 1");
    // Whichever is chosen fails at once, and that lets the other one go on.
    List<String> outcomes = List.of(a.finish(), b.finish());
    assertThat(outcomes).containsExactlyInAnyOrder("40P01", "UPDATE 1");
    a.run("COMMIT");
    b.run("COMMIT");
    List<String> rows = database.rows("SELECT v FROM t WHERE id < 3 ORDER BY id");
    assertThat(rows).isIn(List.of("1", "1"), List.of("2", "2"));
  }

  @Test
  void deadlockOfThree() {
    for (Session session : List.of(a, b, c)) {
      session.run("BEGIN");
    }
    a.run("SELECT 1 FROM t WHERE id = 1 FOR UPDATE");
    b.run("SELECT 1 FROM t WHERE id = 2 FOR UPDATE");
    c.run("SELECT 1 FROM t WHERE id = 3 FOR UPDATE");
    a.startAndWait("UPDATE t SET v = 0 WHERE id = 2");
    b.startAndWait("UPDATE t SET v = 0 WHERE id = 3");
    c.start("UPDATE t SET v = 0 WHERE id = 1");
    int failed = 0;
    List<Session> waiting = new ArrayList<>(List.of(a, b, c));
    while (!waiting.isEmpty()) {
      for (Session session : List.copyOf(waiting)) {
        if (session.hasAnswered()) {
          failed += session.finish().equals("40P01") ? 1 : 0;
          session.run("COMMIT");
          waiting.remove(session);
        }
      }
      Thread.onSpinWait();
    }
    assertThat(failed).isEqualTo(1);
  }

  @Test
  void skipLockedAndNowait() {
    a.run("BEGIN");
    assertThat(a.run("SELECT id FROM t WHERE id IN (1, 3) ORDER BY id FOR UPDATE"))
        .isEqualTo("1 3");
    assertThat(b.run("SELECT id FROM t ORDER BY id FOR UPDATE SKIP LOCKED")).isEqualTo("2 4 5");
    assertThat(b.run("SELECT id FROM t ORDER BY id LIMIT 2 FOR UPDATE SKIP LOCKED"))
        .isEqualTo("2 4");
    assertThat(b.run("SELECT id FROM t WHERE id = 1 FOR UPDATE NOWAIT")).isEqualTo("55P03");
    assertThat(b.run("SELECT id FROM t WHERE id = 2 FOR UPDATE NOWAIT")).isEqualTo("2");
    assertThat(b.run("SELECT id FROM t WHERE id = 1 FOR SHARE NOWAIT")).isEqualTo("55P03");
    assertThat(b.run("SELECT id FROM t WHERE id = 1")).isEqualTo("1");
    a.run("COMMIT");
    assertThat(b.run("SELECT count(*) FROM (SELECT id FROM t FOR UPDATE NOWAIT) s")).isEqualTo("5");
  }

  @Test
  void sharedLocksShare() {
    a.run("BEGIN");
    b.run("BEGIN");
    assertThat(a.run("SELECT id FROM t WHERE id = 1 FOR SHARE")).isEqualTo("1");
    assertThat(b.run("SELECT id FROM t WHERE id = 1 FOR SHARE")).isEqualTo("1");
    c.startAndWait("UPDATE t SET v = 0 WHERE id = 1");
    a.run("COMMIT");
    b.run("COMMIT");
    assertThat(c.finish()).isEqualTo("UPDATE 1");
    a.run("BEGIN");
    a.run("SELECT id FROM t WHERE id = 2 FOR KEY SHARE");
    assertThat(b.run("UPDATE t SET v = 5 WHERE id = 2")).isEqualTo("UPDATE 1");
    b.startAndWait("DELETE FROM t WHERE id = 2");
    a.run("COMMIT");
    assertThat(b.finish()).isEqualTo("DELETE 1");
  }

  @Test
  void waitersGoOnOneAfterTheOther() {
    a.run("BEGIN");
    a.run("UPDATE t SET v = 0 WHERE id = 1");
    b.startAndWait("UPDATE t SET v = v + 1 WHERE id = 1");
    c.startAndWait("UPDATE t SET v = v + 1 WHERE id = 1");
    a.run("COMMIT");
    assertThat(b.finish()).isEqualTo("UPDATE 1");
    assertThat(c.finish()).isEqualTo("UPDATE 1");
    assertThat(value(1)).isEqualTo("2");
  }

  @Test
  void disconnectingReleasesLocks() {
    a.run("BEGIN");
    a.run("UPDATE t SET v = 0 WHERE id = 1");
    b.startAndWait("UPDATE t SET v = v + 1 WHERE id = 1");
    a.close();
    assertThat(b.finish()).isEqualTo("UPDATE 1");
    assertThat(value(1)).isEqualTo("11");
  }

  @Test
  void timeoutsEndAWait() {
    a.run("BEGIN");
    a.run("UPDATE t SET v = 0 WHERE id = 1");
    a.run("INSERT INTO t VALUES (8, 8)");
    a.run("SELECT pg_advisory_lock(9)");
    List<String> waits =
        List.of(
            "UPDATE t SET v = 1 WHERE id = 1",
            "SELECT id FROM t WHERE id = 1 FOR UPDATE",
            "INSERT INTO t VALUES (8, 9)",
            "LOCK TABLE t IN EXCLUSIVE MODE",
            "ALTER TABLE t ADD COLUMN w int",
            "SELECT pg_advisory_lock(9)",
            "SELECT pg_advisory_xact_lock(9)");
    for (String wait : waits) {
      b.run("SET statement_timeout = 50");
      b.run("BEGIN");
      assertThat(b.run(wait)).as(wait).isEqualTo("57014");
      b.run("ROLLBACK");
      b.run("SET statement_timeout = 0");
      b.run("SET lock_timeout = 50");
      b.run("BEGIN");
      assertThat(b.run(wait)).as(wait).isEqualTo("55P03");
      b.run("ROLLBACK");
      b.run("SET lock_timeout = 0");
    }
    a.run("COMMIT");
    assertThat(a.run("SELECT pg_advisory_unlock(9)")).isEqualTo("t");
    assertThat(b.run(waits.get(0))).isEqualTo("UPDATE 1");
    assertThat(b.run(waits.get(1))).isEqualTo("1");
    assertThat(b.run(waits.get(2))).isEqualTo("23505");
    assertThat(b.run("SELECT pg_try_advisory_lock(9)")).isEqualTo("t");
  }

  @Test
  void aLockTimeoutIsForEachWaitAndEachStatement() {
    a.run("BEGIN");
    a.run("SELECT id FROM t WHERE id = 1 FOR UPDATE");
    assertThat(b.run("SET lock_timeout = 50; UPDATE t SET v = 1 WHERE id = 1")).isEqualTo("55P03");
    assertThat(b.run("SHOW lock_timeout")).isEqualTo("0");
    b.run("BEGIN");
    b.run("SET LOCAL lock_timeout = 50");
    assertThat(b.run("UPDATE t SET v = 1 WHERE id = 1")).isEqualTo("55P03");
    b.run("ROLLBACK");
    b.startAndWait("UPDATE t SET v = 1 WHERE id = 1");
    a.run("COMMIT");
    assertThat(b.finish()).isEqualTo("UPDATE 1");
  }

  @Test
  void cancelEndsAWait() {
    String pid = b.run("SELECT pg_backend_pid()");
    a.run("BEGIN");
    a.run("UPDATE t SET v = 0 WHERE id = 1");
    a.run("SELECT pg_advisory_lock(9)");
    for (String wait :
        List.of("UPDATE t SET v = 1 WHERE id = 1", "SELECT pg_advisory_lock(9)", "DROP TABLE t")) {
      b.startAndWait(wait);
      assertThat(c.run("SELECT pg_cancel_backend(" + pid + ")")).isEqualTo("t");
      assertThat(b.finish()).as(wait).isEqualTo("57014");
    }
    assertThat(b.run("SELECT 1")).isEqualTo("1");
  }

  @Test
  void aFailedBlockHoldsNoLocks() {
    a.run("BEGIN");
    a.run("UPDATE t SET v = 0 WHERE id = 1");
    a.run("SAVEPOINT s");
    a.run("UPDATE t SET v = 0 WHERE id = 2");
    assertThat(a.run("SELECT 1 / 0")).isEqualTo("22012");
    assertThat(b.run("UPDATE t SET v = 5 WHERE id = 2")).isEqualTo("UPDATE 1");
    b.startAndWait("UPDATE t SET v = v + 1 WHERE id = 1");
    a.run("ROLLBACK TO s");
    assertThat(a.run("SELECT 1 / 0")).isEqualTo("22012");
    a.run("ROLLBACK TO s");
    a.run("RELEASE s");
    assertThat(a.run("SELECT 1 / 0")).isEqualTo("22012");
    assertThat(b.finish()).isEqualTo("UPDATE 1");
    assertThat(database.rows("SELECT v FROM t WHERE id < 3 ORDER BY id"))
        .containsExactly("11", "5");
    assertThat(a.run("COMMIT")).isEqualTo("ROLLBACK");
  }

  @Test
  void idleSessionsEnd() {
    a.run("BEGIN");
    a.run("UPDATE t SET v = 0 WHERE id = 1");
    b.startAndWait("UPDATE t SET v = v + 1 WHERE id = 1");
    a.run("SET idle_in_transaction_session_timeout = 50");
    assertThat(a.ending()).isEqualTo("25P03");
    assertThat(b.finish()).isEqualTo("UPDATE 1");
    b.run("SET idle_in_transaction_session_timeout = 50");
    assertThat(b.run("BEGIN; SELECT pg_sleep(0.2); SELECT 1; COMMIT")).isEqualTo("1");
    b.run("SET idle_session_timeout = 50");
    assertThat(b.ending()).isEqualTo("57P05");
    String pid = c.run("SELECT pg_backend_pid()");
    assertThat(database.rows("SELECT pg_terminate_backend(" + pid + ")")).containsExactly("t");
    assertThat(c.ending()).isEqualTo("57P01");
  }

  @Test
  void ddlWaitsForReadersAndReadersForDdl() {
    a.run("BEGIN");
    a.run("SELECT * FROM t");
    b.startAndWait("ALTER TABLE t ADD COLUMN w int DEFAULT 7");
    a.run("COMMIT");
    assertThat(b.finish()).isEqualTo("ALTER TABLE");
    a.run("BEGIN");
    a.run("ALTER TABLE t ADD COLUMN x int");
    b.startAndWait("SELECT sum(w) FROM t");
    a.run("ROLLBACK");
    assertThat(b.finish()).isEqualTo("35");
    a.run("BEGIN");
    a.run("LOCK TABLE t IN ACCESS EXCLUSIVE MODE");
    b.startAndWait("DROP TABLE t");
    a.run("COMMIT");
    assertThat(b.finish()).isEqualTo("DROP TABLE");
    assertThat(a.run("SELECT 1 FROM t")).isEqualTo("42P01");
  }

  @Test
  void uncommittedDdlIsInvisible() {
    a.run("BEGIN");
    a.run("CREATE TABLE fresh (a int)");
    assertThat(b.run("SELECT 1 FROM fresh")).isEqualTo("42P01");
    assertThat(b.run("SELECT count(*) FROM pg_class WHERE relname = 'fresh'")).isEqualTo("0");
    a.run("ROLLBACK");
    assertThat(a.run("SELECT 1 FROM fresh")).isEqualTo("42P01");
  }

  @Test
  void advisoryLocks() {
    assertThat(a.run("SELECT pg_try_advisory_lock(7)")).isEqualTo("t");
    assertThat(b.run("SELECT pg_try_advisory_lock(7)")).isEqualTo("f");
    b.startAndWait("SELECT pg_advisory_lock(7)");
    assertThat(a.run("SELECT pg_advisory_unlock(7)")).isEqualTo("t");
    b.finish();
    a.run("BEGIN");
    assertThat(a.run("SELECT pg_try_advisory_xact_lock(8)")).isEqualTo("t");
    assertThat(b.run("SELECT pg_try_advisory_xact_lock(8)")).isEqualTo("f");
    a.run("COMMIT");
    assertThat(b.run("SELECT pg_try_advisory_xact_lock(8)")).isEqualTo("t");
  }
}
