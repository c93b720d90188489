package io.quarkgres.engine.type.textsearch;

/**
 * A query while it is put together. What has no lexeme (a stop word) is left out at once, and a
 * phrase that loses a word keeps the distance between the others.
 *
 * @param query what is left, {@code null} when nothing is
 * @param before how many places were lost before it
 * @param behind how many places were lost behind it
 */
public record TsQueryParts(TsQuery query, int before, int behind) {
  /** A word without lexemes. */
  public static final TsQueryParts NOTHING = of(null);

  /** Returns a part that has lost nothing. */
  public static TsQueryParts of(TsQuery query) {
    return new TsQueryParts(query, 0, 0);
  }

  private boolean isNothing() {
    return query == null;
  }

  TsQueryParts not() {
    return isNothing() ? this : new TsQueryParts(new TsQuery.Not(query), before, behind);
  }

  /** Returns what asks for both. */
  public TsQueryParts and(TsQueryParts right) {
    return isNothing() || right.isNothing() ? rest(right) : of(new TsQuery.And(query, right.query));
  }

  /** Returns what asks for either. */
  public TsQueryParts or(TsQueryParts right) {
    return isNothing() || right.isNothing() ? rest(right) : of(new TsQuery.Or(query, right.query));
  }

  /** What is left of two sides of which one is nothing. */
  private TsQueryParts rest(TsQueryParts right) {
    if (isNothing() && right.isNothing()) {
      int lost = Math.max(before, right.before);
      return new TsQueryParts(null, lost, lost);
    }
    return isNothing() ? right : this;
  }

  /** Returns what asks for the right side at a distance behind this one. */
  public TsQueryParts phrase(TsQueryParts right, int distance) {
    if (isNothing() && right.isNothing()) {
      int lost = before + distance + right.before;
      return new TsQueryParts(null, lost, lost);
    }
    if (isNothing()) {
      return new TsQueryParts(right.query, before + distance + right.before, right.behind);
    }
    if (right.isNothing()) {
      return new TsQueryParts(query, before, behind + distance + right.behind);
    }
    TsQuery joined = new TsQuery.Phrase(query, right.query, distance + behind + right.before);
    return new TsQueryParts(joined, before, right.behind);
  }
}
