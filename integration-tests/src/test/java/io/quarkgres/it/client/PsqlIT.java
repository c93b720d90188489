package io.quarkgres.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.it.Servers;
import io.quarkgres.it.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// psql against our server and against a real PostgreSQL: the same input, the same output.
class PsqlIT {
  private static final String[] OBJECTS = {
    "CREATE SCHEMA extra",
    "CREATE TABLE parent (id serial PRIMARY KEY, code varchar(10) NOT NULL UNIQUE, price numeric(8, 2) DEFAULT 1.5, CHECK (id > 0))",
    "CREATE TABLE child (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, parent_id int REFERENCES parent ON DELETE CASCADE, at timestamptz DEFAULT now(), tags text[], meta jsonb)",
    "CREATE INDEX child_at ON child (at DESC, parent_id)",
    "CREATE INDEX child_part ON child (parent_id) WHERE parent_id > 5",
    "CREATE VIEW cheap AS SELECT id, code FROM parent WHERE price < 10",
    "CREATE TABLE extra.other (a int, \"Mixed Case\" text)",
    "CREATE SEQUENCE counter START 5",
    "COMMENT ON TABLE parent IS 'the parents'",
    "INSERT INTO parent (code, price) VALUES ('a', 1), ('b', 20), ('c', 3.5)"
  };

  private static TestDatabase ours;
  private static TestDatabase real;

  @TempDir Path folder;

  @BeforeAll
  static void create() {
    ours = TestDatabase.create(Servers.underTest(), "psql_suite");
    real = TestDatabase.create(Servers.oracle(), "psql_suite");
    // PostgreSQL has its procedural language as an extension from the start.
    real.run("DROP EXTENSION plpgsql");
    ours.run(OBJECTS);
    real.run(OBJECTS);
  }

  @AfterAll
  static void drop() {
    ours.close();
    real.close();
  }

