package io.quarkgres.it.isolation;

import io.quarkgres.it.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Where schedules and their recordings lie.
final class Schedules {
  private Schedules() {}

  static List<Path> files() {
    Path folder = Repository.root().resolve("integration-tests/src/test/isolation");
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path expected(Path file) {
    String name = file.getFileName().toString();
    return file.resolveSibling(name.substring(0, name.length() - 4) + ".expected");
  }
}
