package io.quarkgres.it.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What one transaction sees and overwrites of another, in both isolation levels.
class IsolationIT extends SessionSuite {
  IsolationIT() {
    super(
        "isolation",
        "CREATE TABLE t (id int PRIMARY KEY, v int, active bool DEFAULT true)",
        "INSERT INTO t VALUES (1, 10), (2, 20), (3, 30)");
  }

  @Test
  void updateWorksOnTheNewestVersionAfterWaiting() {
    a.run("BEGIN");
    assertThat(a.run("UPDATE t SET v = v + 1 WHERE id = 1")).isEqualTo("UPDATE 1");
    b.startAndWait("UPDATE t SET v = v + 100 WHERE id = 1");
    a.run("COMMIT");
    assertThat(b.finish()).isEqualTo("UPDATE 1");
    assertThat(value(1)).isEqualTo("111");
  }

  @Test
  void conditionIsCheckedAgainAfterWaiting() {
    a.run("BEGIN");
    a.run("UPDATE t SET active = false WHERE id = 1");
    b.startAndWait("UPDATE t SET v = 0 WHERE active AND id < 3");
    a.run("COMMIT");
    assertThat(b.finish()).isEqualTo("UPDATE 1");
    assertThat(value(1)).isEqualTo("10");
    assertThat(value(2)).isEqualTo("0");
  }

  @Test
  void waitingForARollbackFindsTheOldVersion() {
    a.run("BEGIN");
    a.run("UPDATE t SET active = false, v = 99 WHERE id = 1");
    b.startAndWait("UPDATE t SET v = v + 1 WHERE active AND id = 1");
    a.run("ROLLBACK");
    assertThat(b.finish()).isEqualTo("UPDATE 1");
    assertThat(value(1)).isEqualTo("11");
  }

  @Test
  void deletedRowIsGoneAfterWaiting() {
    a.run("BEGIN");
    a.run("DELETE FROM t WHERE id = 1");
    b.startAndWait("UPDATE t SET v = 0 WHERE id = 1 RETURNING id");
    a.run("COMMIT");
    assertThat(b.finish()).isEqualTo("UPDATE 0");
    a.run("BEGIN");
    a.run("DELETE FROM t WHERE id = 2");
    b.startAndWait("DELETE FROM t WHERE id = 2");
    a.run("ROLLBACK");
    assertThat(b.finish()).isEqualTo("DELETE 1");
  }

  @Test
  void movedKeyIsNotFollowed() {
    a.run("BEGIN");
    a.run("UPDATE t SET id = 20 WHERE id = 2");
    b.startAndWait("DELETE FROM t WHERE id = 2");
    a.run("COMMIT");
    assertThat(b.finish()).isEqualTo("DELETE 0");
    assertThat(database.rows("SELECT id FROM t ORDER BY id")).containsExactly("1", "3", "20");
  }

  @Test
  void selectForUpdateReturnsTheNewestVersion() {
    a.run("BEGIN");
    a.run("UPDATE t SET v = 77 WHERE id = 1");
    assertThat(b.run("SELECT v FROM t WHERE id = 1")).isEqualTo("10");
    b.startAndWait("SELECT v FROM t WHERE id = 1 FOR UPDATE");
    a.run("COMMIT");
    assertThat(b.finish()).isEqualTo("77");
  }

  @Test
  void updateFromChecksAgainBelowTheJoin() {
    a.run("BEGIN");
    a.run("UPDATE t SET v = 1000 WHERE id = 1");
    b.startAndWait(
        "UPDATE t SET v = t.v + s.x FROM (VALUES (1, 5), (3, 6)) s(id, x) WHERE s.id = t.id AND t.v < 500");
    a.run("COMMIT");
    assertThat(b.finish()).isEqualTo("UPDATE 1");
    assertThat(value(1)).isEqualTo("1000");
    assertThat(value(3)).isEqualTo("36");
  }

  @Test
  void readersNeitherWaitNorSeeUncommitted() {
    a.run("BEGIN");
    a.run("UPDATE t SET v = v * 2");
    a.run("DELETE FROM t WHERE id = 2");
    a.run("INSERT INTO t VALUES (4, 40)");
    assertThat(b.run("SELECT sum(v), count(*) FROM t")).isEqualTo("60|3");
    assertThat(a.run("SELECT sum(v), count(*) FROM t")).isEqualTo("120|3");
    a.run("COMMIT");
    assertThat(b.run("SELECT sum(v), count(*) FROM t")).isEqualTo("120|3");
  }

