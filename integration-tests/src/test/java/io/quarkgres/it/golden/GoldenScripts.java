package io.quarkgres.it.golden;

import io.quarkgres.it.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The scripts in `src/test/sql`, their expected transcripts, and the list of known gaps.
///
/// Thread: any.
public final class GoldenScripts {
  private static final String KNOWN_GAPS = "known-gaps.txt";

  private GoldenScripts() {}

  /// All scripts whose name starts with `prefix`, in order.
  public static List<Path> files(String prefix) {
    Path folder = Repository.sql();
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".sql"))
          .filter(file -> folder.relativize(file).toString().startsWith(prefix))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Reads a script.
  public static Script read(Path file) {
    return Script.read(Repository.sql(), file);
  }

  /// Where the expected transcript of a script is.
  public static Path expected(Path file) {
    String name = file.getFileName().toString();
    return file.resolveSibling(name.substring(0, name.length() - ".sql".length()) + ".expected");
  }

  /// The scripts that are known not to pass yet, with the reason.
  public static Map<String, String> knownGaps() {
    Path file = Repository.sql().resolve(KNOWN_GAPS);
    Map<String, String> gaps = new LinkedHashMap<>();
    try {
      for (String line : Files.readAllLines(file)) {
        if (line.isBlank() || line.startsWith("#")) {
          continue;
        }
        String[] parts = line.strip().split("\\s+", 2);
        if (parts.length < 2 || gaps.put(parts[0], parts[1]) != null) {
          throw new IllegalStateException(KNOWN_GAPS + ": no reason, or listed twice: " + line);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return gaps;
  }
}
