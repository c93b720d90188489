package io.quarkgres.engine.function.regex;

import io.quarkgres.engine.function.regex.RegexNode.Preference;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds which text each group captured, once the whole match is known: parts that start earlier
 * take what they prefer first, as long as the rest can still match. Used by one thread at a time.
 */
final class Dissection {
  private final Program program;
  private final Simulation simulation;
  private final RegexOptions options;
  private final boolean hasBackReferences;
  private final int[] groups;

  Dissection(
      Program program,
      Simulation simulation,
      RegexOptions options,
      int groupCount,
      boolean hasBackReferences) {
    this.program = program;
    this.simulation = simulation;
    this.options = options;
    this.hasBackReferences = hasBackReferences;
    this.groups = new int[2 * groupCount + 2];
  }

  /** Returns the bounds of the groups, two numbers each, -1 for one that took no part. */
  int[] groups() {
    return groups;
  }

  /** Matches the whole expression with a text exactly; returns whether that is possible. */
  boolean match(RegexNode root, int from, int to) {
    Arrays.fill(groups, -1);
    groups[0] = from;
    groups[1] = to;
    return match1(root, from, to);
  }

  private boolean isExact(RegexNode node, int from, int to) {
    Program.Range range = program.range(node);
    return simulation.ends(range.first(), range.last(), from, to).contains(to);
  }

  private boolean match1(RegexNode node, int from, int to) {
    simulation.step();
    if (!RegexNode.isInteresting(node)) {
      return isExact(node, from, to);
    }
    return switch (node) {
      case RegexNode.Group n -> group(n, from, to);
      case RegexNode.BackReference n -> backReference(n, from, to);
      case RegexNode.Sequence n -> sequence(n, n.parts(), from, to);
      case RegexNode.Alternatives n -> alternatives(n, from, to);
      case RegexNode.Repeat n -> repeat(n, from, to);
      case RegexNode.Empty n -> from == to;
      case RegexNode.Characters n -> isExact(n, from, to);
      case RegexNode.Assertion n -> isExact(n, from, to);
      case RegexNode.Look n -> isExact(n, from, to);
    };
  }

  private boolean group(RegexNode.Group node, int from, int to) {
    int oldFrom = groups[2 * node.number()];
    int oldTo = groups[2 * node.number() + 1];
    if (match1(node.part(), from, to)) {
      groups[2 * node.number()] = from;
      groups[2 * node.number() + 1] = to;
      return true;
    }
    groups[2 * node.number()] = oldFrom;
    groups[2 * node.number() + 1] = oldTo;
    return false;
  }

  private boolean backReference(RegexNode.BackReference node, int from, int to) {
    int start = groups[2 * node.group()];
    int end = groups[2 * node.group() + 1];
    if (start < 0 || end - start != to - from) {
      return false;
    }
    int[] text = simulation.text();
    for (int i = 0; i < to - from; i++) {
      int a = text[start + i];
      int b = text[from + i];
      boolean isSame =
          a == b || options.ignoresCase() && Character.toLowerCase(a) == Character.toLowerCase(b);
      if (!isSame) {
        return false;
      }
    }
    return true;
  }

  private boolean alternatives(RegexNode.Alternatives node, int from, int to) {
    for (RegexNode branch : node.branches()) {
      int[] saved = groups.clone();
      if (isExact(branch, from, to) && match1(branch, from, to)) {
        return true;
      }
      System.arraycopy(saved, 0, groups, 0, saved.length);
    }
    return false;
  }

  private boolean sequence(RegexNode.Sequence node, List<RegexNode> parts, int from, int to) {
    RegexNode first = parts.getFirst();
    if (parts.size() == 1) {
      return match1(first, from, to);
    }
    List<RegexNode> rest = parts.subList(1, parts.size());
    Program.Range range = program.range(first);
    Simulation.Ends middles = simulation.ends(range.first(), range.last(), from, to);
    Preference preference = RegexNode.preference(first);
    int restFirst = program.range(rest.getFirst()).first();
    int restLast = program.range(node).last();
    for (int i = 0; i < middles.count(); i++) {
      int middle = middles.place(i, preference);
      if (!simulation.ends(restFirst, restLast, middle, to).contains(to)) {
        continue;
      }
      int[] saved = groups.clone();
      if ((!RegexNode.isInteresting(first) || match1(first, from, middle))
          && sequence(node, rest, middle, to)) {
        return true;
      }
      System.arraycopy(saved, 0, groups, 0, saved.length);
    }
    return false;
  }

  /**
   * Takes the part or nothing; or, where back references need every round, cuts the text into
   * rounds.
   */
  private boolean repeat(RegexNode.Repeat node, int from, int to) {
    if (node.max() == 0) {
      return from == to;
    }
    if (node.part() instanceof RegexNode.BackReference reference
        && groups[2 * reference.group()] < 0) {
      // PostgreSQL refuses a group that took no part even where no round is asked for
      return false;
    }
    if (node.max() == 1) {
      boolean isTaken = isExact(node.part(), from, to) && match1(node.part(), from, to);
      return isTaken || node.min() == 0 && from == to;
    }
    int max = node.max() < 0 ? Integer.MAX_VALUE : node.max();
    Set<Long> failed = hasBackReferences ? null : new HashSet<>();
    return repeat(node, from, to, 0, max, failed);
  }

  private boolean repeat(
      RegexNode.Repeat node, int from, int to, int done, int max, Set<Long> failed) {
    if (from == to && done >= Math.max(1, node.min())) {
      return true;
    }
    if (done == max) {
      return false;
    }
    long key = (long) from << 32 | Math.min(done, max == Integer.MAX_VALUE ? node.min() : done);
    if (failed != null && failed.contains(key)) {
      return false;
    }
    Program.Range range = program.range(node.part());
    Simulation.Ends ends = simulation.ends(range.first(), range.last(), from, to);
    Preference preference = node.preference();
    boolean needsEmpty = done < node.min();
    for (int i = 0; i < ends.count(); i++) {
      int end = ends.place(i, preference);
      if (end == from && !needsEmpty) {
        continue;
      }
      int[] saved = groups.clone();
      if (match1(node.part(), from, end) && repeat(node, end, to, done + 1, max, failed)) {
        return true;
      }
      System.arraycopy(saved, 0, groups, 0, saved.length);
    }
    if (failed != null) {
      failed.add(key);
    }
    return false;
  }
}
