package io.quarkgres.server;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/**
 * The settings of one server, checked. Thread: any.
 *
 * @param data where the data is kept; empty for data in memory
 * @param fsync whether commits wait until the disk has them
 * @param archiveCommand what is given each complete segment of the log; empty for nothing
 * @param memoryLimit how many bytes of memory data may take; empty for a part of the heap
 * @param host the address to listen on
 * @param port the port for PostgreSQL clients; 0 for any free one
 * @param httpHost the address that HTTP listens on
 * @param httpPort the port for health and metrics; 0 for any free one
 * @param connectionsMax the most clients at a time
 * @param authenticationSeconds how long a client may take until it has a session
 * @param given PostgreSQL's names of the settings that somebody has chosen for this start, which
 *     win over those of ALTER SYSTEM
 */
record ServerConfig(
    Optional<Path> data,
    boolean fsync,
    Optional<String> archiveCommand,
    OptionalLong memoryLimit,
    String host,
    int port,
    String httpHost,
    int httpPort,
    int connectionsMax,
    int authenticationSeconds,
    Set<String> given) {

  static final String STORAGE = "quarkgres.storage";
  static final String DATA = "quarkgres.data";
  static final String FSYNC = "quarkgres.fsync";
  static final String ARCHIVE_COMMAND = "quarkgres.archive-command";
  static final String MEMORY_LIMIT = "quarkgres.memory-limit";
  static final String HOST = "quarkgres.host";
  static final String PORT = "quarkgres.port";
  static final String HTTP_PORT = "quarkgres.http-port";
  static final String CONNECTIONS_MAX = "quarkgres.max-connections";
  static final String AUTHENTICATION_SECONDS = "quarkgres.authentication-timeout";

  /** Value of {@link #STORAGE}: data lives as long as the process. */
  static final String MEMORY = "memory";

  /** Value of {@link #STORAGE}: data lives in the directory {@link #DATA}. */
  static final String DISK = "disk";

  private static final int PORT_MAX = 65_535;
  private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,5}) ?(kB|MB|GB|TB)");

  /** Of the values that the server is built with; those of files and variables have higher ones. */
  private static final int BUILT_IN_ORDINAL = 250;

  /** PostgreSQL's bounds of the settings of the same names. */
  private static final int CONNECTIONS_LIMIT = 262_143;

  private static final int AUTHENTICATION_SECONDS_LIMIT = 600;

  /** Reads and checks the settings; an {@link ConfigurationException} says which is wrong. */
  static ServerConfig of(Config config) {
    return new ServerConfig(
        data(config),
        isOn(config, FSYNC),
        config.getOptionalValue(ARCHIVE_COMMAND, String.class),
        config
            .getOptionalValue(MEMORY_LIMIT, String.class)
            .map(size -> OptionalLong.of(bytes(MEMORY_LIMIT, size)))
            .orElseGet(OptionalLong::empty),
        config.getValue(HOST, String.class),
        port(PORT, config.getValue(PORT, String.class)),
        config.getValue("quarkus.http.host", String.class),
        port(HTTP_PORT, config.getValue("quarkus.http.port", String.class)),
        number(config, CONNECTIONS_MAX, CONNECTIONS_LIMIT),
        number(config, AUTHENTICATION_SECONDS, AUTHENTICATION_SECONDS_LIMIT),
        given(config));
  }

  private static Set<String> given(Config config) {
    Set<String> result = new HashSet<>();
    if (config.getOptionalValue(ARCHIVE_COMMAND, String.class).isPresent()) {
      result.add("archive_command");
      result.add("archive_mode");
    }
    if (config.getConfigValue(CONNECTIONS_MAX).getSourceOrdinal() > BUILT_IN_ORDINAL) {
      result.add("max_connections");
    }
    return result;
  }

  private static Optional<Path> data(Config config) {
    String storage = config.getValue(STORAGE, String.class);
    Optional<String> directory = config.getOptionalValue(DATA, String.class);
    return switch (storage) {
      case MEMORY -> {
        if (directory.isPresent()) {
          throw new ConfigurationException(
              DATA + " is set, but " + STORAGE + " is \"" + MEMORY + "\": choose one of the two");
        }
        yield Optional.empty();
      }
      case DISK -> Optional.of(directory.map(Path::of).orElseGet(ServerConfig::defaultData));
      default ->
          throw new ConfigurationException(
              STORAGE
                  + " is \""
                  + storage
                  + "\", but must be \""
                  + MEMORY
                  + "\" or \""
                  + DISK
                  + "\"");
    };
  }

  /** Where the data is kept if nobody says where: in the home directory. */
  static Path defaultData() {
    return Path.of(System.getProperty("user.home"), ".quarkgres", "data");
  }

  /** Reads a size with PostgreSQL's units. */
  private static long bytes(String key, String size) {
    Matcher parts = SIZE.matcher(size);
    if (!parts.matches()) {
      throw new ConfigurationException(
          key + " is \"" + size + "\", but must be a number of kB, MB, GB or TB, such as 512MB");
    }
    int shift =
        switch (parts.group(2)) {
          case "kB" -> 10;
          case "MB" -> 20;
          case "GB" -> 30;
          case "TB" -> 40;
          default -> throw new IllegalStateException(size);
        };
    return Long.parseLong(parts.group(1)) << shift;
  }

  private static boolean isOn(Config config, String key) {
    String value = config.getValue(key, String.class);
    return switch (value) {
      case "on" -> true;
      case "off" -> false;
      default ->
          throw new ConfigurationException(
              key + " is \"" + value + "\", but must be \"on\" or \"off\"");
    };
  }

  private static int number(Config config, String key, int limit) {
    String value = config.getValue(key, String.class);
    if (value.matches("[1-9][0-9]{0,6}") && Integer.parseInt(value) <= limit) {
      return Integer.parseInt(value);
    }
    throw new ConfigurationException(
        key + " is \"" + value + "\", but must be a number from 1 to " + limit);
  }

  private static int port(String key, String value) {
    if (value.matches("[0-9]{1,5}") && Integer.parseInt(value) <= PORT_MAX) {
      return Integer.parseInt(value);
    }
    throw new ConfigurationException(
        key + " is \"" + value + "\", but must be a port number from 0 to " + PORT_MAX);
  }
}
