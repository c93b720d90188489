package io.quarkgres.it.golden;

import io.quarkgres.it.golden.ScriptRunner.Protocol;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Runs a script against a server and compares with what PostgreSQL answered.
///
/// Thread: one at a time.
public final class ScriptCheck {
  private static final int DIFFERENCES_MAX = 5;

  private ScriptCheck() {}

  /// The first differences between this server and the recording, or nothing.
  public static Optional<String> differences(
      String host, int port, ScriptDatabases databases, Path file) {
    Script script = GoldenScripts.read(file);
    List<String> expected = expectedBlocks(file);
    for (Protocol protocol : Protocol.values()) {
      if (protocol == Protocol.EXTENDED && script.simpleOnly()) {
        continue;
      }
      List<String> actual = ScriptRunner.run(host, port, databases.fresh(), script, protocol);
      if (!actual.equals(expected)) {
        return Optional.of(describe(script, protocol, expected, actual));
      }
    }
    return Optional.empty();
  }

  /// The recorded transcript, one entry a statement.
  private static List<String> expectedBlocks(Path file) {
    try {
      String text = Files.readString(GoldenScripts.expected(file));
      List<String> blocks = new ArrayList<>();
      int start = 0;
      while (start < text.length()) {
        // A block ends with an empty line that the next statement follows.
        int end = text.indexOf("\n\n> ", start);
        int next = end < 0 ? text.length() : end + 2;
        blocks.add(text.substring(start, next));
        start = next;
      }
      return blocks;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String describe(
      Script script, Protocol protocol, List<String> expected, List<String> actual) {
    StringBuilder text = new StringBuilder();
    int statements = Math.max(expected.size(), actual.size());
    int differences = 0;
    for (int i = 0; i < statements; i++) {
      String wanted = i < expected.size() ? expected.get(i) : "";
      String got = i < actual.size() ? actual.get(i) : "";
      if (!wanted.equals(got) && differences++ < DIFFERENCES_MAX) {
        text.append("--- PostgreSQL\n").append(wanted);
        text.append("+++ this server\n").append(withoutEcho(got));
      }
    }
    return "%s (%s protocol): %d of %d statements differ%n%s"
        .formatted(
            script.name(), protocol.name().toLowerCase(Locale.ROOT), differences, statements, text);
  }

  private static String withoutEcho(String block) {
    return block.replaceAll("(?m)^> .*\n", "");
  }
}
