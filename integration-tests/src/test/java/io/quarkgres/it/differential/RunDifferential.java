package io.quarkgres.it.differential;

import io.quarkgres.it.OraclePostgres;
import io.quarkgres.it.ServerUnderTest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// `scripts/differential`: runs seeds against a running server, without a build.
public final class RunDifferential {
  private static final int QUERIES_PER_SEED = 250;

  private RunDifferential() {}

  /// Arguments: host:port, the first seed, the last seed, optionally `script` to print the data.
  public static void main(String[] arguments) {
    ServerUnderTest underTest = ServerUnderTest.running(arguments[0]);
    long first = Long.parseLong(arguments[1]);
    long last = Long.parseLong(arguments[2]);
    int failed = 0;
    long executed = 0;
    Map<String, Integer> unsupported = new TreeMap<>();
    try (ServerUnderTest oracle = OraclePostgres.start()) {
      for (long seed = first; seed <= last; seed++) {
        DifferentialRun run = new DifferentialRun(oracle, underTest, seed);
        List<String> differences = run.run(QUERIES_PER_SEED);
        failed += differences.isEmpty() ? 0 : 1;
        executed += run.executed();
        run.unsupported()
            .forEach((message, count) -> unsupported.merge(message, count, Integer::sum));
        differences.forEach(System.out::println);
        if (arguments.length > 3) {
          run.script().forEach(sql -> System.out.println(sql + ";"));
        }
      }
    }
    unsupported.forEach((message, count) -> System.out.println(count + " times " + message));
    System.out.println(
        (last - first + 1 - failed)
            + " seeds without a difference, "
            + failed
            + " with, "
            + executed
            + " statements");
    System.exit(failed == 0 ? 0 : 1);
  }
}
