package io.quarkgres.it;

import java.nio.file.Files;
import java.nio.file.Path;

/// Finds the files of this repository, whichever folder the tests were started in.
public final class Repository {
  private Repository() {}

  /// The folder that holds all modules.
  public static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("integration-tests/src/test/sql"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("not started inside the repository");
      }
    }
    return folder;
  }

  /// The folder of the golden scripts.
  public static Path sql() {
    return root().resolve("integration-tests/src/test/sql");
  }
}
