package io.quarkgres.server;

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

  /** Print the usage text and do nothing else. */
  record Help() implements ServerOptions {}

  /** Print this message and the usage text, and fail. */
  record Wrong(String message) implements ServerOptions {}

  /**
   * Reads the arguments as the launcher passes them on, both {@code --port 1} and {@code --port=1}.
   */
  static ServerOptions parse(String... arguments) {
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
      String key =
          switch (name) {
            case "--data" -> ServerConfig.DATA;
            case "--host" -> ServerConfig.HOST;
            case "--port" -> ServerConfig.PORT;
            case "--http-port" -> ServerConfig.HTTP_PORT;
            default -> null;
          };
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
}
