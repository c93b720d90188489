package io.quarkgres.it.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.it.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Many sessions at once, with sums that must come out.
class ParallelLoadIT {
  private static final int SESSIONS = 8;
  private static TestDatabase database;

  @BeforeAll
  static void create() {
    database = TestDatabase.create("parallel_load");
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  private static <T> List<T> together(int count, IntFunction<Callable<T>> work) throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(count)) {
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        futures.add(pool.submit(work.apply(i)));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    }
  }

  @Test
  void countersLoseNothing() throws Exception {
    database.run(
        "CREATE TABLE counter (id int PRIMARY KEY, n int)",
        "INSERT INTO counter VALUES (1, 0), (2, 0)");
    together(
        SESSIONS,
        i ->
            () -> {
              try (Session session = new Session(database)) {
                for (int k = 0; k < 200; k++) {
                  assertThat(session.run("UPDATE counter SET n = n + 1 WHERE id = " + (1 + k % 2)))
                      .isEqualTo("UPDATE 1");
                }
              }
              return null;
            });
    assertThat(database.rows("SELECT n FROM counter ORDER BY id")).containsExactly("800", "800");
  }

  @Test
  void transfersKeepTheSum() throws Exception {
    database.run(
        "CREATE TABLE account (id int PRIMARY KEY, balance int)",
        "INSERT INTO account SELECT g, 100 FROM generate_series(1, 20) g");
    AtomicBoolean done = new AtomicBoolean();
    try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
      Future<Integer> auditor =
          pool.submit(() -> {
            int audits = 0;
            try (Session session = new Session(database)) {
              while (!done.get() || audits == 0) {
                assertThat(session.run("SELECT sum(balance), count(*) FROM account"))
                    .isEqualTo("2000|20");
                session.run("BEGIN ISOLATION LEVEL REPEATABLE READ");
                String first =
                    session.run("SELECT string_agg(balance::text, ',' ORDER BY id) FROM account");
                assertThat(
                        session.run(
                            "SELECT string_agg(balance::text, ',' ORDER BY id) FROM account"))
                    .isEqualTo(first);
                session.run("COMMIT");
                audits++;
              }
            }
            return audits;
          });
      try {
        together(SESSIONS, seed -> () -> transfer(seed, 100));
      } finally {
        done.set(true);
      }
      assertThat(auditor.get()).isPositive();
    }
    assertThat(database.rows("SELECT sum(balance) FROM account")).containsExactly("2000");
  }

  private static Void transfer(int seed, int count) {
    Random random = new Random(seed);
    try (Session session = new Session(database)) {
      for (int k = 0; k < count; k++) {
        int from = 1 + random.nextInt(20);
        int to = 1 + random.nextInt(20);
        session.run("BEGIN");
        String taken = session.run("UPDATE account SET balance = balance - 1 WHERE id = " + from);
        String given = session.run("UPDATE account SET balance = balance + 1 WHERE id = " + to);
        boolean deadlock = taken.equals("40P01") || given.equals("40P01");
        assertThat(deadlock || (taken + given).equals("UPDATE 1UPDATE 1"))
            .as("%s, %s", taken, given)
            .isTrue();
        session.run(deadlock || k % 10 == 9 ? "ROLLBACK" : "COMMIT");
      }
    }
    return null;
  }

  @Test
  void queueGivesEachJobToOneConsumer() throws Exception {
    database.run(
        "CREATE TABLE job (id int PRIMARY KEY, done bool DEFAULT false)",
        "INSERT INTO job SELECT g FROM generate_series(1, 300) g");
    ConcurrentLinkedQueue<String> taken = new ConcurrentLinkedQueue<>();
    together(
        4,
        i ->
            () -> {
              try (Session session = new Session(database)) {
                while (true) {
                  session.run("BEGIN");
                  String id =
                      session.run(
                          "SELECT id FROM job WHERE NOT done ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED");
                  if (id.equals("SELECT 0")) {
                    session.run("COMMIT");
                    return null;
                  }
                  assertThat(session.run("UPDATE job SET done = true WHERE id = " + id))
                      .isEqualTo("UPDATE 1");
                  assertThat(session.run("COMMIT")).isEqualTo("COMMIT");
                  taken.add(id);
                }
              }
            });
    assertThat(taken).hasSize(300).doesNotHaveDuplicates();
  }

  @Test
  void onlyOneOfManyInserts() throws Exception {
    database.run("CREATE TABLE once (k int PRIMARY KEY, who int)");
    List<Integer> wins =
        together(
            SESSIONS,
            i ->
                () -> {
                  int won = 0;
                  try (Session session = new Session(database)) {
                    for (int k = 0; k < 100; k++) {
                      String outcome =
                          session.run("INSERT INTO once VALUES (" + k + ", " + i + ")");
                      assertThat(outcome).isIn("INSERT 0 1", "23505");
                      won += outcome.equals("INSERT 0 1") ? 1 : 0;
                    }
                  }
                  return won;
                });
    assertThat(wins.stream().mapToInt(Integer::intValue).sum()).isEqualTo(100);
    assertThat(database.rows("SELECT count(*), count(DISTINCT k) FROM once"))
        .containsExactly("100|100");
  }

  @Test
  void upsertsCountEveryHit() throws Exception {
    database.run("CREATE TABLE hits (k int PRIMARY KEY, n int)");
    together(
        SESSIONS,
        i ->
            () -> {
              try (Session session = new Session(database)) {
                for (int k = 0; k < 100; k++) {
                  assertThat(
                          session.run(
                              "INSERT INTO hits VALUES ("
                                  + k % 5
                                  + ", 1) ON CONFLICT (k) DO UPDATE SET n = hits.n + 1"))
                      .isEqualTo("INSERT 0 1");
                }
              }
              return null;
            });
    assertThat(database.rows("SELECT sum(n), min(n), max(n) FROM hits"))
        .containsExactly("800|160|160");
  }

  @Test
  void sequencesGiveEveryNumberOnce() throws Exception {
    database.run("CREATE TABLE numbered (id serial PRIMARY KEY, who int)");
    together(
        SESSIONS,
        i ->
            () -> {
              try (Session session = new Session(database)) {
                for (int k = 0; k < 100; k++) {
                  assertThat(session.run("INSERT INTO numbered (who) VALUES (" + i + ")"))
                      .isEqualTo("INSERT 0 1");
                }
              }
              return null;
            });
    assertThat(database.rows("SELECT count(*), min(id), max(id) FROM numbered"))
        .containsExactly("800|1|800");
  }
}
