package io.quarkgres.engine.parse.lex;

/** The classes of characters that tokens are made of (manual, section 4.1). Thread: any. */
public final class Characters {
  private Characters() {}

  public static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
  }

  public static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  public static boolean isIdentifierStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
  }

  public static boolean isIdentifierPart(char c) {
    return isIdentifierStart(c) || isDigit(c) || c == '$';
  }

  static boolean isOperatorPart(char c) {
    return switch (c) {
      case '~', '!', '@', '#', '^', '&', '|', '`', '?', '+', '-', '*', '/', '%', '<', '>', '=' ->
          true;
      default -> false;
    };
  }

  /** Returns where the characters of an identifier end that begin before {@code from}. */
  static int identifierEnd(String sql, int from) {
    int end = from;
    while (end < sql.length() && isIdentifierPart(sql.charAt(end))) {
      end++;
    }
    return end;
  }

  /** Returns where the digits end that begin at {@code from}. */
  static int digitsEnd(String sql, int from) {
    int end = from;
    while (end < sql.length() && isDigit(sql.charAt(end))) {
      end++;
    }
    return end;
  }
}
