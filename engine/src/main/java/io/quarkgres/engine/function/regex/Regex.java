package io.quarkgres.engine.function.regex;

import io.quarkgres.spi.store.Interruption;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A compiled expression. Matching finds the leftmost match; its length is the longest or shortest
 * one by what the expression as a whole prefers, which is PostgreSQL's rule and not Perl's.
 * Immutable. Thread: any.
 */
public final class Regex {
  private static final int CACHE_MAX = 500;

  /** So long the kept patterns may be together: what is made of one grows with its length. */
  private static final int CACHED_CHARACTERS_MAX = 1 << 20;

  private static final AtomicInteger CACHED_CHARACTERS = new AtomicInteger();
  private static final ConcurrentHashMap<Key, Regex> CACHE = new ConcurrentHashMap<>();

  private final RegexNode root;
  private final Program program;
  private final RegexOptions options;
  private final int groupCount;
  private final boolean hasBackReferences;
  private final RegexNode.Preference preference;
  private final byte[] literal;

  private record Key(String pattern, RegexOptions options) {}

  private Regex(String pattern, RegexOptions given) {
    RegexParser.Result result = new RegexParser(pattern, given).parse();
    root = result.root();
    options = result.options();
    groupCount = result.groups();
    hasBackReferences = result.hasBackReferences();
    program = new Program(root);
    preference = RegexNode.preference(root);
    literal = literalOf(root);
  }

  /** Returns the expression of a pattern; 2201B when it is none. */
  public static Regex of(String pattern, RegexOptions options) {
    Key key = new Key(pattern, options);
    Regex cached = CACHE.get(key);
    if (cached == null) {
      cached = new Regex(pattern, options);
      keep(key, cached);
    }
    return cached;
  }

  /** Keeps an expression; forgets all others when there are too many. */
  private static void keep(Key key, Regex regex) {
    int length = key.pattern().length();
    if (length > CACHED_CHARACTERS_MAX) {
      return;
    }
    if (CACHE.size() >= CACHE_MAX || CACHED_CHARACTERS.addAndGet(length) > CACHED_CHARACTERS_MAX) {
      CACHE.clear();
      CACHED_CHARACTERS.set(length);
    }
    CACHE.put(key, regex);
  }

  /** Returns how many groups capture. */
  public int groupCount() {
    return groupCount;
  }

  /** Returns the UTF-8 bytes that are all the expression looks for, or {@code null}. */
  public byte[] literal() {
    return literal;
  }

  private static byte[] literalOf(RegexNode root) {
    StringBuilder text = new StringBuilder();
    Iterable<RegexNode> parts =
        root instanceof RegexNode.Sequence sequence ? sequence.parts() : List.of(root);
    for (RegexNode part : parts) {
      int c = part instanceof RegexNode.Characters characters ? characters.set().single() : -1;
      if (c < 0) {
        return null;
      }
      text.appendCodePoint(c);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Makes a matcher, which may be used for one text after another. */
  public Matcher matcher(Interruption interruption) {
    return new Matcher(this, interruption);
  }

  /** Matches texts with one expression. Used by one thread at a time. */
  public static final class Matcher {
    private final Regex regex;
    private final Simulation simulation;
    private final Dissection dissection;
    private int[] groups;

    private Matcher(Regex regex, Interruption interruption) {
      this.regex = regex;
      this.simulation = new Simulation(regex.program, interruption);
      this.dissection =
          new Dissection(
              regex.program, simulation, regex.options, regex.groupCount, regex.hasBackReferences);
    }

    /** Sets the text, as code points. */
    public void setText(int[] text, int length) {
      simulation.setText(text, length);
    }

    /** Tells whether there is a match at all. */
    public boolean matches() {
      return regex.hasBackReferences
          ? find(0)
          : simulation.matchesSomewhere(regex.program.whole(), 0);
    }

    /** Finds the first match from a place on. */
    public boolean find(int from) {
      int start = from;
      while (true) {
        start = simulation.leftmost(regex.program.whole(), start, false);
        if (start < 0) {
          return false;
        }
        if (findAt(start)) {
          return true;
        }
        start++;
        if (start > simulation.length()) {
          return false;
        }
      }
    }

    private boolean findAt(int start) {
      Program.Range whole = regex.program.whole();
      Simulation.Ends ends =
          simulation.ends(whole.first(), whole.last(), start, simulation.length());
      for (int i = 0; i < ends.count(); i++) {
        int end = ends.place(i, regex.preference);
        if (regex.groupCount == 0 && !regex.hasBackReferences) {
          groups = new int[] {start, end};
          return true;
        }
        if (dissection.match(regex.root, start, end)) {
          groups = dissection.groups().clone();
          return true;
        }
      }
      return false;
    }

    /** Returns where a group of the last match found starts; -1 when it took no part. */
    public int start(int group) {
      return groups[2 * group];
    }

    /** Returns where a group of the last match found ends. */
    public int end(int group) {
      return groups[2 * group + 1];
    }
  }
}
