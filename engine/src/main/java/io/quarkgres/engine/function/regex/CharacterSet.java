package io.quarkgres.engine.function.regex;

import java.util.Arrays;

/**
 * A set of characters: ranges and classes, maybe negated, maybe without regard to case. ASCII is
 * answered from a bitmap. Immutable once built. Thread: any.
 */
final class CharacterSet {
  private static final int ASCII = 128;

  private final int[] ranges;
  private final CharacterClass[] classes;
  private final CharacterClass[] negatedClasses;
  private final boolean isNegated;
  private final boolean ignoresCase;
  private final boolean excludesNewline;
  private final long[] ascii = new long[2];

  private CharacterSet(Builder builder, boolean isNegated, boolean excludesNewline) {
    this.ranges = Arrays.copyOf(builder.ranges, builder.rangeCount);
    this.classes = builder.classes.clone();
    this.negatedClasses = builder.negatedClasses.clone();
    this.ignoresCase = builder.ignoresCase;
    this.isNegated = isNegated;
    this.excludesNewline = excludesNewline;
    for (int c = 0; c < ASCII; c++) {
      if (computed(c)) {
        ascii[c >> 6] |= 1L << c;
      }
    }
  }

  boolean contains(int c) {
    return c < ASCII ? (ascii[c >> 6] >>> c & 1) != 0 : computed(c);
  }

  private boolean computed(int c) {
    if (excludesNewline && c == '\n') {
      return false;
    }
    boolean isIn =
        isListed(c)
            || ignoresCase
                && (isListed(Character.toLowerCase(c)) || isListed(Character.toUpperCase(c)));
    return isIn != isNegated;
  }

  private boolean isListed(int c) {
    for (int i = 0; i < ranges.length; i += 2) {
      if (c >= ranges[i] && c <= ranges[i + 1]) {
        return true;
      }
    }
    for (CharacterClass listed : classes) {
      if (listed.contains(c)) {
        return true;
      }
    }
    for (CharacterClass listed : negatedClasses) {
      if (!listed.contains(c)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the one character of the set, or -1 when it has more or regards no case. */
  int single() {
    boolean isSingle =
        !isNegated
            && !ignoresCase
            && classes.length == 0
            && negatedClasses.length == 0
            && ranges.length == 2
            && ranges[0] == ranges[1];
    return isSingle ? ranges[0] : -1;
  }

  /** Collects the members of a set. Used by one thread. */
  static final class Builder {
    private static final CharacterClass[] NO_CLASSES = {};

    private int[] ranges = new int[8];
    private int rangeCount;
    private CharacterClass[] classes = NO_CLASSES;
    private CharacterClass[] negatedClasses = NO_CLASSES;
    private final boolean ignoresCase;

    Builder(boolean ignoresCase) {
      this.ignoresCase = ignoresCase;
    }

    Builder add(int from, int to) {
      if (rangeCount == ranges.length) {
        ranges = Arrays.copyOf(ranges, 2 * rangeCount);
      }
      ranges[rangeCount++] = from;
      ranges[rangeCount++] = to;
      return this;
    }

    Builder add(CharacterClass listed, boolean isNegated) {
      if (isNegated) {
        negatedClasses = Arrays.copyOf(negatedClasses, negatedClasses.length + 1);
        negatedClasses[negatedClasses.length - 1] = listed;
      } else {
        classes = Arrays.copyOf(classes, classes.length + 1);
        classes[classes.length - 1] = listed;
      }
      return this;
    }

    CharacterSet build(boolean isNegated, boolean excludesNewline) {
      return new CharacterSet(this, isNegated, excludesNewline);
    }
  }
}
