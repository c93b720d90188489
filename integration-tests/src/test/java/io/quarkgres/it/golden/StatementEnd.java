package io.quarkgres.it.golden;

/// Finds the `;` that ends a statement, past quotes and comments. Thread: any.
final class StatementEnd {
  private final String text;
  private int at;

  private StatementEnd(String text, int start) {
    this.text = text;
    this.at = start;
  }

  /// The index after the `;` that ends the statement at `start`, or the end of the text.
  static int find(String text, int start) {
    return new StatementEnd(text, start).scan();
  }

  private int scan() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == ';') {
        return at + 1;
      } else if (c == '\'') {
        skipQuoted('\'', isEscapeString());
      } else if (c == '"') {
        skipQuoted('"', false);
      } else if (text.startsWith("--", at)) {
        skipTo("\n");
      } else if (text.startsWith("/*", at)) {
        skipComment();
      } else if (c == '$' && !isIdentifierPart(at - 1)) {
        skipDollarQuoted();
      } else {
        at++;
      }
    }
    return text.length();
  }

  private boolean isEscapeString() {
    return at > 0
        && (text.charAt(at - 1) == 'E' || text.charAt(at - 1) == 'e')
        && !isIdentifierPart(at - 2);
  }

  private boolean isIdentifierPart(int index) {
    return index >= 0 && Character.isJavaIdentifierPart(text.charAt(index));
  }

  private void skipQuoted(char quote, boolean backslashes) {
    at++;
    while (at < text.length() && text.charAt(at) != quote) {
      at += backslashes && text.charAt(at) == '\\' ? 2 : 1;
    }
    at++;
  }

  private void skipTo(String end) {
    int found = text.indexOf(end, at);
    at = found < 0 ? text.length() : found + end.length();
  }

  private void skipComment() {
    int depth = 0;
    do {
      if (text.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else if (text.startsWith("*/", at)) {
        depth--;
        at += 2;
      } else {
        at++;
      }
    } while (depth > 0 && at < text.length());
  }

  private void skipDollarQuoted() {
    int end = at + 1;
    while (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
      end++;
    }
    boolean isQuote =
        end < text.length()
            && text.charAt(end) == '$'
            && (end == at + 1 || !Character.isDigit(text.charAt(at + 1)));
    if (!isQuote) {
      at = end;
      return;
    }
    String tag = text.substring(at, end + 1);
    at = end + 1;
    skipTo(tag);
  }
}
