package io.quarkgres.engine.function.regex;

import java.util.List;

/** The syntax tree of an advanced regular expression (manual, section 9.7.3). Thread: any. */
sealed interface RegexNode {
  /** How much text a part takes when it has the choice. */
  enum Preference {
    /** It has no choice, or no preference. */
    NONE,
    /** As much as it can. */
    LONGER,
    /** As little as it can. */
    SHORTER
  }

  /** Matches the empty text. */
  record Empty() implements RegexNode {}

  /** Matches one character. */
  record Characters(CharacterSet set) implements RegexNode {}

  /** Matches its parts one after another. */
  record Sequence(List<RegexNode> parts) implements RegexNode {}

  /** Matches any one of two or more branches. */
  record Alternatives(List<RegexNode> branches) implements RegexNode {}

  /**
   * Matches its part from {@code min} to {@code max} times; {@code max} -1 is without end.
   *
   * @param preference what the quantifier prefers; none for {@code {m}}, which leaves it to the
   *     part
   */
  record Repeat(RegexNode part, int min, int max, Preference preference) implements RegexNode {}

  /** Captures what its part matches as group {@code number}, from 1. */
  record Group(RegexNode part, int number) implements RegexNode {}

  /** Matches what a group has captured. */
  record BackReference(int group) implements RegexNode {}

  /** Matches the empty text at certain places. */
  record Assertion(Place place) implements RegexNode {}

  /** Matches the empty text where its part does (or does not) match ahead or behind. */
  record Look(RegexNode part, boolean isAhead, boolean isNegated) implements RegexNode {}

  /** A place in a text. */
  enum Place {
    /** The text's start. */
    TEXT_START,
    /** The text's end. */
    TEXT_END,
    /** A line's start. */
    LINE_START,
    /** A line's end. */
    LINE_END,
    /** A word's start. */
    WORD_START,
    /** A word's end. */
    WORD_END,
    /** A word's start or end. */
    WORD_EDGE,
    /** Neither a word's start nor its end. */
    NO_WORD_EDGE
  }

  /** Returns what the part prefers: that of its first quantified atom which has a preference. */
  static Preference preference(RegexNode node) {
    return switch (node) {
      case Empty n -> Preference.NONE;
      case Characters n -> Preference.NONE;
      case BackReference n -> Preference.NONE;
      case Assertion n -> Preference.NONE;
      case Look n -> Preference.NONE;
      case Group n -> preference(n.part);
      case Alternatives n -> Preference.LONGER;
      case Sequence n -> preference(n.parts);
      case Repeat n -> n.preference == Preference.NONE ? preference(n.part) : n.preference;
    };
  }

  private static Preference preference(List<RegexNode> parts) {
    for (RegexNode part : parts) {
      Preference preference = preference(part);
      if (preference != Preference.NONE) {
        return preference;
      }
    }
    return Preference.NONE;
  }

  /** Tells whether the part captures or refers back, so that how it matches is of interest. */
  static boolean isInteresting(RegexNode node) {
    return switch (node) {
      case Empty n -> false;
      case Characters n -> false;
      case BackReference n -> true;
      case Assertion n -> false;
      case Look n -> false;
      case Group n -> true;
      case Alternatives n -> n.branches.stream().anyMatch(RegexNode::isInteresting);
      case Sequence n -> n.parts.stream().anyMatch(RegexNode::isInteresting);
      case Repeat n -> isInteresting(n.part);
    };
  }
}
