package io.quarkgres.it.differential;

import io.quarkgres.it.OraclePostgres;
import io.quarkgres.it.ServerUnderTest;
import java.nio.file.Path;
import java.util.List;

/// `scripts/differential-vectors`: runs seeds over vectors against a running server.
public final class RunVectorDifferential {
  private static final int STATEMENTS_PER_SEED = 300;

  private RunVectorDifferential() {}

  /// Arguments: the programs' folder of a PostgreSQL with pgvector or host:port of one that runs,
  /// host:port of our server, the first seed, the last seed, optionally `script`.
  public static void main(String[] arguments) {
    ServerUnderTest underTest = ServerUnderTest.running(arguments[1]);
    long first = Long.parseLong(arguments[2]);
    long last = Long.parseLong(arguments[3]);
    int failed = 0;
    long executed = 0;
    try (ServerUnderTest oracle = oracle(arguments[0])) {
      for (long seed = first; seed <= last; seed++) {
        VectorRun run = new VectorRun(oracle, underTest, seed);
        List<String> differences = run.run(STATEMENTS_PER_SEED);
        failed += differences.isEmpty() ? 0 : 1;
        executed += run.executed();
        differences.forEach(System.out::println);
        if (arguments.length > 4) {
          run.script().forEach(sql -> System.out.println(sql + ";"));
        }
      }
    }
    System.out.println(
        (last - first + 1 - failed)
            + " seeds without a difference, "
            + failed
            + " with, "
            + executed
            + " statements");
    System.exit(failed == 0 ? 0 : 1);
  }

  private static ServerUnderTest oracle(String argument) {
    return argument.startsWith("/")
        ? OraclePostgres.start(Path.of(argument))
        : ServerUnderTest.running(argument);
  }
}