  @Test
  void repeatableReadKeepsItsSnapshot() {
    a.run("BEGIN ISOLATION LEVEL REPEATABLE READ");
    assertThat(a.run("SELECT sum(v) FROM t")).isEqualTo("60");
    b.run("UPDATE t SET v = v + 1");
    b.run("INSERT INTO t VALUES (4, 40)");
    b.run("DELETE FROM t WHERE id = 1");
    assertThat(a.run("SELECT sum(v), count(*) FROM t")).isEqualTo("60|3");
    assertThat(a.run("SELECT v FROM t WHERE id = 1")).isEqualTo("10");
    assertThat(a.run("SELECT v FROM t WHERE id = 4")).isEqualTo("SELECT 0");
    a.run("COMMIT");
    assertThat(a.run("SELECT sum(v), count(*) FROM t")).isEqualTo("92|3");
  }

  @Test
  void repeatableReadRefusesToOverwrite() {
    for (String change :
        new String[] {
          "UPDATE t SET v = 0 WHERE id = 1",
          "DELETE FROM t WHERE id = 1",
          "SELECT v FROM t WHERE id = 1 FOR UPDATE"
        }) {
      a.run("BEGIN ISOLATION LEVEL REPEATABLE READ");
      a.run("SELECT 1 FROM t");
      b.run("UPDATE t SET v = v + 1 WHERE id = 1");
      assertThat(a.run(change)).as(change).isEqualTo("40001");
      assertThat(a.run("SELECT 1")).isEqualTo("25P02");
      a.run("ROLLBACK");
    }
    a.run("BEGIN ISOLATION LEVEL REPEATABLE READ");
    a.run("SELECT 1 FROM t");
    b.run("UPDATE t SET v = v + 1 WHERE id = 1");
    assertThat(a.run("UPDATE t SET v = 0 WHERE id = 2")).isEqualTo("UPDATE 1");
    assertThat(a.run("COMMIT")).isEqualTo("COMMIT");
  }

  @Test
  void repeatableReadWaitsAndThenFailsOrGoesOn() {
    a.run("BEGIN");
    a.run("UPDATE t SET v = 0 WHERE id = 1");
    b.run("BEGIN ISOLATION LEVEL REPEATABLE READ");
    b.startAndWait("UPDATE t SET v = v + 1 WHERE id = 1");
    a.run("COMMIT");
    assertThat(b.finish()).isEqualTo("40001");
    b.run("ROLLBACK");
    a.run("BEGIN");
    a.run("UPDATE t SET v = 500 WHERE id = 1");
    b.run("BEGIN ISOLATION LEVEL REPEATABLE READ");
    b.startAndWait("UPDATE t SET v = v + 1 WHERE id = 1");
    a.run("ROLLBACK");
    assertThat(b.finish()).isEqualTo("UPDATE 1");
    b.run("COMMIT");
    assertThat(value(1)).isEqualTo("1");
  }

  @Test
  void insertWaitsForAnUncommittedDuplicate() {
    a.run("BEGIN");
    a.run("INSERT INTO t VALUES (7, 70)");
    b.startAndWait("INSERT INTO t VALUES (7, 71)");
    a.run("COMMIT");
    assertThat(b.finish()).isEqualTo("23505");
    a.run("BEGIN");
    a.run("INSERT INTO t VALUES (8, 80)");
    b.startAndWait("INSERT INTO t VALUES (8, 81)");
    a.run("ROLLBACK");
    assertThat(b.finish()).isEqualTo("INSERT 0 1");
    assertThat(value(8)).isEqualTo("81");
  }

  @Test
  void insertWaitsForAnUncommittedDelete() {
    a.run("BEGIN");
    a.run("DELETE FROM t WHERE id = 1");
    b.startAndWait("INSERT INTO t VALUES (1, 11)");
    a.run("COMMIT");
    assertThat(b.finish()).isEqualTo("INSERT 0 1");
    a.run("BEGIN");
    a.run("DELETE FROM t WHERE id = 2");
    b.startAndWait("INSERT INTO t VALUES (2, 22)");
    a.run("ROLLBACK");
    assertThat(b.finish()).isEqualTo("23505");
  }

