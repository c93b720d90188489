package io.quarkgres.engine.session.setting;

import io.quarkgres.engine.ast.Option;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.Locale;

/** Reads the values of options in parentheses. Thread: any. */
public final class OptionValues {
  private OptionValues() {}

  /** Returns a truth value, true when none is given; raises 42601 for anything else. */
  public static boolean bool(Option option) {
    return bool(option, "a Boolean value");
  }

  /** Likewise, with words of its own for what is wanted. */
  public static boolean bool(Option option, String wanted) {
    String value = option.value() == null ? "true" : option.value().toLowerCase(Locale.ROOT);
    return switch (value) {
      case "true", "on", "1" -> true;
      case "false", "off", "0" -> false;
      default ->
          throw new SqlException(SqlState.SYNTAX_ERROR, option.name() + " requires " + wanted);
    };
  }
}
