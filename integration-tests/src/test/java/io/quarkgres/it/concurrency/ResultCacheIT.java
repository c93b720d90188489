package io.quarkgres.it.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.it.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A query asked again may be answered from memory, but never with what is not so any more, nor
/// with what is so for somebody else. Each query is asked three times before it counts, because
/// rows are kept when it comes for the second time.
class ResultCacheIT {
  private static final int WRITERS = 4;
  private static final int WRITES = 300;
  private static TestDatabase database;

  @BeforeAll
  static void create() {
    database = TestDatabase.create("result_cache");
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  private static String again(Session session, String sql) {
    String first = session.run(sql);
    assertThat(session.run(sql)).isEqualTo(first);
    assertThat(session.run(sql)).isEqualTo(first);
    return first;
  }

  @Test
  void everyWriterSeesItsCommitAndEveryReaderTheSum() throws Exception {
    database.run(
        "CREATE TABLE purse (id int PRIMARY KEY, n int)",
        "INSERT INTO purse SELECT g, 100 FROM generate_series(0, 7) g");
    AtomicBoolean done = new AtomicBoolean();
    try (ExecutorService pool = Executors.newFixedThreadPool(WRITERS + 2)) {
      List<Future<Integer>> readers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        readers.add(pool.submit(() -> audit(done)));
      }
      List<Future<Void>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        writers.add(pool.submit(write(i)));
      }
      try {
        for (Future<Void> writer : writers) {
          writer.get();
        }
      } finally {
        done.set(true);
      }
      for (Future<Integer> reader : readers) {
        assertThat(reader.get()).isPositive();
      }
    }
  }

  private static int audit(AtomicBoolean done) {
    int audits = 0;
    try (Session session = new Session(database)) {
      session.run("PREPARE audit AS SELECT sum(n), count(*) FROM purse WHERE id >= $1");
      while (!done.get() || audits == 0) {
        assertThat(session.run("SELECT sum(n), count(*) FROM purse")).isEqualTo("800|8");
        assertThat(session.run("EXECUTE audit(0)")).isEqualTo("800|8");
        audits++;
      }
    }
    return audits;
  }

  /// Moves one unit to and fro between two rows that nobody else changes.
  private static Callable<Void> write(int number) {
    int mine = 2 * number;
    String moved = "UPDATE purse SET n = n + CASE id WHEN " + mine + " THEN %s ELSE -(%s) END";
    String where = " WHERE id IN (" + mine + ", " + (mine + 1) + ")";
    String read = "SELECT n, id FROM purse" + where + " ORDER BY id";
    return () -> {
      try (Session session = new Session(database)) {
        int balance = 100;
        for (int k = 0; k < WRITES; k++) {
          int change = k % 3 - 1;
          session.run("BEGIN");
          session.run(String.format(moved, change, change) + where);
          String inside = (balance + change) + "|" + mine + " " + (200 - balance - change);
          assertThat(session.run(read)).startsWith(inside);
          boolean rollsBack = k % 5 == 4;
          session.run(rollsBack ? "ROLLBACK" : "COMMIT");
          balance += rollsBack ? 0 : change;
          String expected = balance + "|" + mine + " " + (200 - balance) + "|" + (mine + 1);
          assertThat(session.run(read)).isEqualTo(expected);
          assertThat(session.run(read)).isEqualTo(expected);
        }
      }
      return null;
    };
  }

  @Test
  void othersChangesAreSeenAtOnce() {
    database.run("CREATE TABLE list (id int PRIMARY KEY, t text)");
    try (Session reader = new Session(database);
        Session writer = new Session(database)) {
      String query = "SELECT count(*), coalesce(string_agg(t, ',' ORDER BY id), '') FROM list";
      assertThat(again(reader, query)).isEqualTo("0|");
      writer.run("INSERT INTO list VALUES (1, 'a'), (2, 'b')");
      assertThat(again(reader, query)).isEqualTo("2|a,b");
      writer.run("UPDATE list SET t = 'c' WHERE id = 1");
      assertThat(again(reader, query)).isEqualTo("2|c,b");
      writer.run("DELETE FROM list WHERE id = 2");
      assertThat(again(reader, query)).isEqualTo("1|c");
      writer.run("TRUNCATE list");
      assertThat(again(reader, query)).isEqualTo("0|");
      writer.run("ALTER TABLE list ALTER t TYPE varchar(3), ADD x int DEFAULT 7");
      assertThat(again(reader, query)).isEqualTo("0|");
      writer.run("INSERT INTO list VALUES (3, 'd')");
      assertThat(again(reader, "SELECT * FROM list ORDER BY id")).isEqualTo("3|d|7");
    }
  }

  @Test
  void ownUncommittedChangesAreSeenAndNotShown() {
    database.run("CREATE TABLE own (n int)", "INSERT INTO own VALUES (1), (2)");
    try (Session one = new Session(database);
        Session other = new Session(database)) {
      String query = "SELECT sum(n) FROM own";
      assertThat(again(one, query)).isEqualTo("3");
      one.run("BEGIN");
      one.run("INSERT INTO own VALUES (10)");
      assertThat(again(one, query)).isEqualTo("13");
      assertThat(again(other, query)).isEqualTo("3");
      one.run("ROLLBACK");
      assertThat(again(one, query)).isEqualTo("3");
    }
  }

  @Test
  void anOlderSnapshotKeepsWhatItSaw() {
    database.run("CREATE TABLE old (n int)", "INSERT INTO old VALUES (1)");
    try (Session reader = new Session(database);
        Session writer = new Session(database)) {
      String query = "SELECT n FROM old ORDER BY n";
      assertThat(again(reader, query)).isEqualTo("1");
      reader.run("BEGIN ISOLATION LEVEL REPEATABLE READ");
      assertThat(again(reader, query)).isEqualTo("1");
      writer.run("INSERT INTO old VALUES (2)");
      assertThat(again(writer, query)).isEqualTo("1 2");
      assertThat(again(reader, query)).isEqualTo("1");
      reader.run("COMMIT");
      assertThat(again(reader, query)).isEqualTo("1 2");
    }
  }

  @Test
  void settingsAreOfTheSession() {
    database.run(
        "CREATE TABLE moment (at timestamptz, f float8, b bytea)",
        "INSERT INTO moment VALUES ('2024-03-01 12:00:00+00', 1.0/3, '\\x00ff')");
    try (Session one = new Session(database);
        Session other = new Session(database)) {
      String query = "SELECT at, f, b FROM moment ORDER BY at";
      one.run("SET TimeZone = 'UTC'");
      other.run("SET TimeZone = 'UTC'");
      assertThat(again(one, query)).isEqualTo("2024-03-01 12:00:00+00|0.3333333333333333|\\x00ff");
      other.run("SET TimeZone = 'Asia/Tokyo'");
      other.run("SET extra_float_digits = -12");
      other.run("SET bytea_output = 'escape'");
      assertThat(again(other, query)).isEqualTo("2024-03-01 21:00:00+09|0.333|\\000\\377");
      other.run("SET DateStyle = 'German'");
      assertThat(again(other, query)).startsWith("01.03.2024 21:00:00 JST");
      assertThat(again(one, query)).startsWith("2024-03-01 12:00:00+00");
    }
  }

  @Test
  void namesAreFoundByTheSearchPath() {
    database.run(
        "CREATE SCHEMA a CREATE TABLE place (t text)",
        "CREATE SCHEMA b CREATE TABLE place (t text)",
        "INSERT INTO a.place VALUES ('in a')",
        "INSERT INTO b.place VALUES ('in b')");
    try (Session session = new Session(database)) {
      session.run("SET search_path = a");
      assertThat(again(session, "SELECT t FROM place ORDER BY t")).isEqualTo("in a");
      session.run("SET search_path = b");
      assertThat(again(session, "SELECT t FROM place ORDER BY t")).isEqualTo("in b");
      session.run("CREATE TEMPORARY TABLE place (t text)");
      session.run("INSERT INTO place VALUES ('mine')");
      assertThat(again(session, "SELECT t FROM place ORDER BY t")).isEqualTo("mine");
      session.run("DROP TABLE pg_temp.place");
      assertThat(again(session, "SELECT t FROM place ORDER BY t")).isEqualTo("in b");
    }
  }

  @Test
  void rightsAreAskedForEachTime() {
    database.run(
        "CREATE TABLE secret (n int)",
        "INSERT INTO secret VALUES (42)",
        "CREATE ROLE result_cache_guest",
        "GRANT SELECT ON secret TO result_cache_guest");
    try (Session owner = new Session(database);
        Session guest = new Session(database)) {
      String query = "SELECT n, n + 1 FROM secret ORDER BY n";
      assertThat(again(owner, query)).isEqualTo("42|43");
      guest.run("SET ROLE result_cache_guest");
      assertThat(again(guest, query)).isEqualTo("42|43");
      owner.run("REVOKE SELECT ON secret FROM result_cache_guest");
      assertThat(guest.run(query)).isEqualTo("42501");
      assertThat(again(owner, query)).isEqualTo("42|43");
      owner.run("DROP TABLE secret");
      owner.run("DROP ROLE result_cache_guest");
    }
  }

  @Test
  void whatChangesByItselfIsComputedEachTime() {
    database.run(
        "CREATE TABLE one (n int)", "INSERT INTO one VALUES (1)", "CREATE SEQUENCE result_cache_s");
    try (Session session = new Session(database)) {
      String next = "SELECT nextval('result_cache_s') + n - 1 FROM one ORDER BY 1";
      assertThat(session.run(next)).isEqualTo("1");
      assertThat(session.run(next)).isEqualTo("2");
      assertThat(session.run(next)).isEqualTo("3");
      assertThat(session.run("SELECT last_value FROM result_cache_s ORDER BY 1")).isEqualTo("3");
      session.run(next);
      assertThat(session.run("SELECT last_value FROM result_cache_s ORDER BY 1")).isEqualTo("4");
      String named = "SELECT current_setting('application_name') FROM one ORDER BY n";
      session.run("SET application_name = 'x'");
      assertThat(again(session, named)).isEqualTo("x");
      session.run("SET application_name = 'y'");
      assertThat(again(session, named)).isEqualTo("y");
      String clock = "SELECT clock_timestamp() FROM one ORDER BY n";
      session.run(clock);
      assertThat(session.run(clock)).isNotEqualTo(session.run(clock));
      String started = "SELECT now() FROM one ORDER BY n";
      session.run(started);
      assertThat(session.run(started)).isNotEqualTo(session.run(started));
      String cast = "SELECT ('no' || 'w' || substr('', n))::timestamptz FROM one ORDER BY n";
      session.run(cast);
      assertThat(session.run(cast)).isNotEqualTo(session.run(cast));
    }
  }
}
