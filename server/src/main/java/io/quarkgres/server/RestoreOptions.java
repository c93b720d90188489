package io.quarkgres.server;

import io.quarkgres.storage.wal.RestoreTarget;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the options of the command {@code restore}. Thread: any. */
final class RestoreOptions {
  private static final Set<String> NAMES =
      Set.of(
          "--from", "--to", "--restore-command", "--target-time", "--target-lsn", "--target-name");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd[ ]['T']HH:mm:ss[.SSSSSS][.SSS][XXX][X]");

  private RestoreOptions() {}

  static ServerOptions parse(String... arguments) {
    Map<String, String> given = new HashMap<>();
    for (int i = 0; i < arguments.length; i++) {
      int equals = arguments[i].startsWith("--") ? arguments[i].indexOf('=') : -1;
      String name = equals < 0 ? arguments[i] : arguments[i].substring(0, equals);
      if (name.equals("--help") || name.equals("-h")) {
        return new ServerOptions.Help();
      }
      if (!NAMES.contains(name)) {
        return new ServerOptions.Wrong("unknown option of restore: " + arguments[i]);
      }
      if (equals < 0 && i + 1 == arguments.length) {
        return new ServerOptions.Wrong(name + " needs a value");
      }
      String value = equals < 0 ? arguments[++i] : arguments[i].substring(equals + 1);
      if (value.isBlank() || given.put(name, value) != null) {
        return new ServerOptions.Wrong(name + " is given once, with a value");
      }
    }
    if (!given.containsKey("--from") || !given.containsKey("--to")) {
      return new ServerOptions.Wrong("restore needs --from and --to");
    }
    List<String> targets = given.keySet().stream().filter(n -> n.startsWith("--target")).toList();
    if (targets.size() > 1) {
      return new ServerOptions.Wrong("restore takes one target");
    }
    try {
      return new ServerOptions.Restore(
          Path.of(given.get("--from")),
          Path.of(given.get("--to")),
          given.get("--restore-command"),
          target(targets, given));
    } catch (DateTimeException | IllegalArgumentException e) {
      return new ServerOptions.Wrong(targets.getFirst() + ": " + e.getMessage());
    }
  }

  private static RestoreTarget target(List<String> targets, Map<String, String> given) {
    if (targets.isEmpty()) {
      return new RestoreTarget.Latest();
    }
    String value = given.get(targets.getFirst());
    return switch (targets.getFirst()) {
      case "--target-time" ->
          new RestoreTarget.Time(OffsetDateTime.parse(value, TIME).toInstant().toEpochMilli());
      case "--target-lsn" -> new RestoreTarget.Position(position(value));
      default -> new RestoreTarget.Name(value);
    };
  }

  /** Reads a position as {@code pg_current_wal_lsn()} prints it. */
  private static long position(String text) {
    String[] halves = text.split("/", -1);
    if (halves.length != 2) {
      throw new IllegalArgumentException("\"" + text + "\" is no position, as 0/15AA7500 is");
    }
    return Long.parseLong(halves[0], 16) << 32 | Long.parseLong(halves[1], 16);
  }
}
