package io.quarkgres.it.differential;

import static org.assertj.core.api.Assertions.fail;

import io.quarkgres.it.Servers;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Random queries on our server and on a real PostgreSQL.
///
/// `-Dquarkgres.differential.queries=100000` for a long run, `-Dquarkgres.differential.seed=N` for
/// the queries of one seed only.
class DifferentialIT {
  private static final int QUERIES_PER_SEED = 250;

  @TestFactory
  Stream<DynamicTest> seeds() {
    Long only = Long.getLong("quarkgres.differential.seed");
    long count =
        Math.max(1, Long.getLong("quarkgres.differential.queries", 5_000) / QUERIES_PER_SEED);
    LongStream seeds = only == null ? LongStream.rangeClosed(1, count) : LongStream.of(only);
    return seeds.mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> run(seed)));
  }

  private static void run(long seed) {
    List<String> differences =
        new DifferentialRun(Servers.oracle(), Servers.underTest(), seed).run(QUERIES_PER_SEED);
    if (!differences.isEmpty()) {
      fail(String.join("\n", differences));
    }
  }
}
