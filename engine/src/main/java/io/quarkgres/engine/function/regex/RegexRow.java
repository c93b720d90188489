package io.quarkgres.engine.function.regex;

import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/** One row's text and expression, ready to be searched. One use; one thread. */
final class RegexRow {
  private final CodePoints text = new CodePoints();
  private final Regex regex;
  private final Regex.Matcher matcher;

  RegexRow(Row r, RegexOptions options) {
    regex = Regex.of(r.text(1), options);
    matcher = regex.matcher(r.context().interruption());
    text.decode(r.heap(0), r.start(0), r.length(0));
    matcher.setText(text.points(), text.length());
  }

  CodePoints text() {
    return text;
  }

  int groupCount() {
    return regex.groupCount();
  }

  Regex.Matcher matcher() {
    return matcher;
  }

  /** Finds the first match that starts from a place on; beyond the end there is none. */
  boolean find(int from) {
    return from <= text.length() && matcher.find(from);
  }

  int start() {
    return matcher.start(0);
  }

  int end() {
    return matcher.end(0);
  }

  /** Returns where to look for the match after this one. */
  int following() {
    return end() > start() ? end() : end() + 1;
  }

  /** Raises 22023 unless a parameter is at least {@code min}. */
  static int checked(String parameter, int value, int min) {
    if (value < min) {
      throw invalid(parameter, value);
    }
    return value;
  }

  static SqlException invalid(String parameter, int value) {
    return new SqlException(
        SqlState.INVALID_PARAMETER_VALUE,
        "invalid value for parameter \"" + parameter + "\": " + value);
  }
}
