package io.quarkgres.engine.function.regex;

import java.util.Map;

/** Reads a bracket expression. One use; one thread. */
final class BracketParser {
  private static final Map<String, Integer> NAMES =
      Map.ofEntries(
          Map.entry("NUL", 0),
          Map.entry("alert", 7),
          Map.entry("backspace", 8),
          Map.entry("tab", 9),
          Map.entry("newline", 10),
          Map.entry("vertical-tab", 11),
          Map.entry("form-feed", 12),
          Map.entry("carriage-return", 13),
          Map.entry("space", 32),
          Map.entry("hyphen", (int) '-'),
          Map.entry("period", (int) '.'),
          Map.entry("slash", (int) '/'),
          Map.entry("backslash", (int) '\\'),
          Map.entry("left-square-bracket", (int) '['),
          Map.entry("right-square-bracket", (int) ']'),
          Map.entry("circumflex", (int) '^'),
          Map.entry("underscore", (int) '_'));

  /** Stands for a class where a character could begin a range. */
  private static final int NO_CHARACTER = -1;

  private final int[] text;
  private final RegexOptions options;
  private final CharacterSet.Builder set;
  private int at;

  BracketParser(int[] text, int at, RegexOptions options) {
    this.text = text;
    this.at = at + 1;
    this.options = options;
    this.set = new CharacterSet.Builder(options.ignoresCase());
  }

  /** Returns the place behind the closing bracket. */
  int end() {
    return at;
  }

  private boolean peek(int ahead, int c) {
    return at + ahead < text.length && text[at + ahead] == c;
  }

  CharacterSet parse() {
    boolean isNegated = peek(0, '^');
    at += isNegated ? 1 : 0;
    boolean isFirst = true;
    while (isFirst || !peek(0, ']')) {
      if (at >= text.length) {
        throw RegexErrors.brackets();
      }
      member();
      isFirst = false;
    }
    at++;
    return set.build(isNegated, isNegated && options.dotExcludesNewline());
  }

  private void member() {
    int from = element();
    if (from == NO_CHARACTER) {
      if (peek(0, '-') && !peek(1, ']') && at + 1 < text.length) {
        throw RegexErrors.invalid("invalid character range");
      }
      return;
    }
    int to = from;
    if (peek(0, '-') && !peek(1, ']')) {
      at++;
      if (at >= text.length) {
        throw RegexErrors.brackets();
      }
      to = element();
      if (to == NO_CHARACTER || to < from) {
        throw RegexErrors.invalid("invalid character range");
      }
    }
    set.add(from, to);
  }

  /** Reads one character and returns it, or adds a class and returns {@link #NO_CHARACTER}. */
  private int element() {
    int c = text[at];
    if (c == '[' && (peek(1, ':') || peek(1, '.') || peek(1, '='))) {
      return named(text[at + 1]);
    }
    if (c != '\\') {
      at++;
      return c;
    }
    if (at + 1 >= text.length) {
      throw RegexErrors.escape();
    }
    CharacterClass listed = RegexEscapes.characterClass(text[at + 1]);
    if (listed != null) {
      set.add(listed, text[at + 1] < 'a');
      at += 2;
      return NO_CHARACTER;
    }
    RegexEscapes escapes = new RegexEscapes(text, at);
    int result = escapes.character();
    at = escapes.end();
    return result;
  }

  private int named(int kind) {
    int start = at + 2;
    int end = start;
    while (end + 1 < text.length && !(text[end] == kind && text[end + 1] == ']')) {
      end++;
    }
    if (end + 1 >= text.length) {
      throw RegexErrors.brackets();
    }
    String name = new String(text, start, end - start);
    at = end + 2;
    if (kind == ':') {
      CharacterClass listed = CharacterClass.of(name);
      if (listed == null) {
        throw RegexErrors.invalid("invalid character class");
      }
      boolean isCased = listed == CharacterClass.LOWER || listed == CharacterClass.UPPER;
      set.add(isCased && options.ignoresCase() ? CharacterClass.ALPHA : listed, false);
      return NO_CHARACTER;
    }
    if (end - start == 1) {
      return text[start];
    }
    Integer character = NAMES.get(name);
    if (character == null) {
      throw RegexErrors.invalid("invalid collating element");
    }
    return character;
  }
}
