package io.quarkgres.engine.function.regex;

import io.quarkgres.engine.function.regex.RegexNode.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * A non-deterministic automaton for an expression. Every part of the tree has a first and a last
 * state of its own, so that a part can be run by itself. A back reference stands for any text here;
 * what it stands for is checked by {@link Dissection}. Immutable once built. Thread: any.
 */
final class Program {
  private static final int STATES_MAX = 30_000;

  /** What a state does. */
  enum Kind {
    /** Takes a character of a set. */
    CHARACTER,
    /** Goes on to one or two states without taking anything. */
    JUMP,
    /** Goes on if the place is right. */
    ASSERTION,
    /** Goes on if a look-around holds. */
    LOOK
  }

  /** The states of one part. */
  record Range(int first, int last) {}

  /** A look-around: its own states, its number, and what it asks. */
  record Look(Range range, int number, RegexNode.Look node) {}

  private Kind[] kinds = new Kind[16];
  private CharacterSet[] sets = new CharacterSet[16];
  private Place[] places = new Place[16];
  private Look[] looks = new Look[16];
  private int[] next = new int[16];
  private int[] other = new int[16];
  private int count;
  private final List<Look> allLooks = new ArrayList<>();
  private final Map<RegexNode, Range> ranges = new IdentityHashMap<>();
  private final Range whole;

  Program(RegexNode root) {
    whole = compile(root);
  }

  Range whole() {
    return whole;
  }

  /** Returns the states of a part. */
  Range range(RegexNode node) {
    return ranges.get(node);
  }

  int stateCount() {
    return count;
  }

  int lookCount() {
    return allLooks.size();
  }

  Kind kind(int state) {
    return kinds[state];
  }

  CharacterSet set(int state) {
    return sets[state];
  }

  Place place(int state) {
    return places[state];
  }

  Look look(int state) {
    return looks[state];
  }

  /** Returns the state that follows. */
  int next(int state) {
    return next[state];
  }

  /** Returns a jump's second target, or -1. */
  int other(int state) {
    return other[state];
  }

  private int add(Kind kind) {
    if (count == STATES_MAX) {
      throw RegexErrors.tooComplex();
    }
    if (count == next.length) {
      kinds = Arrays.copyOf(kinds, 2 * count);
      sets = Arrays.copyOf(sets, 2 * count);
      places = Arrays.copyOf(places, 2 * count);
      looks = Arrays.copyOf(looks, 2 * count);
      next = Arrays.copyOf(next, 2 * count);
      other = Arrays.copyOf(other, 2 * count);
    }
    kinds[count] = kind;
    next[count] = -1;
    other[count] = -1;
    return count++;
  }

  private Range compile(RegexNode node) {
    Range range =
        switch (node) {
          case RegexNode.Empty n -> single(add(Kind.JUMP));
          case RegexNode.Characters n -> characters(n);
          case RegexNode.Sequence n -> sequence(n);
          case RegexNode.Alternatives n -> alternatives(n);
          case RegexNode.Repeat n -> repeat(n);
          case RegexNode.Group n -> wrapped(compile(n.part()));
          case RegexNode.BackReference n -> anyText();
          case RegexNode.Assertion n -> assertion(n);
          case RegexNode.Look n -> look(n);
        };
    ranges.put(node, range);
    return range;
  }

  private static Range single(int state) {
    return new Range(state, state);
  }

  private Range withEnd(int state) {
    int last = add(Kind.JUMP);
    next[state] = last;
    return new Range(state, last);
  }

  private Range wrapped(Range inner) {
    int first = add(Kind.JUMP);
    int last = add(Kind.JUMP);
    next[first] = inner.first;
    next[inner.last] = last;
    return new Range(first, last);
  }

  private Range characters(RegexNode.Characters node) {
    int state = add(Kind.CHARACTER);
    sets[state] = node.set();
    return withEnd(state);
  }

  private Range assertion(RegexNode.Assertion node) {
    int state = add(Kind.ASSERTION);
    places[state] = node.place();
    return withEnd(state);
  }

  private Range look(RegexNode.Look node) {
    Look look = new Look(compile(node.part()), allLooks.size(), node);
    allLooks.add(look);
    int state = add(Kind.LOOK);
    looks[state] = look;
    return withEnd(state);
  }

  private Range anyText() {
    int loop = add(Kind.JUMP);
    int character = add(Kind.CHARACTER);
    sets[character] = new CharacterSet.Builder(false).build(true, false);
    next[character] = loop;
    next[loop] = character;
    int last = add(Kind.JUMP);
    other[loop] = last;
    return new Range(loop, last);
  }

  private Range sequence(RegexNode.Sequence node) {
    int first = add(Kind.JUMP);
    int last = first;
    for (RegexNode part : node.parts()) {
      Range range = compile(part);
      next[last] = range.first;
      last = range.last;
    }
    int end = add(Kind.JUMP);
    next[last] = end;
    return new Range(first, end);
  }

  private Range alternatives(RegexNode.Alternatives node) {
    int first = add(Kind.JUMP);
    int last = add(Kind.JUMP);
    int fork = first;
    for (int i = 0; i < node.branches().size(); i++) {
      Range range = compile(node.branches().get(i));
      next[range.last] = last;
      next[fork] = range.first;
      if (i + 1 < node.branches().size()) {
        int more = add(Kind.JUMP);
        other[fork] = more;
        fork = more;
      }
    }
    return new Range(first, last);
  }

  /** Copies the part as often as it must match, then as often as it may, or loops. */
  private Range repeat(RegexNode.Repeat node) {
    int first = add(Kind.JUMP);
    int last = add(Kind.JUMP);
    int at = first;
    Range body = null;
    for (int i = 0; i < node.min(); i++) {
      body = compile(node.part());
      next[at] = body.first;
      at = body.last;
    }
    if (node.max() < 0) {
      int loop = add(Kind.JUMP);
      next[at] = loop;
      body = compile(node.part());
      next[loop] = body.first;
      other[loop] = last;
      next[body.last] = loop;
    } else {
      for (int i = node.min(); i < node.max(); i++) {
        int fork = add(Kind.JUMP);
        next[at] = fork;
        body = compile(node.part());
        next[fork] = body.first;
        other[fork] = last;
        at = body.last;
      }
      next[at] = last;
    }
    if (body == null) {
      compile(node.part());
    }
    return new Range(first, last);
  }
}
