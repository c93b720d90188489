package io.quarkgres.engine.exec.modify;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.engine.bind.tree.Modification;
import io.quarkgres.engine.catalog.ConstraintEntry.Action;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.exec.TestDatabase;
import io.quarkgres.engine.plan.Plan;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many writers of the same rows: what they find after a wait, nothing lost and nothing twice. */
class ConcurrentModificationTest {
  private static final int THREADS = 6;
  private static final int ROUNDS = 150;

  private TestDatabase database;

  @BeforeEach
  void open() {
    database = new TestDatabase();
  }

  @AfterEach
  void close() {
    database.close();
  }

  /** Runs the same work in all threads; returns what each gave. */
  private static List<Integer> inAll(IntFunction<Callable<Integer>> work) throws Exception {
    List<Integer> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> futures = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        futures.add(threads.submit(work.apply(t)));
      }
      for (Future<Integer> future : futures) {
        results.add(future.get());
      }
    }
    return results;
  }

  private static int sum(List<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).sum();
  }

  @Test
  void noIncrementIsLost() throws Exception {
    database.table("t", "id int4 not null", "v int4");
    database.index("t_pkey", "t", true, "id");
    database.run("INSERT INTO t SELECT g, 0 FROM generate_series(1, 5) g");
    inAll(thread ->
        () -> {
          Random random = new Random(thread);
          for (int i = 0; i < ROUNDS; i++) {
            database.run("UPDATE t SET v = v + 1 WHERE id = " + (1 + random.nextInt(5)));
          }
          return 0;
        });
    assertThat(database.rows("SELECT sum(v) FROM t"))
        .containsExactly(List.of(Integer.toString(THREADS * ROUNDS)));
  }

  @Test
  void aStatementThatCannotBeRecheckedIsRunAgain() throws Exception {
    database.table("t", "id int4 not null", "v int4");
    database.run("INSERT INTO t VALUES (1, 0), (2, 0)");
    inAll(thread ->
        () -> {
          for (int i = 0; i < ROUNDS; i++) {
            // a row of values from a subquery cannot be judged row by row after a wait
            database.run("UPDATE t SET (v) = (SELECT t.v + 1) WHERE id = " + (1 + i % 2));
          }
          return 0;
        });
    assertThat(database.plan("UPDATE t SET (v) = (SELECT t.v + 1)").plan())
        .isInstanceOfSatisfying(
            Plan.Modify.class,
            plan ->
                assertThat(((Modification.Update) plan.modification()).isRecheckable()).isFalse());
    assertThat(database.rows("SELECT sum(v), max(v) - min(v) FROM t"))
        .containsExactly(List.of(Integer.toString(THREADS * ROUNDS), "0"));
  }

  @Test
  void upsertsCountEveryRow() throws Exception {
    database.table("t", "id int4 not null", "n int4 = 1");
    database.index("t_pkey", "t", true, "id");
    inAll(thread ->
        () -> {
          for (int i = 0; i < ROUNDS; i++) {
            database.run(
                "INSERT INTO t (id) VALUES ("
                    + i % 7
                    + ") ON CONFLICT (id) DO UPDATE SET n = t.n + 1");
          }
          return 0;
        });
    assertThat(database.rows("SELECT count(*), sum(n) FROM t"))
        .containsExactly(List.of("7", Integer.toString(THREADS * ROUNDS)));
  }

  @Test
  void aQueueGivesEachJobOnce() throws Exception {
    database.table("job", "id int4 not null");
    database.index("job_pkey", "job", true, "id");
    database.run("INSERT INTO job SELECT generate_series(1, 300)");
    List<Integer> taken =
        inAll(thread ->
            () -> {
              int count = 0;
              while (database
                      .run(
                          "DELETE FROM job WHERE id = (SELECT id FROM job ORDER BY id LIMIT 1"
                              + " FOR UPDATE SKIP LOCKED) RETURNING id")
                      .affected()
                  == 1) {
                count++;
              }
              return count;
            });
    assertThat(database.rows("SELECT count(*) FROM job")).containsExactly(List.of("0"));
    assertThat(sum(taken)).isEqualTo(300);
  }

  @Test
  void noChildOutlivesItsParent() throws Exception {
    database.table("p", "id int4 not null");
    IndexEntry key = database.index("p_pkey", "p", true, "id");
    database.table("c", "p int4");
    database.foreignKey("c_fk", "c", List.of("p"), key, Action.CASCADE, Action.CASCADE);
    inAll(thread ->
        () -> {
          Random random = new Random(thread);
          for (int i = 0; i < ROUNDS; i++) {
            int id = random.nextInt(4);
            String sql =
                switch (random.nextInt(3)) {
                  case 0 -> "INSERT INTO p VALUES (" + id + ") ON CONFLICT DO NOTHING";
                  case 1 -> "INSERT INTO c VALUES (" + id + ")";
                  default -> "DELETE FROM p WHERE id = " + id;
                };
            try {
              database.run(sql);
            } catch (SqlException e) {
              assertThat(e.state())
                  .as(e.getMessage())
                  .isIn(SqlState.FOREIGN_KEY_VIOLATION, SqlState.T_R_DEADLOCK_DETECTED);
            }
          }
          return 0;
        });
    assertThat(database.rows("SELECT count(*) FROM c WHERE p NOT IN (SELECT id FROM p)"))
        .containsExactly(List.of("0"));
  }
}
