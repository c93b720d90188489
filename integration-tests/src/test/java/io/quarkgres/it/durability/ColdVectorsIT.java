package io.quarkgres.it.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quarkgres.it.QuarkgresServer;
import io.quarkgres.it.ServerHeap;
import io.quarkgres.it.ServerUnderTest;
import io.quarkgres.it.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Vectors of four times the memory for data get an hnsw index of codes of a byte a dimension: it
/// is built and searched while the vectors themselves lie in the file of cold data, from which
/// those that come near are read back and measured.
///
/// Needs a server of its own.
class ColdVectorsIT {
  private static final int LIMIT_MEGABYTES = 8;
  private static final int DIMENSIONS = 512;
  private static final int ROWS = 17_000;
  private static final int BATCH = 1_000;
  private static final int NEAREST = 10;
  private static final int QUERIES = 20;

  /// Indexes stay in memory: the graph and the B-trees.
  private static final long LIVE_BYTES_MAX = (LIMIT_MEGABYTES + 80L) << 20;

  /// Points on a surface, so that each has neighbours that are really nearer than others.
  private static final String VECTOR =
      "(SELECT array_agg(cos(d * x) + sin(d * y)) FROM generate_series(1, "
          + DIMENSIONS
          + ") d)::vector";

  @Test
  void codesInMemoryAndVectorsOnDisk(@TempDir Path data) throws SQLException {
    assumeTrue(System.getProperty("quarkgres.it.url") == null);
    String[] options = {"-Xmx256m", "-Dquarkgres.memory-limit=" + LIMIT_MEGABYTES + "MB"};
    try (ServerUnderTest server = QuarkgresServer.startOn(data, options)) {
      TestDatabase database = TestDatabase.create(server, "cold_vectors");
      load(database);
      assertThat(Long.parseLong(database.rows("SELECT pg_table_size('points')").getFirst()))
          .isGreaterThan(4L * LIMIT_MEGABYTES << 20);
      database.run(
          "CREATE INDEX by_distance ON points USING hnsw (e vector_l2_ops)"
              + " WITH (quantization = 'sq8')",
          "CREATE INDEX by_text ON points (t)",
          "CREATE UNIQUE INDEX ON points (id)");
      assertThat(ServerHeap.liveBytes(server)).isLessThan(LIVE_BYTES_MAX);
      search(database);
      database.run(
          "UPDATE points SET e = (SELECT p.e FROM points p WHERE p.id = points.id + 1)"
              + " WHERE id % 50 = 0",
          "DELETE FROM points WHERE id % 51 = 0");
      search(database);
      assertThat(ServerHeap.liveBytes(server)).isLessThan(LIVE_BYTES_MAX);
    }
    try (ServerUnderTest again = QuarkgresServer.startOn(data, options)) {
      search(TestDatabase.existing(again, "cold_vectors"));
      assertThat(ServerHeap.liveBytes(again)).isLessThan(LIVE_BYTES_MAX);
    }
  }

  private static void load(TestDatabase database) {
    database.run(
        "CREATE EXTENSION vector",
        "CREATE TABLE points (id int, t text, e vector(" + DIMENSIONS + "))");
    for (int from = 1; from <= ROWS; from += BATCH) {
      database.run(
          "INSERT INTO points SELECT g, md5(g::text), "
              + VECTOR
              + " FROM (SELECT g, (g * 7919 % 17389) / 17389.0 AS x, (g * 104729 % 19997) / 19997.0"
              + " AS y FROM generate_series("
              + from
              + ", "
              + Math.min(ROWS, from + BATCH - 1)
              + ") g) s");
    }
  }

  /// Compares what the index finds with what a scan finds, and looks rows up by their text.
  private static void search(TestDatabase database) throws SQLException {
    int found = 0;
    try (Connection connection = database.jdbc();
        Statement statement = connection.createStatement()) {
      for (int q = 1; q <= QUERIES; q++) {
        String nearest =
            "SELECT id FROM points ORDER BY e <-> (SELECT e FROM points WHERE id = "
                + (q * 801 + 1)
                + ") LIMIT "
                + NEAREST;
        statement.execute("SET enable_indexscan = on");
        assertThat(String.join("\n", rows(statement, "EXPLAIN " + nearest)))
            .contains("by_distance");
        List<String> byIndex = rows(statement, nearest);
        assertThat(byIndex).hasSize(NEAREST);
        statement.execute("SET enable_indexscan = off");
        Set<String> exact = new HashSet<>(rows(statement, nearest));
        found += byIndex.stream().mapToInt(id -> exact.contains(id) ? 1 : 0).sum();
      }
      statement.execute("SET enable_indexscan = on");
      assertThat(rows(statement, "SELECT id FROM points WHERE t = md5('16001')"))
          .containsExactly("16001");
      assertThat(rows(statement, "SELECT id FROM points WHERE id = 12345"))
          .containsExactly("12345");
    }
    assertThat(found).isGreaterThanOrEqualTo(QUERIES * NEAREST * 95 / 100);
  }

  private static List<String> rows(Statement statement, String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        rows.add(result.getString(1));
      }
    }
    return rows;
  }
}
