package io.quarkgres.it.differential;

import static org.assertj.core.api.Assertions.fail;

import io.quarkgres.it.OraclePostgres;
import io.quarkgres.it.ServerUnderTest;
import io.quarkgres.it.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Random statements over vectors on our server and on a PostgreSQL with pgvector; skipped where
/// there is none.
///
/// `-Dquarkgres.it.pgvector=FOLDER` names the programs of one, else that which `scripts/pgvector`
/// installs is taken; `-Dquarkgres.differential.seeds=1000` for a long run,
/// `-Dquarkgres.differential.seed=N` for one seed.
class VectorDifferentialIT {
  private static final int STATEMENTS_PER_SEED = 300;

  private static ServerUnderTest oracle;

  @BeforeAll
  static void startOracle() throws IOException {
    String configured = System.getProperty("quarkgres.it.pgvector");
    Path installed =
        Path.of(System.getProperty("java.io.tmpdir"))
            .resolve("quarkgres-pgvector-0.8.6/lib/pgvector-bin");
    Path programs = configured == null ? installed : Path.of(configured);
    Assumptions.assumeTrue(
        Files.isExecutable(programs.resolve("postgres")),
        "no PostgreSQL with pgvector: scripts/pgvector installs one");
    // initdb looks for its files beside its real path.
    oracle = OraclePostgres.start(programs.toRealPath());
  }

  @AfterAll
  static void stopOracle() {
    if (oracle != null) {
      oracle.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> seeds() {
    Long only = Long.getLong("quarkgres.differential.seed");
    long count = Long.getLong("quarkgres.differential.seeds", 10);
    LongStream seeds = only == null ? LongStream.rangeClosed(1, count) : LongStream.of(only);
    return seeds.mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> run(seed)));
  }

  private static void run(long seed) {
    List<String> differences =
        new VectorRun(oracle, Servers.underTest(), seed).run(STATEMENTS_PER_SEED);
    if (!differences.isEmpty()) {
      fail(String.join("\n", differences));
    }
  }
}
