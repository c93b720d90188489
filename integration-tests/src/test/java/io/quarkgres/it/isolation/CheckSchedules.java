package io.quarkgres.it.isolation;

import io.quarkgres.it.ServerUnderTest;
import io.quarkgres.it.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// `scripts/check-schedules`: prints what a running server answers otherwise than recorded.
public final class CheckSchedules {
  private CheckSchedules() {}

  /// Arguments: `host:port`, then beginnings of names; none for all schedules.
  public static void main(String[] arguments) throws IOException {
    ServerUnderTest server = ServerUnderTest.running(arguments[0]);
    List<String> prefixes =
        arguments.length == 1 ? List.of("") : List.of(arguments).subList(1, arguments.length);
    int differing = 0;
    try (TestDatabase database = TestDatabase.create(server, "schedules")) {
      for (Path file : Schedules.files()) {
        if (prefixes.stream().anyMatch(file.getFileName().toString()::startsWith)) {
          List<String> expected = Files.readAllLines(Schedules.expected(file));
          List<String> actual = Schedule.read(file).run(database).lines().toList();
          if (!actual.equals(expected)) {
            differing++;
            print(file, expected, actual);
          }
        }
      }
    }
    System.out.println(differing + " schedules differ");
    System.exit(differing == 0 ? 0 : 1);
  }

  private static void print(Path file, List<String> expected, List<String> actual) {
    System.out.println("---- " + file.getFileName());
    for (int i = 0; i < Math.max(expected.size(), actual.size()); i++) {
      String wanted = i < expected.size() ? expected.get(i) : "";
      String got = i < actual.size() ? actual.get(i) : "";
      System.out.println(wanted.equals(got) ? "  " + got : "- " + wanted + "\n+ " + got);
    }
  }
}
