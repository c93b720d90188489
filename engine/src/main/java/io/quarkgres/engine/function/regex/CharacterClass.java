package io.quarkgres.engine.function.regex;

import java.util.Locale;

/** The named character classes. Digits are ASCII only, as in the C library. Thread: any. */
enum CharacterClass {
  ALNUM,
  ALPHA,
  ASCII,
  BLANK,
  CNTRL,
  DIGIT,
  GRAPH,
  LOWER,
  PRINT,
  PUNCT,
  SPACE,
  UPPER,
  XDIGIT,
  WORD;

  /** Returns the class of a name such as {@code alpha}, or {@code null}. */
  static CharacterClass of(String name) {
    for (CharacterClass listed : values()) {
      if (listed.name().toLowerCase(Locale.ROOT).equals(name)) {
        return listed;
      }
    }
    return null;
  }

  boolean contains(int c) {
    return switch (this) {
      case ALNUM -> Character.isLetterOrDigit(c);
      case ALPHA -> Character.isLetter(c) || c > 127 && Character.isDigit(c);
      case ASCII -> c < 128;
      case BLANK -> c == ' ' || c == '\t' || c > 127 && isUnicodeBlank(c);
      case CNTRL -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029;
      case DIGIT -> c >= '0' && c <= '9';
      case GRAPH -> isPrinted(c) && !isSpace(c);
      case LOWER -> Character.isLowerCase(c);
      case PRINT -> isPrinted(c);
      case PUNCT -> isPrinted(c) && !isSpace(c) && !Character.isLetterOrDigit(c);
      case SPACE -> isSpace(c);
      case UPPER -> Character.isUpperCase(c);
      case XDIGIT -> c < 128 && Character.digit(c, 16) >= 0;
      case WORD -> c == '_' || Character.isLetterOrDigit(c);
    };
  }

  private static boolean isPrinted(int c) {
    return c >= ' ' && !Character.isISOControl(c) && Character.isDefined(c);
  }

  private static boolean isSpace(int c) {
    return c == ' '
        || c >= '\t' && c <= '\r'
        || c > 127 && (isUnicodeBlank(c) || c == 0x2028 || c == 0x2029);
  }

  /** Blanks at which a line may break. */
  private static boolean isUnicodeBlank(int c) {
    return Character.getType(c) == Character.SPACE_SEPARATOR
        && c != 0xa0
        && c != 0x2007
        && c != 0x202f;
  }
}
