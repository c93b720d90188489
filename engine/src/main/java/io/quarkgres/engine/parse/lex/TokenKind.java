package io.quarkgres.engine.parse.lex;

/** The kinds of tokens; those with a symbol of their own have precedence of their own. */
public enum TokenKind {
  END,
  /** The text cannot be read further; reaching this token raises the lexer's error. */
  ERROR,
  IDENTIFIER,
  KEYWORD,
  STRING,
  BIT_STRING,
  HEX_STRING,
  INTEGER,
  DECIMAL,
  PARAMETER,
  /** Any operator without a kind of its own. */
  OPERATOR,
  LESS,
  GREATER,
  EQUAL,
  LESS_EQUAL,
  GREATER_EQUAL,
  NOT_EQUAL,
  PLUS,
  MINUS,
  STAR,
  SLASH,
  PERCENT,
  CARET,
  LEFT_PAREN,
  RIGHT_PAREN,
  LEFT_BRACKET,
  RIGHT_BRACKET,
  COMMA,
  SEMICOLON,
  DOT,
  DOT_DOT,
  COLON,
  COLON_EQUAL,
  ARROW,
  TYPE_CAST,
  /** A character that begins no token, such as a backslash. */
  OTHER;

  /** Returns whether the kind is an operator, with its symbol as value. */
  public boolean isOperator() {
    return compareTo(OPERATOR) >= 0 && compareTo(CARET) <= 0;
  }
}
