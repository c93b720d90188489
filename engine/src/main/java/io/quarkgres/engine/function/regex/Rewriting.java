package io.quarkgres.engine.function.regex;

import java.util.List;

/**
 * Changes a tree so that captures come out as PostgreSQL's do: of a repeated part only the last
 * round captures. Thread: any.
 */
final class Rewriting {
  private Rewriting() {}

  /**
   * Makes {@code x{0,n}} an option of {@code x{1,n}}, and {@code x{m,n}} a repetition without
   * captures before one {@code x} that captures, where {@code x} is of interest. Parts with back
   * references and those that may be left out stay, and each round of them is looked at.
   */
  static RegexNode rewritten(RegexNode node) {
    return switch (node) {
      case RegexNode.Repeat n when RegexNode.isInteresting(n) -> repeat(n);
      case RegexNode.Repeat n -> n;
      case RegexNode.Group n -> new RegexNode.Group(rewritten(n.part()), n.number());
      case RegexNode.Sequence n ->
          new RegexNode.Sequence(n.parts().stream().map(Rewriting::rewritten).toList());
      case RegexNode.Alternatives n ->
          new RegexNode.Alternatives(n.branches().stream().map(Rewriting::rewritten).toList());
      case RegexNode.BackReference n -> n;
      case RegexNode.Empty n -> n;
      case RegexNode.Characters n -> n;
      case RegexNode.Assertion n -> n;
      case RegexNode.Look n -> n;
    };
  }

  private static RegexNode repeat(RegexNode.Repeat n) {
    if (n.max() == 0) {
      return new RegexNode.Repeat(rewritten(n.part()), 0, 0, n.preference());
    }
    RegexNode part = rewritten(n.part());
    if (n.min() == 0) {
      RegexNode.Repeat atLeastOne = new RegexNode.Repeat(part, 1, n.max(), n.preference());
      return new RegexNode.Repeat(atLeastOne, 0, 1, n.preference());
    }
    if (n.max() == 1) {
      return new RegexNode.Repeat(part, 1, 1, n.preference());
    }
    if (hasBackReference(n.part())) {
      return new RegexNode.Repeat(part, n.min(), n.max(), n.preference());
    }
    RegexNode before =
        new RegexNode.Repeat(
            withoutGroups(n.part()), n.min() - 1, Math.max(-1, n.max() - 1), n.preference());
    return new RegexNode.Sequence(List.of(before, part));
  }

  private static boolean hasBackReference(RegexNode node) {
    return switch (node) {
      case RegexNode.BackReference n -> true;
      case RegexNode.Group n -> hasBackReference(n.part());
      case RegexNode.Sequence n -> n.parts().stream().anyMatch(Rewriting::hasBackReference);
      case RegexNode.Alternatives n -> n.branches().stream().anyMatch(Rewriting::hasBackReference);
      case RegexNode.Repeat n -> hasBackReference(n.part());
      case RegexNode.Empty n -> false;
      case RegexNode.Characters n -> false;
      case RegexNode.Assertion n -> false;
      case RegexNode.Look n -> false;
    };
  }

  /** Returns the same tree without captures; a back reference in it is an error. */
  static RegexNode withoutGroups(RegexNode node) {
    return switch (node) {
      case RegexNode.Group n -> withoutGroups(n.part());
      case RegexNode.Sequence n ->
          new RegexNode.Sequence(n.parts().stream().map(Rewriting::withoutGroups).toList());
      case RegexNode.Alternatives n ->
          new RegexNode.Alternatives(n.branches().stream().map(Rewriting::withoutGroups).toList());
      case RegexNode.Repeat n ->
          new RegexNode.Repeat(withoutGroups(n.part()), n.min(), n.max(), n.preference());
      case RegexNode.BackReference n -> throw RegexErrors.invalid("invalid backreference number");
      case RegexNode.Empty n -> n;
      case RegexNode.Characters n -> n;
      case RegexNode.Assertion n -> n;
      case RegexNode.Look n -> n;
    };
  }
}
