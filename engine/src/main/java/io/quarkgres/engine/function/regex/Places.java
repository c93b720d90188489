package io.quarkgres.engine.function.regex;

import io.quarkgres.engine.function.regex.RegexNode.Place;

/** Tells what kind of place a position of a text is. Thread: any. */
final class Places {
  private Places() {}

  static boolean holds(Place place, int[] text, int length, int at) {
    return switch (place) {
      case TEXT_START -> at == 0;
      case TEXT_END -> at == length;
      case LINE_START -> at == 0 || text[at - 1] == '\n';
      case LINE_END -> at == length || text[at] == '\n';
      case WORD_START -> !isWordBefore(text, at) && isWordAt(text, length, at);
      case WORD_END -> isWordBefore(text, at) && !isWordAt(text, length, at);
      case WORD_EDGE -> isWordBefore(text, at) != isWordAt(text, length, at);
      case NO_WORD_EDGE -> isWordBefore(text, at) == isWordAt(text, length, at);
    };
  }

  private static boolean isWordBefore(int[] text, int at) {
    return at > 0 && CharacterClass.WORD.contains(text[at - 1]);
  }

  private static boolean isWordAt(int[] text, int length, int at) {
    return at < length && CharacterClass.WORD.contains(text[at]);
  }
}
