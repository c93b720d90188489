package io.quarkgres.engine.parse;

/**
 * The warning for a plain string literal with a backslash while {@code standard_conforming_strings}
 * is off.
 *
 * @param position the literal's offset in the query string
 */
public record BackslashWarning(String message, String hint, int position) {
  static BackslashWarning of(char escaped, int position) {
    return switch (escaped) {
      case '\'' ->
          new BackslashWarning(
              "nonstandard use of \\' in a string literal",
              "Use '' to write quotes in strings, or use the escape string syntax (E'...').",
              position);
      case '\\' ->
          new BackslashWarning(
              "nonstandard use of \\\\ in a string literal",
              "Use the escape string syntax for backslashes, e.g., E'\\\\'.",
              position);
      default ->
          new BackslashWarning(
              "nonstandard use of escape in a string literal",
              "Use the escape string syntax for escapes, e.g., E'\\r\\n'.",
              position);
    };
  }
}
