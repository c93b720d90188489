package io.quarkgres.engine.function.textsearch;

/** The kinds of tokens (manual, table 12.1), named by what they hold. */
enum TokenType {
  /** ASCII letters only. */
  ASCII_WORD(true),
  /** Letters. */
  WORD(true),
  /** Letters and digits. */
  NUMBER_WORD(false),
  EMAIL(false),
  URL(false),
  HOST(false),
  /** A number with an exponent. */
  SCIENTIFIC(false),
  VERSION(false),
  /** A part of a hyphenated word. */
  NUMBER_PART(false),
  WORD_PART(true),
  ASCII_PART(true),
  TAG(false),
  PROTOCOL(false),
  /** A whole hyphenated word. */
  NUMBER_HYPHENATED(false),
  ASCII_HYPHENATED(true),
  HYPHENATED(true),
  URL_PATH(false),
  FILE(false),
  DECIMAL(false),
  SIGNED(false),
  UNSIGNED(false),
  ENTITY(false);

  private final boolean isWord;

  TokenType(boolean isWord) {
    this.isWord = isWord;
  }

  /** Tells whether a language's dictionary is asked; other tokens are taken as they are. */
  boolean isWord() {
    return isWord;
  }

  /** Tells whether tokens of the kind are searched for at all. */
  boolean isIndexed() {
    return this != TAG && this != PROTOCOL && this != ENTITY;
  }
}