  private static void same(String input, String... arguments) {
    Program expected = Program.run(real, "psql", input, arguments);
    Program actual = Program.run(ours, "psql", input, arguments);
    assertThat(actual.output()).isEqualTo(expected.output());
    assertThat(actual.exitCode()).isEqualTo(expected.exitCode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\d",
        "\\dt",
        "\\dt *.*other*",
        "\\di",
        "\\dv",
        "\\ds",
        "\\dn",
        "\\dx",
        "\\du",
        "\\d parent",
        "\\d child",
        "\\d cheap",
        "\\d extra.other",
        "\\d counter",
        "\\d child_at",
        "\\d parent_pkey",
        "\\d nope",
        "\\dt parent",
        "\\d \"Mixed Case\"",
        "\\df nosuchfunction",
        "\\df pg_catalog.md5",
        "\\dp parent",
        "\\conninfo_is_not_compared",
        "\\encoding",
        "\\echo :DBNAME",
        "\\dd",
        "\\db"
      })
  void describes(String command) {
    same(command + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\d+ parent", "\\l nosuchdatabase", "\\dn+ extra", "\\z parent"})
  void describesMore(String command) {
    same(command + "\n");
  }

  @Test
  void listsDatabases() {
    Program list = Program.run(ours, "psql", "\\l\n");
    assertThat(list.exitCode()).isZero();
    assertThat(list.output())
        .contains("psql_suite")
        .contains("postgres")
        .contains("UTF8")
        .doesNotContain("ERROR");
  }

  @Test
  void statementsAndFormats() {
    same(
        "SELECT * FROM parent ORDER BY id;\nSELECT 1 AS a \\gx\n\\x\nSELECT * FROM parent ORDER BY id;\n\\x\n\\a\nSELECT 1, NULL, 'x';\n\\pset null '(nil)'\nSELECT NULL;\n\\pset format csv\nSELECT 'a,b';\n");
    same("SELECT 1; SELECT 2\\; SELECT 3;\nVALUES (1, 'x') \\g\n\\t\nSELECT 5;\n");
    same(
        "SELECT 1/0;\nSELECT nope FROM parent;\nINSERT INTO parent (code) VALUES ('a');\nSELECT 'still here';\n");
    same(
        "\\set ECHO all\n\\set v 42\nSELECT :v, :'v';\n\\echo :v\n\\if true\nSELECT 'yes';\n\\endif\n");
    same(
        "\\timing off\n\\set VERBOSITY verbose\nSELECT 1/0;\n"
            .replace("\\set VERBOSITY verbose\n", "\\set VERBOSITY sqlstate\n"));
  }

  @Test
  void describesResultsWithoutExecuting() {
    same(
        "SELECT id, code, price, 1::numeric(4, 1) AS n, ARRAY['x'] AS a FROM parent \\gdesc\nSELECT nope \\gdesc\nCREATE TABLE never (a int) \\gdesc\nSELECT 'x' AS a, now() AS b \\gdesc\n");
  }

  @Test
  void fetchCount() {
    same(
        "\\set FETCH_COUNT 10\nSELECT g, 'row ' || g FROM generate_series(1, 35) g;\nSELECT 1/0;\nSELECT count(*) FROM parent;\n");
    same(
        "\\set FETCH_COUNT 10\nBEGIN;\nSELECT g FROM generate_series(1, 25) g;\nSELECT nope FROM generate_series(1, 25) g;\nSELECT 1;\nROLLBACK;\n");
  }

  @Test
  void errorRollback() {
    same(
        "\\set ON_ERROR_ROLLBACK on\nCREATE TABLE er (a int PRIMARY KEY);\nBEGIN;\nINSERT INTO er VALUES (1);\nINSERT INTO er VALUES (1);\nINSERT INTO er VALUES (2);\nCOMMIT;\nSELECT * FROM er ORDER BY a;\nDROP TABLE er;\n");
    same(
        "\\set AUTOCOMMIT off\nSELECT 1;\nINSERT INTO parent (code) VALUES ('auto');\nROLLBACK;\nSELECT count(*) FROM parent WHERE code = 'auto';\n");
    same("\\set ON_ERROR_STOP on\nSELECT 1/0;\nSELECT 'not reached';\n");
  }

  @Test
  void scriptFiles() throws IOException {
    Path script = folder.resolve("script.sql");
    Files.writeString(
        script,
        "CREATE TABLE from_file (a int);\nINSERT INTO from_file SELECT generate_series(1, 5);\nSELECT sum(a) FROM from_file;\nSELECT * FROM from_file WHERE a / 0 = 1;\nDROP TABLE from_file;\n");
    same("", "-f", script.toString());
    same("", "-1", "-v", "ON_ERROR_STOP=1", "-f", script.toString());
    same("", "-c", "SELECT 1; SELECT 2", "-c", "SELECT 3");
    same("", "-A", "-t", "-c", "SELECT 1, 'x' UNION ALL SELECT 2, NULL ORDER BY 1");
  }

  @Test
  void copyThroughTheClient() {
    Path file = folder.resolve("copy.txt");
    same(
        "\\set SHOW_CONTEXT never\nCREATE TABLE cp (id int, v text);\n\\copy (SELECT g, 'v' || g FROM generate_series(1, 5) g) TO '"
            + file
            + "'\n\\copy cp FROM '"
            + file
            + "'\nSELECT count(*), max(v) FROM cp;\nCOPY cp TO STDOUT (FORMAT csv);\nCOPY cp FROM STDIN;\n8\teight\n9\t\\N\n\\.\nSELECT * FROM cp WHERE id > 5 ORDER BY id;\n\\copy cp (id) FROM '"
            + file
            + "'\nDROP TABLE cp;\n");
  }

  @Test
  void preparedAndCursors() {
    same(
        "PREPARE p AS SELECT $1::int * 2 AS d;\nEXECUTE p(21);\nBEGIN;\nDECLARE c CURSOR FOR SELECT * FROM parent ORDER BY id;\nFETCH 2 FROM c;\nMOVE 1 FROM c;\nFETCH 1 FROM c;\nCOMMIT;\nSELECT code FROM parent WHERE id = $1 \\bind 2 \\g\n"
            .replace("SELECT code FROM parent WHERE id = $1 \\bind 2 \\g\n", ""));
    same(
        "SELECT 'SELECT ' || g || ' AS gexec' FROM generate_series(1, 2) g \\gexec\nSELECT 7 AS x, 'y' AS y \\gset\n\\echo :x :y\n\\crosstabview\nSELECT 'a' AS r, 'b' AS c, 1 AS v \\crosstabview\n");
  }

  @Test
  void completionQueries() {
    same(
        "SELECT c.relname, NULL::pg_catalog.text FROM pg_catalog.pg_class c WHERE c.relkind IN ('r', 'S', 'v', 'm', 'f', 'p') AND (c.relname) LIKE 'par%' AND pg_catalog.pg_table_is_visible(c.oid) AND c.relnamespace <> (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = 'pg_catalog')\nUNION ALL\nSELECT NULL::pg_catalog.text, n.nspname FROM pg_catalog.pg_namespace n WHERE n.nspname LIKE 'par%' AND n.nspname NOT LIKE E'pg\\\\_%'\nLIMIT 1000;\n");
    same(
        "SELECT pg_catalog.lower(name) FROM pg_catalog.pg_settings WHERE context IN ('user', 'superuser') AND pg_catalog.lower(name) LIKE pg_catalog.lower('work\\_me%');\n");
  }
}
