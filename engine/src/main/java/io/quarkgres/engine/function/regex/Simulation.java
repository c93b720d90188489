package io.quarkgres.engine.function.regex;

import io.quarkgres.spi.store.Interruption;
import java.util.Arrays;

/**
 * Runs parts of a {@link Program} over a text, all alternatives at once: O(text * states) for one
 * run, whatever the expression. Used by one thread at a time.
 */
final class Simulation {
  private static final int CHECK_INTERVAL = 1 << 14;
  private static final long STEPS_MAX = 2_000_000_000L;
  private static final byte UNKNOWN = 0;
  private static final byte HOLDS = 1;
  private static final byte FAILS = 2;

  private final Program program;
  private final Interruption interruption;
  private final int[] stack;
  private int[] current;
  private int[] previous;
  private int[] currentStarts;
  private int[] previousStarts;
  private final int[] marks;
  private int mark;
  private int threadCount;
  private long steps;
  private int[] text;
  private int length;
  private byte[][] lookResults;

  Simulation(Program program, Interruption interruption) {
    this.program = program;
    this.interruption = interruption;
    int states = program.stateCount();
    stack = new int[2 * states + 2];
    current = new int[states];
    previous = new int[states];
    currentStarts = new int[states];
    previousStarts = new int[states];
    marks = new int[states];
  }

  /** Sets the text to match. */
  void setText(int[] newText, int newLength) {
    text = newText;
    length = newLength;
    lookResults = program.lookCount() == 0 ? null : new byte[program.lookCount()][];
  }

  int[] text() {
    return text;
  }

  int length() {
    return length;
  }

  /** Counts work; 54000 when there is too much of it, or the statement's error when it is told. */
  void step() {
    if ((++steps & CHECK_INTERVAL - 1) == 0) {
      interruption.check();
      if (steps > STEPS_MAX) {
        throw RegexErrors.tooManySteps();
      }
    }
  }

  /** Returns whether the part matches anywhere from {@code from} on. */
  boolean matchesSomewhere(Program.Range range, int from) {
    return leftmost(range, from, true) >= 0;
  }

  /**
   * Returns the leftmost place from {@code from} on at which the part matches, or -1; with {@code
   * any} just some place. One pass: of two threads in a state the one that started earlier stays.
   */
  int leftmost(Program.Range range, int from, boolean any) {
    int best = -1;
    threadCount = 0;
    for (int at = from; at <= length; at++) {
      int found = -1;
      int n = beginPlace();
      for (int i = 0; i < n; i++) {
        // what started at or behind a known match cannot be further left
        if (best < 0 || previousStarts[i] < best) {
          int start = previousStarts[i];
          if (follow(previous[i], start, at, range.last())) {
            found = found < 0 ? start : Math.min(found, start);
          }
        }
      }
      if (best < 0 && follow(range.first(), at, at, range.last()) && found < 0) {
        found = at;
      }
      if (found >= 0) {
        best = found;
        if (any) {
          return best;
        }
      }
      if (at < length) {
        advance(text[at]);
      }
      if (threadCount == 0 && best >= 0) {
        return best;
      }
    }
    return best;
  }

  /** Makes the threads that came to a place the previous ones; returns how many they are. */
  private int beginPlace() {
    mark++;
    int[] states = current;
    int[] starts = currentStarts;
    current = previous;
    currentStarts = previousStarts;
    previous = states;
    previousStarts = starts;
    int n = threadCount;
    threadCount = 0;
    return n;
  }

  /** Keeps the threads that take a character, each moved on by it. */
  private void advance(int c) {
    int kept = 0;
    for (int i = 0; i < threadCount; i++) {
      step();
      int state = current[i];
      if (program.set(state).contains(c)) {
        current[kept] = program.next(state);
        currentStarts[kept++] = currentStarts[i];
      }
    }
    threadCount = kept;
  }

  /**
   * Adds the states reached without taking a character; returns whether the last one is among them.
   */
  private boolean follow(int first, int start, int at, int last) {
    boolean isEnd = false;
    int top = 0;
    stack[top++] = first;
    while (top > 0) {
      int state = stack[--top];
      if (marks[state] == mark) {
        continue;
      }
      marks[state] = mark;
      step();
      if (state == last) {
        isEnd = true;
        continue;
      }
      switch (program.kind(state)) {
        case CHARACTER -> {
          current[threadCount] = state;
          currentStarts[threadCount++] = start;
        }
        case JUMP -> {
          if (program.other(state) >= 0) {
            stack[top++] = program.other(state);
          }
          stack[top++] = program.next(state);
        }
        case ASSERTION -> {
          if (Places.holds(program.place(state), text, length, at)) {
            stack[top++] = program.next(state);
          }
        }
        case LOOK -> {
          if (holds(program.look(state), at)) {
            stack[top++] = program.next(state);
          }
        }
      }
    }
    return isEnd;
  }

  /**
   * Runs a part from {@code from} and returns the places, up to {@code limit}, where it may end.
   */
  Ends ends(int first, int last, int from, int limit) {
    Ends ends = new Ends();
    threadCount = 0;
    for (int at = from; at <= limit; at++) {
      int n = beginPlace();
      boolean isEnd = at == from && follow(first, from, at, last);
      for (int i = 0; i < n; i++) {
        isEnd |= follow(previous[i], from, at, last);
      }
      if (isEnd) {
        ends.add(at);
      }
      if (threadCount == 0 || at == limit) {
        break;
      }
      advance(text[at]);
    }
    return ends;
  }

  private boolean holds(Program.Look look, int at) {
    byte[] results = lookResults[look.number()];
    if (results == null) {
      results = new byte[length + 1];
      lookResults[look.number()] = results;
    }
    if (results[at] == UNKNOWN) {
      Simulation inner = new Simulation(program, interruption);
      inner.text = text;
      inner.length = length;
      inner.lookResults = lookResults;
      inner.steps = steps;
      boolean isMatch;
      if (look.node().isAhead()) {
        Ends ends = inner.ends(look.range().first(), look.range().last(), at, length);
        isMatch = !ends.isEmpty();
      } else {
        isMatch = inner.endsAt(look.range(), at);
      }
      steps = inner.steps;
      results[at] = isMatch ? HOLDS : FAILS;
    }
    return (results[at] == HOLDS) != look.node().isNegated();
  }

  /** Tells whether the part matches some text that ends at a place. */
  private boolean endsAt(Program.Range range, int end) {
    threadCount = 0;
    for (int at = 0; at <= end; at++) {
      int n = beginPlace();
      boolean isEnd = false;
      for (int i = 0; i < n; i++) {
        isEnd |= follow(previous[i], 0, at, range.last());
      }
      isEnd |= follow(range.first(), 0, at, range.last());
      if (at == end) {
        return isEnd;
      }
      advance(text[at]);
    }
    return false;
  }

  /** The places where a part may end, ascending. */
  static final class Ends {
    private int[] places = new int[4];
    private int count;

    private void add(int place) {
      if (count == places.length) {
        places = Arrays.copyOf(places, 2 * count);
      }
      places[count++] = place;
    }

    boolean isEmpty() {
      return count == 0;
    }

    int count() {
      return count;
    }

    /** Returns the i-th place in the order of preference. */
    int place(int i, RegexNode.Preference preference) {
      return preference == RegexNode.Preference.SHORTER ? places[i] : places[count - 1 - i];
    }

    boolean contains(int place) {
      return Arrays.binarySearch(places, 0, count, place) >= 0;
    }
  }
}
