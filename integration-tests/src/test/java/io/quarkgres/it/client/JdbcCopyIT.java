package io.quarkgres.it.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkgres.it.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;

/// COPY in text, CSV and binary through pgjdbc's CopyManager.
class JdbcCopyIT {
  private static TestDatabase database;

  @BeforeAll
  static void create() {
    database = TestDatabase.create("jdbc_copy");
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  @BeforeEach
  void tables() {
    database.run(
        "DROP TABLE IF EXISTS t, copy_of_t",
        "CREATE TABLE t (id int PRIMARY KEY, s text, n numeric, f float8, b bool, d date, ts timestamptz, j jsonb, a int[], by bytea, u uuid)",
        "CREATE TABLE copy_of_t (LIKE t)",
        "INSERT INTO t SELECT g, 'row ' || g || E'\\t\\\\', g / 7.0, g / 4.0, g % 2 = 0, date '2024-01-01' + g, '2024-01-01 00:00+00'::timestamptz + g * interval '1 hour', jsonb_build_object('g', g), ARRAY[g, NULL], decode(lpad(to_hex(g), 8, '0'), 'hex'), '00000000-0000-0000-0000-000000000001' FROM generate_series(1, 2000) g",
        "INSERT INTO t (id) VALUES (0)");
  }

  private static CopyManager copy(Connection connection) throws SQLException {
    return connection.unwrap(PGConnection.class).getCopyAPI();
  }

  private static void thereAndBack(String options) throws SQLException, IOException {
    try (Connection connection = database.jdbc()) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      assertThat(copy(connection).copyOut("COPY t TO STDOUT " + options, out)).isEqualTo(2_001);
      long copied =
          copy(connection)
              .copyIn(
                  "COPY copy_of_t FROM STDIN " + options,
                  new ByteArrayInputStream(out.toByteArray()));
      assertThat(copied).isEqualTo(2_001);
    }
    assertThat(
            database.rows(
                "SELECT count(*) FROM (SELECT t::text FROM t EXCEPT SELECT c::text FROM copy_of_t c) d"))
        .containsExactly("0");
    assertThat(database.rows("SELECT count(*), sum(id), count(n) FROM copy_of_t"))
        .containsExactly("2001|2001000|2000");
  }

  @Test
  void text() throws Exception {
    thereAndBack("");
  }

  @Test
  void csv() throws Exception {
    thereAndBack("(FORMAT csv, HEADER, NULL 'nil')");
  }

  @Test
  void binary() throws Exception {
    thereAndBack("(FORMAT binary)");
  }

  @Test
  void queryOut() throws Exception {
    try (Connection connection = database.jdbc()) {
      StringWriter out = new StringWriter();
      copy(connection)
          .copyOut("COPY (SELECT id, s FROM t WHERE id < 2 ORDER BY id) TO STDOUT", out);
      assertThat(out.toString()).isEqualTo("0\t\\N\n1\trow 1\\t\\\\\n");
    }
  }

  @Test
  void smallPiecesAndEndMarker() throws Exception {
    try (Connection connection = database.jdbc()) {
      CopyIn in = copy(connection).copyIn("COPY copy_of_t (id, s) FROM STDIN");
      byte[] data = "1\tä\\nb\n2\t\\N\n3\tlast".getBytes(StandardCharsets.UTF_8);
      for (byte each : data) {
        in.writeToCopy(new byte[] {each}, 0, 1);
      }
      assertThat(in.endCopy()).isEqualTo(3);
      copy(connection).copyIn("COPY copy_of_t (id) FROM STDIN", new StringReader("4\n\\.\n"));
    }
    assertThat(database.rows("SELECT id, s FROM copy_of_t ORDER BY id"))
        .containsExactly("1|ä\nb", "2|null", "3|last", "4|null");
  }

  @Test
  void cancelledAndFailedCopiesLeaveNothing() throws Exception {
    try (Connection connection = database.jdbc()) {
      CopyIn in = copy(connection).copyIn("COPY copy_of_t (id) FROM STDIN");
      byte[] row = "1\n".getBytes(StandardCharsets.UTF_8);
      in.writeToCopy(row, 0, row.length);
      in.cancelCopy();
      assertThatThrownBy(() ->
              copy(connection).copyIn("COPY copy_of_t (id) FROM STDIN", new StringReader("1\nx\n")))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22P02"))
          .hasMessageContaining("invalid input syntax for type integer: \"x\"");
      assertThatThrownBy(() ->
              copy(connection)
                  .copyIn(
                      "COPY copy_of_t FROM STDIN (FORMAT binary)", new StringReader("not binary")))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22P04"));
      try (var rows = connection.createStatement().executeQuery("SELECT count(*) FROM copy_of_t")) {
        rows.next();
        assertThat(rows.getInt(1)).isZero();
      }
    }
  }
}
