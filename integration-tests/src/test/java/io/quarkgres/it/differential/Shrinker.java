package io.quarkgres.it.differential;

/// Makes a query that shows a difference smaller while it still shows one. Thread: one at a time.
final class Shrinker {
  private static final int ATTEMPTS_MAX = 300;

  private final Duel duel;
  private int attempts;

  Shrinker(Duel duel) {
    this.duel = duel;
  }

  Select shrink(Select query) {
    Select current = query;
    boolean progress = true;
    while (progress && attempts < ATTEMPTS_MAX) {
      progress = false;
      for (Select candidate : current.smaller()) {
        if (attempts++ < ATTEMPTS_MAX && stillDiffers(candidate)) {
          current = candidate;
          progress = true;
          break;
        }
      }
    }
    return current;
  }

  /// Only a query that PostgreSQL accepts counts: a broken one differs in uninteresting ways.
  private boolean stillDiffers(Select candidate) {
    boolean ordered = candidate.isOrdered();
    if (!candidate.limit().isEmpty() && !ordered) {
      return false;
    }
    Duel.Outcome outcome = duel.run(candidate.sql(), ordered, false);
    return !outcome.isSame() && outcome.expected().error() == null;
  }
}
