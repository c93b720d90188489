package io.quarkgres.engine.session;

import io.quarkgres.engine.ast.Option;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Checks the options of CREATE DATABASE: those that say what is so anyway pass. Thread: any. */
final class DatabaseOptions {
  private static final Set<String> TEMPLATES = Set.of("template0", "template1");

  private DatabaseOptions() {}

  static void check(List<Option> options) {
    for (Option option : options) {
      String value = option.value();
      boolean isFine =
          value == null
              || switch (option.name().toLowerCase(Locale.ROOT)) {
                case "owner" -> value.equals(Roles.SUPERUSER);
                case "template" -> TEMPLATES.contains(value);
                case "encoding" -> isUtf8(value);
                case "lc_collate", "lc_ctype", "locale" ->
                    value.equals("C") || value.equals("C.UTF-8") || value.equals("POSIX");
                case "connection_limit", "connection limit" -> value.equals("-1");
                case "allow_connections" -> value.equals("true");
                case "is_template" -> value.equals("false");
                default -> false;
              };
      if (!isFine) {
        throw new SqlException(
            SqlState.FEATURE_NOT_SUPPORTED,
            "CREATE DATABASE with "
                + option.name().toUpperCase(Locale.ROOT)
                + " = "
                + value
                + " is not supported yet");
      }
    }
  }

  private static boolean isUtf8(String value) {
    String plain = value.toUpperCase(Locale.ROOT).replace("-", "");
    return plain.equals("UTF8") || plain.equals("UNICODE") || plain.equals("6");
  }
}
