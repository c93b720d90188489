package io.quarkgres.it.isolation;

import io.quarkgres.it.OraclePostgres;
import io.quarkgres.it.ServerUnderTest;
import io.quarkgres.it.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// `scripts/record-schedules`: writes what a real PostgreSQL answers to the schedules.
public final class RecordSchedules {
  private RecordSchedules() {}

  /// Arguments: beginnings of names; none for all schedules.
  public static void main(String[] arguments) throws IOException {
    List<String> prefixes = arguments.length == 0 ? List.of("") : List.of(arguments);
    try (ServerUnderTest server = OraclePostgres.start();
        TestDatabase database = TestDatabase.create(server, "schedules")) {
      for (Path file : Schedules.files()) {
        if (prefixes.stream().anyMatch(file.getFileName().toString()::startsWith)) {
          String first = Schedule.read(file).run(database);
          Files.writeString(Schedules.expected(file), first);
          boolean isStable = Schedule.read(file).run(database).equals(first);
          System.out.println(file.getFileName() + (isStable ? "" : ": not the same again"));
        }
      }
    }
  }
}
