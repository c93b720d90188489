package io.quarkgres.engine.function.regex;

import io.quarkgres.engine.function.regex.RegexNode.Place;

/** Reads a backslash and what belongs to it. One use; one thread. */
final class RegexEscapes {
  private static final int CONTROL_MASK = 0x1f;

  private final int[] text;
  private int at;

  RegexEscapes(int[] text, int at) {
    this.text = text;
    this.at = at + 1;
  }

  /** Returns the place behind what was read. */
  int end() {
    return at;
  }

  /** Returns the place that a letter behind a backslash asserts, or {@code null}. */
  static Place place(int letter) {
    return switch (letter) {
      case 'A' -> Place.TEXT_START;
      case 'Z' -> Place.TEXT_END;
      case 'm' -> Place.WORD_START;
      case 'M' -> Place.WORD_END;
      case 'y' -> Place.WORD_EDGE;
      case 'Y' -> Place.NO_WORD_EDGE;
      default -> null;
    };
  }

  /** Returns the class that a letter behind a backslash stands for, negated by a capital. */
  static CharacterClass characterClass(int letter) {
    return switch (letter) {
      case 'd', 'D' -> CharacterClass.DIGIT;
      case 's', 'S' -> CharacterClass.SPACE;
      case 'w', 'W' -> CharacterClass.WORD;
      default -> null;
    };
  }

  /** Reads the character that an escape stands for. */
  int character() {
    if (at >= text.length) {
      throw RegexErrors.escape();
    }
    int c = text[at++];
    boolean isAlphanumeric = c < 128 && Character.isLetterOrDigit(c);
    if (!isAlphanumeric) {
      return c;
    }
    return switch (c) {
      case 'a' -> 7;
      case 'b' -> '\b';
      case 'B' -> '\\';
      case 'c' -> control();
      case 'e' -> 27;
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> 11;
      case 'u' -> hex(4, 4);
      case 'U' -> hex(8, 8);
      case 'x' -> hex(1, 255);
      case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> octal(c);
      default -> throw RegexErrors.escape();
    };
  }

  private int control() {
    if (at >= text.length) {
      throw RegexErrors.escape();
    }
    return text[at++] & CONTROL_MASK;
  }

  private int hex(int min, int max) {
    int value = 0;
    int n = 0;
    while (n < max && at < text.length && Character.digit(text[at], 16) >= 0) {
      value = value << 4 | Character.digit(text[at++], 16);
      n++;
    }
    if (n < min || value < 0 || value > Character.MAX_CODE_POINT) {
      throw RegexErrors.escape();
    }
    return value;
  }

  private int octal(int first) {
    int value = first - '0';
    if (value > 7) {
      throw RegexErrors.escape();
    }
    for (int n = 1; n < 3 && at < text.length && text[at] >= '0' && text[at] <= '7'; n++) {
      value = value << 3 | text[at++] - '0';
    }
    return value;
  }
}
