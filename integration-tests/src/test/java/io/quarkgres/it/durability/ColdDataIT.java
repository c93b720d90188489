package io.quarkgres.it.durability;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quarkgres.it.QuarkgresServer;
import io.quarkgres.it.ServerHeap;
import io.quarkgres.it.ServerUnderTest;
import io.quarkgres.it.TestDatabase;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A table of four times the memory for data is loaded, read in all ways, changed, and found again
/// after a kill.
///
/// Needs a server of its own. Larger: `-Dquarkgres.cold.rows=N`.
class ColdDataIT {
  private static final int LIMIT_MEGABYTES = 12;
  private static final int ROWS = Integer.getInteger("quarkgres.cold.rows", 80_000);
  private static final int BATCH = 20_000;

  /// Nothing but values is bounded by the limit: the server itself, indexes and plans come on top.
  private static final long LIVE_BYTES_MAX = (LIMIT_MEGABYTES + 70L) << 20;

  @Test
  void fourTimesTheMemory(@TempDir Path data) {
    assumeTrue(System.getProperty("quarkgres.it.url") == null);
    String[] options = {"-Xmx256m", "-Dquarkgres.memory-limit=" + LIMIT_MEGABYTES + "MB"};
    try (ServerUnderTest server = QuarkgresServer.startOn(data, options)) {
      TestDatabase database = TestDatabase.create(server, "cold");
      load(database);
      assertThat(Long.parseLong(one(database, "SELECT pg_table_size('big')")))
          .isGreaterThan(4L * LIMIT_MEGABYTES << 20);
      read(database, 0);
      assertThat(ServerHeap.liveBytes(server)).isLessThan(LIVE_BYTES_MAX);
      change(database);
      database.run("CHECKPOINT");
      database.run("UPDATE big SET n = n + 1 WHERE id % 500 = 7");
      read(database, 2);
      assertThat(ServerHeap.liveBytes(server)).isLessThan(LIVE_BYTES_MAX);
    }
    try (ServerUnderTest again = QuarkgresServer.startOn(data, options)) {
      read(TestDatabase.existing(again, "cold"), 2);
      assertThat(ServerHeap.liveBytes(again)).isLessThan(LIVE_BYTES_MAX);
    }
  }

  private static void load(TestDatabase database) {
    database.run(
        "CREATE EXTENSION vector",
        "CREATE TABLE big (id int PRIMARY KEY, part int, n int, v text, e vector(32))");
    for (int from = 1; from <= ROWS; from += BATCH) {
      database.run(
          "INSERT INTO big SELECT g, mod(g, 100), 0, repeat(md5(g::text), 16),"
              + " array_fill(g::real, array[32])::vector FROM generate_series("
              + from
              + ", "
              + Math.min(ROWS, from + BATCH - 1)
              + ") g");
    }
  }

  /// Changes rows in all parts of the table, for good and for nothing.
  private static void change(TestDatabase database) {
    database.run(
        "BEGIN; UPDATE big SET v = 'lost' WHERE id % 3 = 0; DELETE FROM big WHERE id % 7 = 0;"
            + " ROLLBACK",
        "UPDATE big SET n = n + 1 WHERE id % 500 = 7");
  }

  /// Reads the table in all ways; `changed` is how often every 500th row was updated.
  private static void read(TestDatabase database, int changed) {
    long sum = LongStream.rangeClosed(1, ROWS).sum();
    long updated = LongStream.rangeClosed(1, ROWS).filter(id -> id % 500 == 7).count();
    assertThat(one(database, "SELECT count(*), sum(id), sum(length(v)), sum(n) FROM big"))
        .isEqualTo(ROWS + "|" + sum + "|" + 512L * ROWS + "|" + changed * updated);
    assertThat(
            one(
                database,
                "SELECT count(*), min(c), max(c) FROM"
                    + " (SELECT part, count(*) c FROM big GROUP BY part) x"))
        .isEqualTo("100|" + ROWS / 100 + "|" + ROWS / 100);
    assertThat(
            one(database, "SELECT count(*) FROM big a JOIN big b ON a.v = b.v WHERE a.id % 10 = 0"))
        .isEqualTo(Integer.toString(ROWS / 10));
    List<String> sorted = idsByHash();
    assertThat(database.rows("SELECT id FROM big ORDER BY v, id OFFSET " + ROWS / 2 + " LIMIT 3"))
        .isEqualTo(sorted.subList(ROWS / 2, ROWS / 2 + 3));
    assertThat(
            database.rows(
                "SELECT id FROM big ORDER BY e <-> array_fill(1000.4::real, array[32])::vector"
                    + " LIMIT 5"))
        .containsExactly("1000", "1001", "999", "1002", "998");
    List<Integer> some = List.of(1, ROWS / 3, ROWS / 2, ROWS - 777, ROWS);
    assertThat(
            database.rows(
                "SELECT id, v = repeat(md5(id::text), 16), e = array_fill(id::real, array[32])::vector"
                    + " FROM big WHERE id IN ("
                    + some.stream().map(String::valueOf).collect(Collectors.joining(","))
                    + ") ORDER BY id"))
        .containsExactlyElementsOf(some.stream().map(id -> id + "|t|t").toList());
  }

  /// The ids of all rows in the order of `md5(id::text)`.
  private static List<String> idsByHash() {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    return IntStream.rangeClosed(1, ROWS)
        .mapToObj(Integer::toString)
        .map(id -> List.of(HexFormat.of().formatHex(digest.digest(id.getBytes(US_ASCII))), id))
        .sorted(Comparator.comparing(List::getFirst))
        .map(List::getLast)
        .toList();
  }

  private static String one(TestDatabase database, String sql) {
    return database.rows(sql).getFirst();
  }
}
