package io.quarkgres.engine.exec.modify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.quarkgres.engine.catalog.ConstraintEntry.Action;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.exec.TestDatabase;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.store.IsolationLevel;
import io.quarkgres.spi.store.Transaction;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** INSERT, UPDATE, DELETE, their constraints and foreign keys, over a real storage. */
class ModificationTest {
  private TestDatabase database;

  @BeforeEach
  void open() {
    database = new TestDatabase();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private SqlException failure(String sql) {
    return catchThrowableOfType(SqlException.class, () -> database.run(sql));
  }

  private void assertFailure(String sql, SqlState state, String message, String detail) {
    SqlException error = failure(sql);
    assertThat(error).as(sql).isNotNull();
    assertThat(error.getMessage()).isEqualTo(message);
    assertThat(error.state()).isEqualTo(state);
    assertThat(error.detail()).isEqualTo(detail);
  }

  private List<List<String>> all(String table) {
    return database.rows("SELECT * FROM " + table + " ORDER BY 1");
  }

  @Test
  void insertsDefaultsAndGeneratedColumns() {
    database.table("t", "id int4 not null", "v text = 'none'", "w int4 := id * 2");
    assertThat(database.run("INSERT INTO t (id) VALUES (1), (2) RETURNING id, v, w, id + w").rows())
        .containsExactly(List.of("1", "none", "2", "3"), List.of("2", "none", "4", "6"));
    assertThat(database.run("INSERT INTO t VALUES (3, DEFAULT), (4, 'x')").affected()).isEqualTo(2);
    assertThat(all("t"))
        .containsExactly(
            List.of("1", "none", "2"),
            List.of("2", "none", "4"),
            List.of("3", "none", "6"),
            List.of("4", "x", "8"));
  }

  @Test
  void aStatementDoesNotSeeItsOwnRows() {
    database.table("t", "id int4");
    database.run("INSERT INTO t SELECT generate_series(1, 1500)");
    assertThat(database.run("INSERT INTO t SELECT id + 1500 FROM t").affected()).isEqualTo(1500);
    assertThat(database.rows("SELECT count(*), max(id) FROM t"))
        .containsExactly(List.of("3000", "3000"));
    database.index("t_id", "t", false, "id");
    assertThat(database.run("UPDATE t SET id = id + 10 WHERE id > 5").affected()).isEqualTo(2995);
    assertThat(database.rows("SELECT count(*), max(id), min(id) FROM t WHERE id > 15"))
        .containsExactly(List.of("2995", "3010", "16"));
  }

  @Test
  void brokenConstraintsSayWhichRow() {
    database.table("t", "id int4 not null", "v text");
    database.index("t_pkey", "t", true, "id");
    database.check("t", "t_v_check", "v <> 'bad'");
    assertFailure(
        "INSERT INTO t VALUES (1, 'a'), (NULL, 'b')",
        SqlState.NOT_NULL_VIOLATION,
        "null value in column \"id\" of relation \"t\" violates not-null constraint",
        "Failing row contains (null, b).");
    assertFailure(
        "INSERT INTO t VALUES (1, 'bad')",
        SqlState.CHECK_VIOLATION,
        "new row for relation \"t\" violates check constraint \"t_v_check\"",
        "Failing row contains (1, bad).");
    assertFailure(
        "INSERT INTO t VALUES (1, 'a'), (1, 'b'), (NULL, 'c')",
        SqlState.UNIQUE_VIOLATION,
        "duplicate key value violates unique constraint \"t_pkey\"",
        "Key (id)=(1) already exists.");
    assertThat(all("t")).isEmpty();
    database.run("INSERT INTO t VALUES (1, NULL), (2, 'b')");
    assertFailure(
        "UPDATE t SET v = 'bad' WHERE id = 2",
        SqlState.CHECK_VIOLATION,
        "new row for relation \"t\" violates check constraint \"t_v_check\"",
        "Failing row contains (2, bad).");
    assertFailure(
        "UPDATE t SET id = 1 WHERE id = 2",
        SqlState.UNIQUE_VIOLATION,
        "duplicate key value violates unique constraint \"t_pkey\"",
        "Key (id)=(1) already exists.");
    assertThat(failure("INSERT INTO t VALUES (1, 'a')").object().constraint()).isEqualTo("t_pkey");
  }

  @Test
  void conflictsAreSkippedOrUpdated() {
    database.table("t", "id int4 not null", "v text", "n int4 = 0");
    database.index("t_pkey", "t", true, "id");
    database.run("INSERT INTO t VALUES (1, 'a'), (3, 'c')");
    assertThat(
            database
                .run("INSERT INTO t VALUES (1, 'x'), (2, 'y'), (2, 'z') ON CONFLICT DO NOTHING")
                .affected())
        .isEqualTo(1);
    TestDatabase.Result upsert =
        database.run(
            "INSERT INTO t VALUES (4, 'd'), (1, 'x'), (3, 'no'), (5, 'e')"
                + " ON CONFLICT (id) DO UPDATE SET v = t.v || excluded.v, n = t.n + 1"
                + " WHERE excluded.v <> 'no' RETURNING id, v");
    assertThat(upsert.rows())
        .containsExactly(List.of("4", "d"), List.of("1", "ax"), List.of("5", "e"));
    assertThat(upsert.affected()).isEqualTo(3);
    assertThat(all("t"))
        .containsExactly(
            List.of("1", "ax", "1"),
            List.of("2", "y", "0"),
            List.of("3", "c", "0"),
            List.of("4", "d", "0"),
            List.of("5", "e", "0"));
    SqlException twice =
        failure("INSERT INTO t VALUES (9, 'p'), (9, 'q') ON CONFLICT (id) DO UPDATE SET n = 1");
    assertThat(twice.state()).isEqualTo(SqlState.CARDINALITY_VIOLATION);
    assertThat(twice.getMessage())
        .isEqualTo("ON CONFLICT DO UPDATE command cannot affect row a second time");
  }

  @Test
  void updatesAndDeletesJoin() {
    database.table("t", "id int4", "v int4");
    database.table("u", "id int4", "w int4");
    database.run("INSERT INTO t SELECT g, g FROM generate_series(1, 10) g");
    database.run("INSERT INTO u VALUES (2, 100), (2, 200), (5, 500)");
    TestDatabase.Result update =
        database.run("UPDATE t SET v = w FROM u WHERE t.id = u.id RETURNING t.id, v, w");
    assertThat(update.affected()).isEqualTo(2);
    assertThat(update.rows()).hasSize(2);
    assertThat(update.rows()).allMatch(row -> row.get(1).equals(row.get(2)));
    TestDatabase.Result delete =
        database.run("DELETE FROM t USING u WHERE t.id = u.id RETURNING t.id, w");
    assertThat(delete.affected()).isEqualTo(2);
    assertThat(database.rows("SELECT count(*), sum(v) FROM t")).containsExactly(List.of("8", "48"));
  }

  @Test
  void modifyingExpressionsSeeOneSnapshot() {
    database.table("t", "id int4");
    database.run("INSERT INTO t VALUES (1), (2)");
    assertThat(
            database.rows(
                "WITH gone AS (DELETE FROM t RETURNING id),"
                    + " more AS (INSERT INTO t VALUES (7))"
                    + " SELECT (SELECT count(*) FROM gone), (SELECT count(*) FROM t)"))
        .containsExactly(List.of("2", "2"));
    assertThat(all("t")).containsExactly(List.of("7"));
  }

  @Test
  void foreignKeysAreChecked() {
    database.table("p", "id int4 not null", "v text");
    IndexEntry key = database.index("p_pkey", "p", true, "id");
    database.table("c", "id int4", "p int8");
    database.foreignKey("c_fk", "c", List.of("p"), key, Action.NO_ACTION, Action.NO_ACTION);
    database.run("INSERT INTO p VALUES (1), (2)");
    database.run("INSERT INTO c VALUES (10, 1), (11, NULL), (12, 1)");
    assertFailure(
        "INSERT INTO c VALUES (13, 3)",
        SqlState.FOREIGN_KEY_VIOLATION,
        "insert or update on table \"c\" violates foreign key constraint \"c_fk\"",
        "Key (p)=(3) is not present in table \"p\".");
    assertFailure(
        "UPDATE c SET p = 9000000000 WHERE id = 10",
        SqlState.FOREIGN_KEY_VIOLATION,
        "insert or update on table \"c\" violates foreign key constraint \"c_fk\"",
        "Key (p)=(9000000000) is not present in table \"p\".");
    assertFailure(
        "DELETE FROM p",
        SqlState.FOREIGN_KEY_VIOLATION,
        "update or delete on table \"p\" violates foreign key constraint \"c_fk\" on table \"c\"",
        "Key (id)=(1) is still referenced from table \"c\".");
    assertFailure(
        "UPDATE p SET id = 5 WHERE id = 1",
        SqlState.FOREIGN_KEY_VIOLATION,
        "update or delete on table \"p\" violates foreign key constraint \"c_fk\" on table \"c\"",
        "Key (id)=(1) is still referenced from table \"c\".");
    assertThat(database.run("DELETE FROM p WHERE id = 2").affected()).isEqualTo(1);
    assertThat(database.run("UPDATE p SET v = 'x', id = id").affected()).isEqualTo(1);
    // another row takes the key within the statement
    database.run("INSERT INTO p VALUES (6)");
    assertThat(database.run("UPDATE p SET id = CASE id WHEN 6 THEN 7 ELSE 1 END").affected())
        .isEqualTo(2);
  }

  @Test
  void referentialActionsCascade() {
    for (boolean hasIndex : new boolean[] {false, true}) {
      String s = hasIndex ? "i" : "n";
      database.table("p" + s, "id int4 not null");
      IndexEntry key = database.index("p_pkey" + s, "p" + s, true, "id");
      database.table("c" + s, "id int4 not null", "p int4");
      IndexEntry childKey = database.index("c_pkey" + s, "c" + s, true, "id");
      database.table("g" + s, "c int4 = 99", "n int4");
      if (hasIndex) {
        database.index("c_p" + s, "c" + s, false, "p");
      }
      database.foreignKey("fk1" + s, "c" + s, List.of("p"), key, Action.CASCADE, Action.CASCADE);
      database.foreignKey(
          "fk2" + s, "g" + s, List.of("c"), childKey, Action.CASCADE, Action.SET_NULL);
      database.run("INSERT INTO p" + s + " VALUES (1), (2)");
      database.run("INSERT INTO c" + s + " VALUES (10, 1), (11, 1), (12, 2)");
      database.run("INSERT INTO g" + s + " VALUES (10, 1), (12, 2), (11, 3)");
      database.run("UPDATE p" + s + " SET id = id + 100");
      assertThat(all("c" + s))
          .containsExactly(List.of("10", "101"), List.of("11", "101"), List.of("12", "102"));
      assertThat(database.run("DELETE FROM p" + s + " WHERE id = 101").affected()).isEqualTo(1);
      assertThat(all("c" + s)).containsExactly(List.of("12", "102"));
      assertThat(database.rows("SELECT * FROM g" + s + " ORDER BY n"))
          .containsExactly(Arrays.asList(null, "1"), List.of("12", "2"), Arrays.asList(null, "3"));
    }
  }

  @Test
  void aTreeIsDeletedWithItsRoot() {
    database.table("n", "id int4 not null", "parent int4");
    IndexEntry key = database.index("n_pkey", "n", true, "id");
    database.foreignKey("fk", "n", List.of("parent"), key, Action.CASCADE, Action.CASCADE);
    database.run(
        "INSERT INTO n SELECT g, CASE WHEN g > 1 THEN g / 2 END FROM generate_series(1, 3000) g");
    assertThat(database.run("DELETE FROM n WHERE id = 2").affected()).isEqualTo(1);
    assertThat(database.rows("SELECT count(*) FROM n WHERE id IN (2, 4, 5, 8)"))
        .containsExactly(List.of("0"));
    assertThat(database.rows("SELECT count(*) > 0 FROM n WHERE id IN (3, 6, 7)"))
        .containsExactly(List.of("t"));
  }

  @Test
  void readCommittedGoesOnWithTheNewestVersion() throws Exception {
    database.table("t", "id int4", "v int4");
    database.run("INSERT INTO t VALUES (1, 10), (2, 20)");
    Transaction first = database.begin(IsolationLevel.READ_COMMITTED);
    database.run(first, "UPDATE t SET v = v + 1");
    Transaction second = database.begin(IsolationLevel.READ_COMMITTED);
    TestDatabase.Result[] result = new TestDatabase.Result[1];
    Thread waiting =
        Thread.startVirtualThread(
            () -> result[0] = database.run(second, "UPDATE t SET v = v * 2 WHERE v <> 21"));
    while (waiting.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    first.commit();
    waiting.join();
    second.commit();
    assertThat(result[0].affected()).isEqualTo(1);
    assertThat(all("t")).containsExactly(List.of("1", "22"), List.of("2", "21"));
  }

  @Test
  void repeatableReadRefusesToOverwrite() {
    database.table("t", "id int4", "v int4");
    database.run("INSERT INTO t VALUES (1, 10)");
    Transaction old = database.begin(IsolationLevel.REPEATABLE_READ);
    database.run(old, "SELECT * FROM t");
    database.run("UPDATE t SET v = 11");
    SqlException error =
        catchThrowableOfType(SqlException.class, () -> database.run(old, "UPDATE t SET v = v + 1"));
    old.rollback();
    assertThat(error.state()).isEqualTo(SqlState.T_R_SERIALIZATION_FAILURE);
    assertThat(error.getMessage()).isEqualTo("could not serialize access due to concurrent update");
  }

  @Test
  void lockedRowsAreSkippedOrRefused() {
    database.table("t", "id int4");
    database.run("INSERT INTO t VALUES (1), (2), (3)");
    Transaction holder = database.begin(IsolationLevel.READ_COMMITTED);
    assertThat(database.run(holder, "SELECT id FROM t WHERE id = 2 FOR UPDATE").rows())
        .containsExactly(List.of("2"));
    assertThat(database.rows("SELECT id FROM t ORDER BY id FOR UPDATE SKIP LOCKED"))
        .containsExactly(List.of("1"), List.of("3"));
    SqlException error = failure("SELECT id FROM t FOR UPDATE NOWAIT");
    assertThat(error.state()).isEqualTo(SqlState.LOCK_NOT_AVAILABLE);
    assertThat(error.getMessage()).isEqualTo("could not obtain lock on row in relation \"t\"");
    holder.rollback();
  }

  @Test
  void aLimitLocksOnlyTheRowsItYields() {
    database.table("t", "id int4", "v int4");
    database.run("INSERT INTO t VALUES (1, 1), (2, 2), (3, 3)");
    String next = "SELECT id FROM t ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED";
    Transaction one = database.begin(IsolationLevel.READ_COMMITTED);
    Transaction two = database.begin(IsolationLevel.READ_COMMITTED);
    assertThat(database.run(one, next).rows()).containsExactly(List.of("1"));
    assertThat(database.run(two, next).rows()).containsExactly(List.of("2"));
    assertThat(database.run("UPDATE t SET v = 9 WHERE id = (" + next + ") RETURNING id, v").rows())
        .containsExactly(List.of("3", "9"));
    one.rollback();
    two.rollback();
  }

  @Test
  void aLimitComputesOnlyTheRowsItYields() {
    database.table("t", "id int4");
    database.run("INSERT INTO t VALUES (3), (0)");
    assertThat(database.rows("SELECT 6 / id FROM t LIMIT 1")).containsExactly(List.of("2"));
    assertThat(failure("SELECT 6 / id FROM t LIMIT 2").state())
        .isEqualTo(SqlState.DIVISION_BY_ZERO);
  }
}
