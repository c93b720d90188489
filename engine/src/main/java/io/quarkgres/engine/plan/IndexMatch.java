package io.quarkgres.engine.plan;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Equivalence;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.plan.Conditions.Condition;
import io.quarkgres.engine.plan.IndexShapes.IndexShape;
import java.util.ArrayList;
import java.util.List;

/**
 * How well an ordered index fits conditions. Thread: any.
 *
 * @param bounds what the conditions leave of the index
 * @param consumed the conjuncts that the bounds imply
 * @param equalKeys how many leading keys have one value
 * @param isOneRow whether at most one row, or a few, is left
 * @param rows how many rows are expected
 */
record IndexMatch(
    IndexEntry index,
    Plan.KeyBounds bounds,
    List<BoundExpr> consumed,
    int equalKeys,
    boolean isOneRow,
    double rows) {
  /** Tells whether the bounds are one run of keys, in the order of the index. */
  boolean isOneRun() {
    return bounds.arrayKey() == null && bounds.equal().size() <= 1;
  }

  static boolean isOrdered(IndexEntry index) {
    return index.index() != null
        && (index.method().equals("btree") || index.method().equals("hash"));
  }

  /** Returns how an index fits conditions, or {@code null} when it fits none. */
  static IndexMatch of(IndexShape shape, List<Condition> conditions, double tableRows) {
    IndexEntry index = shape.index();
    if (!isOrdered(index)) {
      return null;
    }
    List<BoundExpr> equal = new ArrayList<>();
    List<BoundExpr> consumed = new ArrayList<>();
    int keys = index.keys().size();
    while (equal.size() < keys) {
      Condition found = find(conditions, shape, equal.size(), "=");
      if (found == null) {
        break;
      }
      equal.add(found.value());
      consumed.add(found.conjunct());
    }
    boolean isHash = index.method().equals("hash");
    if (equal.size() == keys) {
      boolean isOneRow = index.isAlwaysUnique();
      double rows = isOneRow ? 1 : IndexEstimates.rowsOfKey(index, keys, tableRows);
      Plan.KeyBounds bounds = new Plan.KeyBounds(List.of(equal), null, null, false, null, false);
      return new IndexMatch(index, bounds, consumed, keys, isOneRow, rows);
    }
    if (isHash) {
      return null;
    }
    if (equal.isEmpty()) {
      IndexMatch several = severalKeys(shape, conditions, tableRows);
      if (several != null) {
        return several;
      }
    }
    return rangeMatch(shape, conditions, equal, consumed, tableRows);
  }

  /**
   * Returns how several values of the first key fit, or {@code null} when no condition has such.
   */
  private static IndexMatch severalKeys(
      IndexShape shape, List<Condition> conditions, double tableRows) {
    IndexEntry index = shape.index();
    Condition any = find(conditions, shape, 0, Conditions.ANY);
    Condition oneOf = any != null ? null : find(conditions, shape, 0, Conditions.ONE_OF);
    Condition found = either(any, oneOf);
    if (found == null) {
      return null;
    }
    List<List<BoundExpr>> alternatives = new ArrayList<>();
    if (oneOf != null) {
      oneOf.values().forEach(value -> alternatives.add(List.of(value)));
    }
    Plan.KeyBounds bounds =
        new Plan.KeyBounds(
            alternatives, any == null ? null : any.value(), null, false, null, false);
    double values = any == null ? alternatives.size() : IndexEstimates.elements(any.value());
    boolean isFew = index.isUnique() && index.keys().size() == 1;
    double each = isFew ? 1 : IndexEstimates.rowsOfKey(index, 1, tableRows);
    double rows = Math.min(tableRows, values * each);
    return new IndexMatch(index, bounds, List.of(found.conjunct()), 1, isFew, rows);
  }

  private static IndexMatch rangeMatch(
      IndexShape shape,
      List<Condition> conditions,
      List<BoundExpr> equal,
      List<BoundExpr> consumed,
      double tableRows) {
    int next = equal.size();
    Condition low = either(find(conditions, shape, next, ">"), find(conditions, shape, next, ">="));
    Condition high =
        either(find(conditions, shape, next, "<"), find(conditions, shape, next, "<="));
    double rows =
        equal.isEmpty() ? tableRows : IndexEstimates.rowsOfKey(shape.index(), next, tableRows);
    for (Condition bound : new Condition[] {low, high}) {
      if (bound != null) {
        consumed.add(bound.conjunct());
        rows *= 0.3;
      }
    }
    if (consumed.isEmpty()) {
      return null;
    }
    Plan.KeyBounds bounds =
        new Plan.KeyBounds(
            equal.isEmpty() ? List.of() : List.of(equal),
            null,
            low == null ? null : low.value(),
            low != null && low.comparison().equals(">="),
            high == null ? null : high.value(),
            high != null && high.comparison().equals("<="));
    return new IndexMatch(shape.index(), bounds, consumed, equal.size(), false, Math.max(1, rows));
  }

  private static Condition either(Condition a, Condition b) {
    return a != null ? a : b;
  }

  private static Condition find(
      List<Condition> conditions, IndexShape shape, int key, String comparison) {
    if (!shape.index().keys().get(key).isDefaultClass()) {
      return null;
    }
    BoundExpr wanted = Conditions.stripped(shape.keys().get(key));
    for (Condition condition : conditions) {
      if (condition.comparison().equals(comparison)
          && Equivalence.same(condition.operand(), wanted)) {
        return condition;
      }
    }
    return null;
  }
}
