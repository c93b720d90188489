package io.quarkgres.engine.session;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads a list of names such as the value of {@code search_path}. Thread: any. */
final class IdentifierList {
  private IdentifierList() {}

  /** Returns the names: quoted ones as they are, others in lower case. */
  static List<String> parse(String text) {
    List<String> result = new ArrayList<>();
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (Character.isWhitespace(c) || c == ',') {
        i++;
      } else if (c == '"') {
        StringBuilder name = new StringBuilder();
        i++;
        while (i < text.length() && (text.charAt(i) != '"' || isDoubled(text, i))) {
          if (text.charAt(i) == '"') {
            i++;
          }
          name.append(text.charAt(i++));
        }
        if (i >= text.length()) {
          throw new SqlException(SqlState.INVALID_PARAMETER_VALUE, "List syntax is invalid.");
        }
        i++;
        result.add(name.toString());
      } else {
        int start = i;
        while (i < text.length() && text.charAt(i) != ',') {
          i++;
        }
        result.add(text.substring(start, i).trim().toLowerCase(Locale.ROOT));
      }
    }
    return result;
  }

  private static boolean isDoubled(String text, int quote) {
    return quote + 1 < text.length() && text.charAt(quote + 1) == '"';
  }
}
