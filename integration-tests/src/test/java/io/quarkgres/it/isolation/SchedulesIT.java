package io.quarkgres.it.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.it.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Known anomalies at every isolation level end as they do in PostgreSQL.
class SchedulesIT {
  @TestFactory
  Stream<DynamicTest> schedules() {
    return Schedules.files().stream()
        .map(file ->
            DynamicTest.dynamicTest(
                file.getFileName().toString(), file.toUri(), () -> check(file)));
  }

  private static void check(Path file) throws IOException {
    assertThat(Schedule.read(file).run(Servers.underTest()))
        .isEqualTo(Files.readString(Schedules.expected(file)));
  }
}
