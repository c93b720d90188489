package io.quarkgres.it.golden;

import io.quarkgres.it.Repository;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// `scripts/check-golden`: runs golden scripts against a running server, without a build.
public final class CheckGolden {
  private CheckGolden() {}

  /// Arguments: host:port, then prefixes of script names; none is all.
  public static void main(String[] arguments) {
    int colon = arguments[0].lastIndexOf(':');
    String host = arguments[0].substring(0, colon);
    int port = Integer.parseInt(arguments[0].substring(colon + 1));
    String[] prefixes = new String[Math.max(1, arguments.length - 1)];
    prefixes[0] = "";
    System.arraycopy(arguments, 1, prefixes, 0, arguments.length - 1);
    Map<String, String> gaps = GoldenScripts.knownGaps();
    int passed = 0;
    int failed = 0;
    int known = 0;
    for (String prefix : prefixes) {
      for (Path file : GoldenScripts.files(prefix)) {
        String name = Repository.sql().relativize(file).toString();
        Optional<String> differences = check(host, port, file);
        if (differences.isEmpty()) {
          passed++;
        } else if (gaps.containsKey(name)) {
          known++;
        } else {
          failed++;
        }
        System.out.println((differences.isEmpty() ? "ok   " : "FAIL ") + name);
        differences.filter(text -> prefixes[0].length() > 0).ifPresent(System.out::println);
      }
    }
    System.out.println(passed + " pass, " + known + " known gaps, " + failed + " fail");
    System.exit(failed == 0 ? 0 : 1);
  }

  private static Optional<String> check(String host, int port, Path file) {
    // A script that ends the server must not end the check of the others.
    try (ScriptDatabases databases = new ScriptDatabases(host, port)) {
      return ScriptCheck.differences(host, port, databases, file);
    } catch (RuntimeException e) {
      return Optional.of(e.toString());
    }
  }
}
