package io.quarkgres.storage.wal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command of the operator's, as in PostgreSQL's {@code archive_command} and {@code
 * restore_command}: {@code %p} stands for a file's path, {@code %f} for its name, {@code %%} for a
 * percent sign. Thread: any.
 *
 * @param text what the shell is given
 */
record ShellCommand(String text) {
  private static final Pattern PLACE = Pattern.compile("%[pf%]");

  /** How a run ended: its exit code, and what it printed. */
  record Outcome(int exit, String output) {
    boolean isSuccess() {
      return exit == 0;
    }
  }

  /** Runs the command for a file and waits for its end. */
  Outcome run(String path, String name) throws IOException {
    Process process =
        new ProcessBuilder("/bin/sh", "-c", filled(path, name)).redirectErrorStream(true).start();
    try {
      process.getOutputStream().close();
      byte[] output = process.getInputStream().readAllBytes();
      return new Outcome(process.waitFor(), new String(output, StandardCharsets.UTF_8).strip());
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  String filled(String path, String name) {
    return PLACE
        .matcher(text)
        .replaceAll(place -> Matcher.quoteReplacement(value(place, path, name)));
  }

  private static String value(MatchResult place, String path, String name) {
    return switch (place.group().charAt(1)) {
      case 'p' -> path;
      case 'f' -> name;
      default -> "%";
    };
  }
}
