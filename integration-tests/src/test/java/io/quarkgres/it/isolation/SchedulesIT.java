package io.quarkgres.it.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.it.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Known anomalies at every isolation level end as they do in PostgreSQL.
class SchedulesIT {
  private static TestDatabase database;

  @BeforeAll
  static void create() {
    database = TestDatabase.create("schedules");
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  @TestFactory
  Stream<DynamicTest> schedules() {
    return Schedules.files().stream()
        .map(file ->
            DynamicTest.dynamicTest(
                file.getFileName().toString(), file.toUri(), () -> check(file)));
  }

  private static void check(Path file) throws IOException {
    assertThat(Schedule.read(file).run(database))
        .isEqualTo(Files.readString(Schedules.expected(file)));
  }
}
