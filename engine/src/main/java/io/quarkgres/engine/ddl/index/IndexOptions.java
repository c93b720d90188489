package io.quarkgres.engine.ddl.index;

import io.quarkgres.engine.ast.Option;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The storage parameters of the index methods that check none themselves: names and ranges. None of
 * them changes a result. Thread: any.
 */
public final class IndexOptions {
  private static final Set<String> BOOLEANS =
      Set.of("true", "false", "on", "off", "yes", "no", "1", "0", "t", "f", "y", "n");

  private IndexOptions() {}

  /** Raises 22023 for a parameter that is given twice. */
  public static void requireDistinct(List<Option> options) {
    Set<String> names = new HashSet<>();
    for (Option option : options) {
      String name = option.name().toLowerCase(Locale.ROOT);
      if (!names.add(option.namespace() == null ? name : option.namespace() + "." + name)) {
        throw invalid("parameter \"" + name + "\" specified more than once");
      }
    }
  }

  /** Raises 22023 for a parameter that the method does not know, or a value it does not take. */
  public static void check(String method, Map<String, String> options) {
    options.forEach((name, value) -> check(method, name, value));
  }

  private static void check(String method, String name, String value) {
    switch (method + " " + name) {
      case "btree fillfactor", "hash fillfactor", "gist fillfactor", "spgist fillfactor" ->
          integer(name, value, 10, 100);
      case "btree deduplicate_items", "gin fastupdate", "brin autosummarize" -> bool(name, value);
      case "gin gin_pending_list_limit" -> integer(name, value, 64, Integer.MAX_VALUE);
      case "brin pages_per_range" -> integer(name, value, 1, 131_072);
      case "ivfflat lists" -> integer(name, value, 1, 32_768);
      case "gist buffering" -> buffering(name, value);
      default -> throw invalid("unrecognized parameter \"" + name + "\"");
    }
  }

  private static void integer(String name, String text, int minimum, int maximum) {
    double value;
    try {
      // PostgreSQL rounds a fraction to the nearest whole number.
      value = Math.rint(Double.parseDouble(text.strip()));
    } catch (NumberFormatException e) {
      value = Double.NaN;
    }
    if (!(Math.abs(value) <= Integer.MAX_VALUE)) {
      throw invalid("invalid value for integer option \"" + name + "\": " + text);
    }
    if (!(value >= minimum && value <= maximum)) {
      throw invalid("value " + text + " out of bounds for option \"" + name + "\"")
          .withDetail("Valid values are between \"" + minimum + "\" and \"" + maximum + "\".");
    }
  }

  private static void bool(String name, String text) {
    if (!BOOLEANS.contains(text.toLowerCase(Locale.ROOT))) {
      throw invalid("invalid value for boolean option \"" + name + "\": " + text);
    }
  }

  private static void buffering(String name, String text) {
    if (!Set.of("on", "off", "auto").contains(text.toLowerCase(Locale.ROOT))) {
      throw invalid("invalid value for enum option \"" + name + "\": " + text)
          .withDetail("Valid values are \"on\", \"off\", and \"auto\".");
    }
  }

  private static SqlException invalid(String message) {
    return new SqlException(SqlState.INVALID_PARAMETER_VALUE, message);
  }
}
