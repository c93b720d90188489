package io.quarkgres.it.concurrency;

import io.quarkgres.it.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/// Tests of what sessions do to each other: three sessions and a fresh table `t` for each test, in
/// a database of the suite's own.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SessionSuite {
  private final String name;
  private final String[] tables;

  TestDatabase database;
  Session a;
  Session b;
  Session c;

  /// Takes the database's name and the statements that make the tables.
  SessionSuite(String name, String... tables) {
    this.name = name;
    this.tables = tables;
  }

  @BeforeAll
  void create() {
    database = TestDatabase.create(name);
  }

  @AfterAll
  void drop() {
    database.close();
  }

  @BeforeEach
  void connect() {
    database.run("DROP TABLE IF EXISTS child, t");
    database.run(tables);
    a = new Session(database);
    b = new Session(database);
    c = new Session(database);
  }

  @AfterEach
  void disconnect() {
    a.close();
    b.close();
    c.close();
  }

  /// Returns what a row's column `v` is now.
  String value(int id) {
    return String.join(",", database.rows("SELECT v FROM t WHERE id = " + id));
  }
}
