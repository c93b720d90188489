package io.quarkgres.engine.parse.lex;

/** How operators are read: how far one goes, and which are tokens of their own. Thread: any. */
final class Operators {
  private Operators() {}

  /** Returns where the operator ends that starts at {@code start}. */
  static int end(String sql, int start) {
    int end = start;
    while (end < sql.length()
        && Characters.isOperatorPart(sql.charAt(end))
        && !startsComment(sql, end)) {
      end++;
    }
    // A trailing + or - belongs to what follows, unless a character no SQL operator has is there.
    if (end - start > 1 && !hasUnusualChar(sql, start, end)) {
      while (end - start > 1 && (sql.charAt(end - 1) == '+' || sql.charAt(end - 1) == '-')) {
        end--;
      }
    }
    return end;
  }

  private static boolean startsComment(String sql, int from) {
    return sql.startsWith("--", from) || sql.startsWith("/*", from);
  }

  private static boolean hasUnusualChar(String sql, int start, int end) {
    for (int i = start; i < end; i++) {
      if ("~!@#^&|`?%".indexOf(sql.charAt(i)) >= 0) {
        return true;
      }
    }
    return false;
  }

  /** Adds the operator {@code sql[start, end)} to tokens. */
  static void add(Tokens tokens, String sql, int start, int end) {
    int size = end - start;
    char first = sql.charAt(start);
    char second = size == 2 ? sql.charAt(start + 1) : 0;
    if (size == 1) {
      String symbol = String.valueOf(first).intern();
      tokens.add(single(first), start, end, symbol);
    } else if (first == '=' && second == '>') {
      tokens.add(TokenKind.ARROW, start, end, null);
    } else if (first == '<' && second == '=') {
      tokens.add(TokenKind.LESS_EQUAL, start, end, "<=");
    } else if (first == '>' && second == '=') {
      tokens.add(TokenKind.GREATER_EQUAL, start, end, ">=");
    } else if ((first == '<' && second == '>') || (first == '!' && second == '=')) {
      tokens.add(TokenKind.NOT_EQUAL, start, end, "<>");
    } else {
      tokens.add(TokenKind.OPERATOR, start, end, sql.substring(start, end));
    }
  }

  private static TokenKind single(char c) {
    return switch (c) {
      case '<' -> TokenKind.LESS;
      case '>' -> TokenKind.GREATER;
      case '=' -> TokenKind.EQUAL;
      case '+' -> TokenKind.PLUS;
      case '-' -> TokenKind.MINUS;
      case '*' -> TokenKind.STAR;
      case '/' -> TokenKind.SLASH;
      case '%' -> TokenKind.PERCENT;
      case '^' -> TokenKind.CARET;
      default -> TokenKind.OPERATOR;
    };
  }
}
