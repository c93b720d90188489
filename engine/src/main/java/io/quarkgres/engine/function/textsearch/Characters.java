package io.quarkgres.engine.function.textsearch;

/** What the tokens of a text consist of: code points by class. Thread: any. */
final class Characters {
  /** Stands behind the last character. */
  static final int END = -1;

  private Characters() {}

  static boolean isAsciiLetter(int c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  static boolean isAsciiAlphanumeric(int c) {
    return isAsciiLetter(c) || isDigit(c);
  }

  /** Letters of any script, and what belongs to them without being one, such as vowel signs. */
  static boolean isLetter(int c) {
    if (c < 0x80) {
      return isAsciiLetter(c);
    }
    return switch (Character.getType(c)) {
      case Character.UPPERCASE_LETTER,
          Character.LOWERCASE_LETTER,
          Character.TITLECASE_LETTER,
          Character.MODIFIER_LETTER,
          Character.OTHER_LETTER,
          Character.LETTER_NUMBER,
          Character.DECIMAL_DIGIT_NUMBER,
          Character.NON_SPACING_MARK,
          Character.COMBINING_SPACING_MARK,
          Character.ENCLOSING_MARK ->
          true;
      default -> false;
    };
  }

  static boolean isSpace(int c) {
    return c == ' ' || c >= '\t' && c <= '\r' || c > 0x7f && Character.isWhitespace(c);
  }

  static boolean isHex(int c) {
    return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
  }

  /** What the path of an address may consist of. */
  static boolean isUrl(int c) {
    return c > ' ' && c < 0x7f && "\"<>\\^`{|}".indexOf(c) < 0;
  }
}
