package io.quarkgres.engine.session;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.Map;

/** What a client asks of a connection by the parameter {@code replication}. Thread: any. */
enum ReplicationMode {
  /** An ordinary connection. */
  NONE,
  /** Commands of replication only, without a database. */
  PHYSICAL,
  /** Commands of replication, and SQL in a database. */
  DATABASE;

  /** Reads the startup parameters; raises 22023. */
  static ReplicationMode of(Map<String, String> parameters) {
    String value = parameters.getOrDefault("replication", "false");
    return switch (value) {
      case "database" -> DATABASE;
      case "true", "on", "yes", "1" -> PHYSICAL;
      case "false", "off", "no", "0" -> NONE;
      default ->
          throw new SqlException(
                  SqlState.INVALID_PARAMETER_VALUE,
                  "invalid value for parameter \"replication\": \"" + value + "\"")
              .withHint("Valid values are: \"false\", 0, \"true\", 1, \"database\".");
    };
  }
}
