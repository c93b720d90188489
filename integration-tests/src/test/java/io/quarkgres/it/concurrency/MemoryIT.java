package io.quarkgres.it.concurrency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quarkgres.it.QuarkgresServer;
import io.quarkgres.it.ServerHeap;
import io.quarkgres.it.ServerUnderTest;
import io.quarkgres.it.TestDatabase;
import io.quarkgres.it.wire.WireClient;
import org.junit.jupiter.api.Test;

/// Old versions, slots of deleted rows and buffers are given back: memory stays flat under churn.
///
/// Needs a server of its own, so it says nothing when an already running server is tested.
class MemoryIT {
  private static final int ROWS = 1_000;
  private static final long GROWTH_BYTES_MAX = 8 << 20;

  @Test
  void aMillionUpdatesOfAThousandRows() {
    assumeTrue(System.getProperty("quarkgres.it.url") == null);
    try (ServerUnderTest server = QuarkgresServer.start("-Xmx512m");
        TestDatabase database = TestDatabase.create(server, "memory")) {
      database.run(
          "CREATE TABLE t (id int PRIMARY KEY, n int, v text)",
          "CREATE INDEX ON t (n)",
          "INSERT INTO t SELECT g, 0, 'some text ' || g FROM generate_series(1, " + ROWS + ") g");
      try (WireClient client = database.wire()) {
        updateAll(client, 50);
        long before = ServerHeap.liveBytes(server);
        updateAll(client, 950);
        assertThat(database.rows("SELECT count(*), sum(n), min(n), max(n) FROM t"))
            .containsExactly("1000|1000000|1000|1000");
        long after = ServerHeap.liveBytes(server);
        assertThat(after - before)
            .as("growth of the live heap over 950,000 updates, from %d", before)
            .isLessThan(GROWTH_BYTES_MAX);
        for (int i = 0; i < 100; i++) {
          client.query("DELETE FROM t WHERE id % 2 = 0");
          client.query(
              "INSERT INTO t SELECT g, 0, 'again ' || g FROM generate_series(2, "
                  + ROWS
                  + ", 2) g");
        }
        assertThat(database.rows("SELECT count(*) FROM t")).containsExactly("1000");
        assertThat(ServerHeap.liveBytes(server) - after)
            .as("growth over 50,000 deletes and inserts")
            .isLessThan(GROWTH_BYTES_MAX);
        for (int i = 0; i < 100; i++) {
          client.query("BEGIN");
          updateAll(client, 1);
          client.query("ROLLBACK");
        }
        assertThat(ServerHeap.liveBytes(server) - after)
            .as("growth over 100 rollbacks")
            .isLessThan(GROWTH_BYTES_MAX);
      }
    }
  }

  /// What was sent is given back: replies of three times the memory that there is for them.
  @Test
  void repliesOfPointStatements() {
    assumeTrue(System.getProperty("quarkgres.it.url") == null);
    try (ServerUnderTest server = QuarkgresServer.start("-XX:MaxDirectMemorySize=16m");
        TestDatabase database = TestDatabase.create(server, "replies")) {
      database.run(
          "CREATE TABLE t (id int PRIMARY KEY, v text)",
          "INSERT INTO t VALUES (1, repeat('x', 10000))");
      try (WireClient client = database.wire()) {
        for (int i = 0; i < 5_000; i++) {
          assertThat(client.query("SELECT v FROM t WHERE id = 1")).hasSize(4);
        }
      }
    }
  }

  private static void updateAll(WireClient client, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(client.query("UPDATE t SET n = n + 1, v = 'round ' || n").getFirst().toString())
          .isEqualTo("C(UPDATE 1000)");
    }
  }
}
