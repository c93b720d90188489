package io.quarkgres.engine.function.regex;

import io.quarkgres.engine.function.regex.RegexNode.Place;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Reads an advanced regular expression. Recursive descent; one use, one thread. */
final class RegexParser {
  private static final int REPEAT_MAX = 255;
  private static final int DEPTH_MAX = 200;

  private final int[] text;
  private RegexOptions options;
  private int at;
  private int groups;
  private final BitSet closed = new BitSet();
  private int depth;
  private boolean hasBackReferences;

  RegexParser(String pattern, RegexOptions options) {
    this.text = pattern.codePoints().toArray();
    this.options = options;
  }

  /** What was read. */
  record Result(RegexNode root, int groups, boolean hasBackReferences, RegexOptions options) {}

  Result parse() {
    prefixes();
    RegexNode root = Rewriting.rewritten(options.isLiteral() ? literal() : alternatives());
    if (at < text.length) {
      throw RegexErrors.parentheses();
    }
    return new Result(root, groups, hasBackReferences, options);
  }

  /** Reads {@code ***=}, {@code ***:} and {@code (?letters)} at the start. */
  private void prefixes() {
    if (!options.isLiteral() && startsWith("***")) {
      at += 3;
      if (peek('=')) {
        at++;
        options = options.with('q');
      } else if (peek(':')) {
        at++;
      } else {
        throw RegexErrors.quantifier();
      }
    }
    if (options.isLiteral()
        || !startsWith("(?")
        || at + 2 >= text.length
        || !Character.isLetter(text[at + 2])) {
      return;
    }
    at += 2;
    while (at < text.length && text[at] != ')') {
      RegexOptions changed = text[at] < 128 ? options.with((char) text[at]) : null;
      if (changed == null) {
        throw RegexErrors.invalid("invalid embedded option");
      }
      options = changed;
      at++;
    }
    if (at == text.length) {
      throw RegexErrors.invalid("invalid embedded option");
    }
    at++;
  }

  private RegexNode literal() {
    List<RegexNode> parts = new ArrayList<>();
    while (at < text.length) {
      parts.add(character(text[at++]));
    }
    return new RegexNode.Sequence(parts);
  }

