package io.quarkgres.it.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.quarkgres.it.Repository;
import io.quarkgres.it.ServerUnderTest;
import io.quarkgres.it.Servers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every golden script through both protocols; `-Dquarkgres.golden=prefix` runs some of them.
class GoldenSqlIT {
  private static ScriptDatabases databases;

  @BeforeAll
  static void connect() {
    ServerUnderTest server = Servers.underTest();
    databases = new ScriptDatabases(server.host(), server.port());
  }

  @AfterAll
  static void disconnect() {
    databases.close();
  }

  @TestFactory
  Stream<DynamicTest> scripts() {
    Map<String, String> gaps = GoldenScripts.knownGaps();
    return GoldenScripts.files(System.getProperty("quarkgres.golden", "")).stream()
        .map(file -> {
          String name = Repository.sql().relativize(file).toString();
          return DynamicTest.dynamicTest(name, file.toUri(), () -> check(file, gaps.get(name)));
        });
  }

  @Test
  void everyScriptIsRecordedAndEveryGapIsAScript() {
    for (Path file : GoldenScripts.files("")) {
      assertThat(Files.exists(GoldenScripts.expected(file))).as("recording of %s", file).isTrue();
    }
    for (String gap : GoldenScripts.knownGaps().keySet()) {
      assertThat(Repository.sql().resolve(gap)).as("listed in known-gaps.txt").exists();
    }
  }

  private static void check(Path file, String gap) {
    ServerUnderTest server = Servers.underTest();
    Optional<String> differences =
        ScriptCheck.differences(server.host(), server.port(), databases, file);
    if (gap == null && differences.isPresent()) {
      fail(differences.get());
    }
    if (gap != null && differences.isEmpty()) {
      fail("passes now: remove it from known-gaps.txt, which says: " + gap);
    }
  }
}
