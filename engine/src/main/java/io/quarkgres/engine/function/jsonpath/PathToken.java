package io.quarkgres.engine.function.jsonpath;

/**
 * A token of a path. Thread: any.
 *
 * @param kind what it is
 * @param text a name or string without quotes and escapes, a number or a symbol as it stands
 * @param near what an error that this token causes shows; empty at the end of the text
 */
record PathToken(Kind kind, String text, String near) {
  /** What a token is. */
  enum Kind {
    /** A name without quotes, which may be a word of the language. */
    NAME,
    /** A string in quotes. */
    STRING,
    /** {@code $name}. */
    VARIABLE,
    /** A number without point and exponent. */
    INTEGER,
    /** Any other number. */
    NUMBER,
    /** An operator or bracket. */
    SYMBOL,
    /** The end of the text. */
    END
  }

  boolean is(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  /** Tells whether it is a word of the language, in any case of letters. */
  boolean isWord(String word) {
    return kind == Kind.NAME && text.equalsIgnoreCase(word);
  }

  /** Tells whether it is one of the words that are written in small letters only. */
  boolean isExactly(String word) {
    return kind == Kind.NAME && text.equals(word);
  }
}
