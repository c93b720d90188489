package io.quarkgres.it.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Constants in a statement that become `$1`, `$2` in the extended protocol and literals in the
/// simple one. The same constant becomes the same parameter, so that expressions stay equal.
///
/// @param sql the statement with `$n`
/// @param values the text of each parameter
record Parameters(String sql, List<String> values) {
  private static final Pattern MARK = Pattern.compile("⟦([^§]*)§([^⟧]*)⟧");

  static String mark(String text, String type) {
    return "⟦" + text + "§" + type + "⟧";
  }

  /// The statement with all marked constants as literals.
  static String literal(String sql) {
    return MARK.matcher(sql)
        .replaceAll(match ->
            Matcher.quoteReplacement(
                "'" + match.group(1).replace("'", "''") + "'::" + match.group(2)));
  }

  /// The statement with all marked constants as parameters.
  static Parameters of(String sql) {
    List<String> marks = new ArrayList<>();
    List<String> values = new ArrayList<>();
    String text =
        MARK.matcher(sql)
            .replaceAll(match -> {
              int at = marks.indexOf(match.group());
              if (at < 0) {
                at = marks.size();
                marks.add(match.group());
                values.add(match.group(1));
              }
              return Matcher.quoteReplacement("$" + (at + 1) + "::" + match.group(2));
            });
    return new Parameters(text, values);
  }
}
