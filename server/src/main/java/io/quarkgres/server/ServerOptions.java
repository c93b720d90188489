package io.quarkgres.server;

import io.quarkgres.storage.wal.RestoreTarget;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The command line, read: what the process shall do, and the configuration it sets.
 *
 * <p>An option that was given sets a configuration key and so wins over the environment; one that
 * was not given leaves the key alone. Thread: any.
 */
sealed interface ServerOptions {

  /** Start the server with these configuration keys set. */
  record Start(Map<String, String> settings) implements ServerOptions {
    public Start {
      settings = Map.copyOf(settings);
    }
  }

  /** Check a data directory that no server uses. */
  record Verify(Path data) implements ServerOptions {}

  /** Copy a data directory, whose server may run. */
  record Backup(Path data, Path to) implements ServerOptions {}

  /**
   * Make a data directory from a backup and an archive.
   *
   * @param command fetches a segment of the archive, {@code null} for no archive
   */
  record Restore(Path from, Path to, String command, RestoreTarget target)
      implements ServerOptions {}

  /** Print the usage text and do nothing else. */
  record Help() implements ServerOptions {}

  /** Print this message and the usage text, and fail. */
  record Wrong(String message) implements ServerOptions {}

  /** Where the copy of {@code backup} or {@code restore} goes; no configuration key. */
  String TO = "to";

  /**
   * Reads the arguments as the launcher passes them on, both {@code --port 1} and {@code --port=1}.
   */
  static ServerOptions parse(String... arguments) {
    String command = arguments.length == 0 ? "" : arguments[0];
    return switch (command) {
      case "verify" -> verify(options(rest(arguments)));
      case "backup" -> backup(options(rest(arguments)));
      case "restore" -> RestoreOptions.parse(rest(arguments));
      default -> start(options(arguments));
    };
  }

  private static String[] rest(String[] arguments) {
    return Arrays.copyOfRange(arguments, 1, arguments.length);
  }

  private static ServerOptions start(ServerOptions read) {
    return read instanceof Start(var settings) && settings.containsKey(TO)
        ? new Wrong("--to belongs to the command backup")
        : read;
  }

  private static ServerOptions verify(ServerOptions read) {
    if (!(read instanceof Start(var settings))) {
      return read;
    }
    return hasOnly(settings, ServerConfig.DATA, ServerConfig.STORAGE)
        ? new Verify(data(settings))
        : new Wrong("verify takes no option but --data");
  }

  private static ServerOptions backup(ServerOptions read) {
    if (!(read instanceof Start(var settings))) {
      return read;
    }
    if (!hasOnly(settings, ServerConfig.DATA, ServerConfig.STORAGE, TO)) {
      return new Wrong("backup takes no options but --data and --to");
    }
    return settings.containsKey(TO)
        ? new Backup(data(settings), Path.of(settings.get(TO)))
        : new Wrong("backup needs --to");
  }

  private static boolean hasOnly(Map<String, String> settings, String... allowed) {
    return Arrays.asList(allowed).containsAll(settings.keySet())
        && !ServerConfig.MEMORY.equals(settings.get(ServerConfig.STORAGE));
  }

  private static Path data(Map<String, String> settings) {
    String given = settings.get(ServerConfig.DATA);
    return given == null ? ServerConfig.defaultData() : Path.of(given);
  }

  private static ServerOptions options(String... arguments) {
    Map<String, String> settings = new HashMap<>();
    int i = 0;
    while (i < arguments.length) {
      String argument = arguments[i++];
      int equals = argument.indexOf('=');
      boolean isJoined = argument.startsWith("--") && equals > 0;
      String name = isJoined ? argument.substring(0, equals) : argument;

      if (name.equals("--help") || name.equals("-h")) {
        return new Help();
      }
      if (name.equals("--memory") && !isJoined) {
        if (settings.put(ServerConfig.STORAGE, ServerConfig.MEMORY) != null) {
          return new Wrong("--memory and --data exclude each other and are given once");
        }
        continue;
      }
      if (name.equals("--no-fsync") && !isJoined) {
        settings.put(ServerConfig.FSYNC, "off");
        continue;
      }
      String key = key(name);
      if (key == null) {
        return new Wrong("unknown option: " + argument);
      }
      if (!isJoined && i == arguments.length) {
        return new Wrong(name + " needs a value");
      }
      String value = isJoined ? argument.substring(equals + 1) : arguments[i++];
      if (value.isBlank()) {
        return new Wrong(name + " needs a value");
      }
      if (settings.put(key, value) != null) {
        return new Wrong(name + " is given twice");
      }
      if (key.equals(ServerConfig.DATA)
          && settings.put(ServerConfig.STORAGE, ServerConfig.DISK) != null) {
        return new Wrong("--memory and --data exclude each other and are given once");
      }
    }
    return new Start(settings);
  }

  private static String key(String option) {
    return switch (option) {
      case "--data" -> ServerConfig.DATA;
      case "--archive-command" -> ServerConfig.ARCHIVE_COMMAND;
      case "--memory-limit" -> ServerConfig.MEMORY_LIMIT;
      case "--host" -> ServerConfig.HOST;
      case "--port" -> ServerConfig.PORT;
      case "--http-port" -> ServerConfig.HTTP_PORT;
      case "--to" -> TO;
      default -> null;
    };
  }
}
