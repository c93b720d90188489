package io.quarkgres.it.concurrency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quarkgres.it.QuarkgresServer;
import io.quarkgres.it.ServerUnderTest;
import io.quarkgres.it.TestDatabase;
import org.junit.jupiter.api.Test;

/// Builds of vector indexes: what others see of them, and what is left of one that does not end.
class VectorIndexBuildIT extends SessionSuite {
  private static final String COSTLY = " WITH (m = 100, ef_construction = 1000)";

  VectorIndexBuildIT() {
    super(
        "vector_build",
        "CREATE EXTENSION IF NOT EXISTS vector",
        "CREATE TABLE t (id int PRIMARY KEY, v vector(64))",
        "INSERT INTO t SELECT g, (SELECT array_agg(sin(g * 64 + i)) FROM generate_series(1, 64) i)"
            + "::real[]::vector FROM generate_series(1, 5000) g");
  }

  @Test
  void aBuildIsShownAndCanBeCancelled() {
    String own = a.run("SELECT pg_backend_pid()");
    a.start("CREATE INDEX t_v ON t USING hnsw (v vector_l2_ops)" + COSTLY);
    String seen = "";
    while (seen.isEmpty()) {
      seen =
          b.run(
              "SELECT pid, datname = current_database(), relid::regclass, index_relid, command,"
                  + " phase, blocks_total, tuples_total FROM pg_stat_progress_create_index"
                  + " WHERE tuples_done > 0");
      assertThat(a.hasAnswered()).as("the build is too short for this test").isFalse();
      seen = seen.startsWith("SELECT") ? "" : seen;
    }
    assertThat(seen).isEqualTo(own + "|t|t|0|CREATE INDEX|building index: loading tuples|5|5000");
    // Others read and search meanwhile.
    assertThat(b.run("SELECT id FROM t ORDER BY v <-> (SELECT v FROM t WHERE id = 7) LIMIT 1"))
        .isEqualTo("7");
    assertThat(b.run("SELECT pg_cancel_backend(" + own + ")")).isEqualTo("t");
    assertThat(a.finish()).isEqualTo("57014");
    assertThat(b.run("SELECT count(*) FROM pg_stat_progress_create_index")).isEqualTo("0");
    assertNothingIsLeft(a);
  }

  @Test
  void aBuildOfListsCanBeCancelled() {
    String own = a.run("SELECT pg_backend_pid()");
    a.run("INSERT INTO t SELECT id + 5000, v FROM t");
    a.run("INSERT INTO t SELECT id + 10000, v FROM t");
    a.start("CREATE INDEX t_v ON t USING ivfflat (v vector_l2_ops) WITH (lists = 10000)");
    String phase = "";
    while (!phase.equals("building index: performing k-means")) {
      phase = b.run("SELECT phase FROM pg_stat_progress_create_index");
      assertThat(a.hasAnswered()).as("the build is too short for this test").isFalse();
    }
    assertThat(b.run("SELECT pg_cancel_backend(" + own + ")")).isEqualTo("t");
    assertThat(a.finish()).isEqualTo("57014");
    assertThat(b.run("SELECT count(*) FROM t")).isEqualTo("20000");
    assertThat(b.run("SELECT count(*) FROM pg_class WHERE relname = 't_v'")).isEqualTo("0");
  }

  @Test
  void anIndexThatDoesNotFitIntoMemory() throws Exception {
    assumeTrue(System.getProperty("quarkgres.it.url") == null);
    try (ServerUnderTest server = QuarkgresServer.start("-XX:MaxDirectMemorySize=16m");
        TestDatabase small = TestDatabase.create(server, "vector_memory")) {
      small.run(
          "CREATE EXTENSION vector",
          "CREATE TABLE t (id int PRIMARY KEY, v vector(1024))",
          "INSERT INTO t SELECT g, (SELECT array_agg(sin(g * 1024 + i)) FROM"
              + " generate_series(1, 1024) i)::real[]::vector FROM generate_series(1, 5000) g");
      try (Session session = new Session(small)) {
        assertThat(session.run("CREATE INDEX t_v ON t USING hnsw (v vector_l2_ops)"))
            .isEqualTo("53200");
        assertNothingIsLeft(session);
        assertThat(
                session.run(
                    "CREATE INDEX t_v ON t USING hnsw (v vector_l2_ops)"
                        + " WITH (quantization = 'bq')"))
            .isEqualTo("CREATE INDEX");
        assertThat(
                session.run(
                    "SELECT id FROM t ORDER BY v <-> (SELECT v FROM t WHERE id = 77) LIMIT 1"))
            .isEqualTo("77");
      }
    }
  }

  /// Vectors of 20 MB fit, as a build takes next to nothing beside them.
  @Test
  void anIndexThatJustFitsIsBuilt() throws Exception {
    assumeTrue(System.getProperty("quarkgres.it.url") == null);
    try (ServerUnderTest server = QuarkgresServer.start("-XX:MaxDirectMemorySize=24m");
        TestDatabase small = TestDatabase.create(server, "vector_fits")) {
      small.run(
          "CREATE EXTENSION vector",
          "CREATE TABLE t (id int PRIMARY KEY, v vector(1024))",
          "INSERT INTO t SELECT g, (SELECT array_agg(sin(g * 1024 + i)) FROM"
              + " generate_series(1, 1024) i)::real[]::vector FROM generate_series(1, 5000) g");
      try (Session session = new Session(small)) {
        assertThat(session.run("CREATE INDEX t_v ON t USING hnsw (v vector_l2_ops)"))
            .isEqualTo("CREATE INDEX");
        session.run("SET enable_seqscan = off");
        assertThat(
                session.run(
                    "SELECT id FROM t ORDER BY v <-> (SELECT v FROM t WHERE id = 77) LIMIT 1"))
            .isEqualTo("77");
      }
    }
  }

  private static void assertNothingIsLeft(Session session) {
    assertThat(session.run("SELECT count(*), sum(id) FROM t")).isEqualTo("5000|12502500");
    assertThat(session.run("SELECT count(*) FROM pg_class WHERE relname = 't_v'")).isEqualTo("0");
    assertThat(session.run("INSERT INTO t SELECT 0, v FROM t WHERE id = 1"))
        .isEqualTo("INSERT 0 1");
    assertThat(
            session.run("SELECT id FROM t ORDER BY v <-> (SELECT v FROM t WHERE id = 77) LIMIT 1"))
        .isEqualTo("77");
  }
}