  @Test
  void onConflictWaitsAndThenDecides() {
    a.run("BEGIN");
    a.run("INSERT INTO t VALUES (9, 1)");
    b.startAndWait(
        "INSERT INTO t VALUES (9, 5) ON CONFLICT (id) DO UPDATE SET v = t.v + excluded.v");
    a.run("COMMIT");
    assertThat(b.finish()).isEqualTo("INSERT 0 1");
    assertThat(value(9)).isEqualTo("6");
    a.run("BEGIN");
    a.run("UPDATE t SET v = 100 WHERE id = 1");
    b.startAndWait(
        "INSERT INTO t VALUES (1, 5) ON CONFLICT (id) DO UPDATE SET v = t.v + excluded.v");
    a.run("COMMIT");
    assertThat(b.finish()).isEqualTo("INSERT 0 1");
    assertThat(value(1)).isEqualTo("105");
    a.run("BEGIN");
    a.run("INSERT INTO t VALUES (10, 1)");
    b.startAndWait("INSERT INTO t VALUES (10, 5) ON CONFLICT DO NOTHING");
    a.run("COMMIT");
    assertThat(b.finish()).isEqualTo("INSERT 0 0");
  }

  @Test
  void foreignKeysWaitForTheParent() {
    database.run("CREATE TABLE child (id int, t_id int REFERENCES t)");
    a.run("BEGIN");
    a.run("DELETE FROM t WHERE id = 1");
    b.startAndWait("INSERT INTO child VALUES (1, 1)");
    a.run("COMMIT");
    assertThat(b.finish()).isEqualTo("23503");
    a.run("BEGIN");
    a.run("INSERT INTO child VALUES (2, 2)");
    b.startAndWait("DELETE FROM t WHERE id = 2");
    a.run("COMMIT");
    assertThat(b.finish()).isEqualTo("23503");
    a.run("BEGIN");
    a.run("INSERT INTO child VALUES (3, 3)");
    assertThat(b.run("UPDATE t SET v = 33 WHERE id = 3")).isEqualTo("UPDATE 1");
    a.run("COMMIT");
  }

  @Test
  void aStatementDoesNotSeeItsOwnChanges() {
    assertThat(a.run("INSERT INTO t SELECT id + 10, v FROM t")).isEqualTo("INSERT 0 3");
    database.run("CREATE INDEX ON t (v)");
    assertThat(a.run("UPDATE t SET v = v + 5 WHERE v > 0")).isEqualTo("UPDATE 6");
    assertThat(a.run("SELECT sum(v) FROM t")).isEqualTo("150");
    assertThat(a.run("WITH d AS (DELETE FROM t RETURNING id) SELECT count(*) FROM t"))
        .isEqualTo("6");
  }

  @Test
  void cursorsKeepTheirSnapshot() {
    a.run("BEGIN");
    a.run("DECLARE c CURSOR FOR SELECT id, v FROM t ORDER BY id");
    assertThat(a.run("FETCH 1 FROM c")).isEqualTo("1|10");
    b.run("UPDATE t SET v = 0");
    a.run("INSERT INTO t VALUES (4, 40)");
    assertThat(a.run("SELECT sum(v) FROM t")).isEqualTo("40");
    assertThat(a.run("FETCH ALL FROM c")).isEqualTo("2|20 3|30");
    a.run("COMMIT");
  }

  @Test
  void savepointsGiveRowsBack() {
    a.run("BEGIN");
    a.run("SAVEPOINT s");
    a.run("UPDATE t SET v = 0 WHERE id = 1");
    a.run("INSERT INTO t VALUES (5, 50)");
    b.startAndWait("UPDATE t SET v = v + 1 WHERE id = 1");
    a.run("ROLLBACK TO s");
    assertThat(b.finish()).isEqualTo("UPDATE 1");
    assertThat(b.run("INSERT INTO t VALUES (5, 55)")).isEqualTo("INSERT 0 1");
    a.run("COMMIT");
    assertThat(value(1)).isEqualTo("11");
  }
}
