package io.quarkgres.engine.function.jsonpath;

import java.util.ArrayList;
import java.util.List;

/** A step and those that follow it, never empty. Immutable. Thread: any. */
record PathChain(List<PathItem> items) {
  static PathChain of(PathItem item) {
    return new PathChain(List.of(item));
  }

  PathItem head() {
    return items.get(0);
  }

  boolean isSingle() {
    return items.size() == 1;
  }

  /** Tells whether it is a predicate that no step follows. */
  boolean isPredicate() {
    return isSingle() && head() instanceof PathItem.Predicate;
  }

  PathChain with(List<PathItem> more) {
    List<PathItem> all = new ArrayList<>(items);
    all.addAll(more);
    return new PathChain(List.copyOf(all));
  }
}