  private boolean startsWith(String wanted) {
    for (int i = 0; i < wanted.length(); i++) {
      if (at + i >= text.length || text[at + i] != wanted.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private boolean peek(int c) {
    return at < text.length && text[at] == c;
  }

  private boolean peekDigit(int ahead) {
    return at + ahead < text.length && text[at + ahead] >= '0' && text[at + ahead] <= '9';
  }

  /** Passes over comments, and over white space in expanded syntax. */
  private void skip() {
    while (at < text.length) {
      if (startsWith("(?#")) {
        while (at < text.length && text[at] != ')') {
          at++;
        }
        at = Math.min(text.length, at + 1);
      } else if (options.isExpanded() && CharacterClass.SPACE.contains(text[at])) {
        at++;
      } else if (options.isExpanded() && text[at] == '#') {
        while (at < text.length && text[at] != '\n') {
          at++;
        }
      } else {
        return;
      }
    }
  }

  private RegexNode alternatives() {
    if (++depth > DEPTH_MAX) {
      throw RegexErrors.tooComplex();
    }
    List<RegexNode> branches = new ArrayList<>();
    branches.add(branch());
    while (peek('|')) {
      at++;
      branches.add(branch());
    }
    depth--;
    return branches.size() == 1 ? branches.getFirst() : new RegexNode.Alternatives(branches);
  }

  private RegexNode branch() {
    List<RegexNode> parts = new ArrayList<>();
    skip();
    while (at < text.length && text[at] != '|' && text[at] != ')') {
      parts.add(quantified());
      skip();
    }
    return parts.isEmpty()
        ? new RegexNode.Empty()
        : parts.size() == 1 ? parts.getFirst() : new RegexNode.Sequence(parts);
  }

  /** Tells whether a group begins here that may be repeated, whatever is in it. */
  private boolean startsGroup() {
    boolean isLook =
        at + 2 < text.length && text[at + 1] == '?' && "=!<".indexOf(text[at + 2]) >= 0;
    return at < text.length && text[at] == '(' && !isLook;
  }

  private RegexNode quantified() {
    boolean isInGroup = startsGroup();
    RegexNode atom = atom();
    skip();
    if (at == text.length) {
      return atom;
    }
    Count count = count();
    if (count == null) {
      return atom;
    }
    boolean isGreedy = !peek('?');
    at += isGreedy ? 0 : 1;
    if (!isInGroup && (atom instanceof RegexNode.Assertion || atom instanceof RegexNode.Look)) {
      throw RegexErrors.quantifier();
    }
    skip();
    if (peek('*') || peek('+') || peek('?') || peek('{') && peekDigit(1)) {
      throw RegexErrors.quantifier();
    }
    RegexNode.Preference preference =
        isGreedy ? RegexNode.Preference.LONGER : RegexNode.Preference.SHORTER;
    return new RegexNode.Repeat(
        atom, count.min(), count.max(), count.isExact() ? RegexNode.Preference.NONE : preference);
  }

  /**
   * How often an atom is repeated.
   *
   * @param max the most, or -1 for any number
   * @param isExact whether one number says it, which leaves nothing to prefer
   */
  private record Count(int min, int max, boolean isExact) {}

  /** Reads a quantifier; {@code null} when there is none. */
  private Count count() {
    Count simple =
        switch (text[at]) {
          case '*' -> new Count(0, -1, false);
          case '+' -> new Count(1, -1, false);
          case '?' -> new Count(0, 1, false);
          default -> null;
        };
    if (simple != null) {
      at++;
      return simple;
    }
    return peek('{') && peekDigit(1) ? bounds() : null;
  }

  private Count bounds() {
    at++;
    int min = number();
    int max = min;
    boolean isExact = !peek(',');
    if (!isExact) {
      at++;
      max = peek('}') ? -1 : number();
    }
    if (!peek('}')) {
      throw RegexErrors.invalid(
          at == text.length ? "braces {} not balanced" : "invalid repetition count(s)");
    }
    at++;
    if (min > REPEAT_MAX || max > REPEAT_MAX || max >= 0 && min > max) {
      throw RegexErrors.invalid("invalid repetition count(s)");
    }
    return new Count(min, max, isExact);
  }

  private int number() {
    int value = 0;
    if (!peekDigit(0)) {
      throw RegexErrors.invalid("invalid repetition count(s)");
    }
    while (peekDigit(0) && value <= REPEAT_MAX) {
      value = value * 10 + text[at++] - '0';
    }
    return value;
  }

  private RegexNode atom() {
    int c = text[at];
    switch (c) {
      case '(' -> {
        return parenthesized();
      }
      case '[' -> {
        return bracket();
      }
      case '.' -> {
        at++;
        return new RegexNode.Characters(
            new CharacterSet.Builder(false).build(true, options.dotExcludesNewline()));
      }
      case '^' -> {
        at++;
        return new RegexNode.Assertion(
            options.anchorsAtLines() ? Place.LINE_START : Place.TEXT_START);
      }
      case '$' -> {
        at++;
        return new RegexNode.Assertion(options.anchorsAtLines() ? Place.LINE_END : Place.TEXT_END);
      }
      case '*', '+', '?' -> throw RegexErrors.quantifier();
      case '{' -> {
        if (peekDigit(1)) {
          throw RegexErrors.quantifier();
        }
        at++;
        return character(c);
      }
      case '\\' -> {
        return escape();
      }
      default -> {
        at++;
        return character(c);
      }
    }
  }

  private RegexNode character(int c) {
    return new RegexNode.Characters(
        new CharacterSet.Builder(options.ignoresCase()).add(c, c).build(false, false));
  }

  private RegexNode parenthesized() {
    at++;
    boolean isCaptured = !peek('?');
    boolean isLook = false;
    boolean isAhead = true;
    boolean isNegated = false;
    if (!isCaptured) {
      at++;
      if (peek('<')) {
        at++;
        isAhead = false;
        isLook = true;
      }
      if (peek('=') || peek('!')) {
        isLook = true;
        isNegated = peek('!');
      } else if (isLook || !peek(':')) {
        throw RegexErrors.quantifier();
      }
      at++;
    }
    int number = isCaptured ? ++groups : 0;
    int groupsBefore = groups;
    RegexNode part = alternatives();
    if (!peek(')')) {
      throw RegexErrors.parentheses();
    }
    at++;
    if (isLook) {
      if (groups > groupsBefore || hasBackReferences) {
        part = Rewriting.withoutGroups(part);
      }
      return new RegexNode.Look(part, isAhead, isNegated);
    }
    if (isCaptured) {
      closed.set(number);
    }
    return isCaptured ? new RegexNode.Group(part, number) : part;
  }

  private RegexNode bracket() {
    if (startsWith("[[:<:]]") || startsWith("[[:>:]]")) {
      boolean isStart = text[at + 3] == '<';
      at += 7;
      return new RegexNode.Assertion(isStart ? Place.WORD_START : Place.WORD_END);
    }
    BracketParser bracket = new BracketParser(text, at, options);
    RegexNode set = new RegexNode.Characters(bracket.parse());
    at = bracket.end();
    return set;
  }

  private RegexNode escape() {
    RegexEscapes escapes = new RegexEscapes(text, at);
    if (at + 1 >= text.length) {
      throw RegexErrors.escape();
    }
    int c = text[at + 1];
    Place place = RegexEscapes.place(c);
    if (place != null) {
      at += 2;
      return new RegexNode.Assertion(place);
    }
    CharacterClass listed = RegexEscapes.characterClass(c);
    if (listed != null) {
      at += 2;
      boolean isNegated = c < 'a';
      return new RegexNode.Characters(
          new CharacterSet.Builder(false).add(listed, false).build(isNegated, false));
    }
    if (c >= '1' && c <= '9') {
      int reference = backReference();
      if (reference > 0) {
        hasBackReferences = true;
        return new RegexNode.BackReference(reference);
      }
    }
    int character = escapes.character();
    at = escapes.end();
    return character(character);
  }

  /** Reads a back reference; returns 0 for what is an octal number. */
  private int backReference() {
    int end = at + 1;
    int value = 0;
    while (end < text.length && text[end] >= '0' && text[end] <= '9' && value < 1000) {
      value = value * 10 + text[end++] - '0';
    }
    if (end > at + 2 && value > groups) {
      return 0;
    }
    if (!closed.get(value)) {
      throw RegexErrors.invalid("invalid backreference number");
    }
    at = end;
    return value;
  }
}
