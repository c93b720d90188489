package io.quarkgres.engine.plan;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.bind.tree.Implication;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.plan.Conditions.Condition;
import io.quarkgres.engine.plan.IndexShapes.IndexShape;
import java.util.ArrayList;
import java.util.List;

/**
 * Chooses how a table is read: whole, by an ordered index, in the order of an index, or by
 * distance. Used by one thread.
 */
final class AccessPaths {
  /** Tables up to this size are scanned whole unless a unique key picks one row. */
  static final double SMALL_ROWS = 500;

  /** The greatest share of a table that is worth reading by an index. */
  private static final double INDEX_SHARE_MAX = 0.15;

  private final Planner planner;
  private final IndexShapes shapes;
  private final Conditions conditions;
  private final TableScans tableScans;
  private final OrderedScans orderedScans;

  AccessPaths(Planner planner, IndexShapes shapes) {
    this.planner = planner;
    this.shapes = shapes;
    this.conditions = new Conditions(planner.operators());
    this.tableScans = new TableScans(planner, conditions);
    this.orderedScans = new OrderedScans(planner, this);
  }

  Conditions conditions() {
    return conditions;
  }

  /** Plans a scan for which all conjuncts hold. */
  Plan scan(Relation.Scan scan, List<BoundExpr> conjuncts) {
    Plan byIndex = indexScan(scan, conjuncts);
    return byIndex != null ? byIndex : tableScans.scan(scan, conjuncts);
  }

  static double tableRows(Relation.Scan scan) {
    return scan.table().store() == null
        ? 1000
        : Math.max(1, scan.table().store().rowCountEstimate());
  }

  private Plan indexScan(Relation.Scan scan, List<BoundExpr> conjuncts) {
    IndexMatch best = bestMatch(scan, conjuncts);
    return best != null && isWorthIt(best, tableRows(scan))
        ? indexScan(scan, conjuncts, best, false)
        : null;
  }

  /** Returns a scan of an index that tells by itself which rows pass, or {@code null}. */
  Plan byIndexAlone(Relation.Scan scan, List<BoundExpr> conjuncts) {
    IndexMatch best = bestMatch(scan, conjuncts);
    return best != null && best.consumed().size() == conjuncts.size()
        ? indexScan(scan, conjuncts, best, false)
        : null;
  }

  private IndexMatch bestMatch(Relation.Scan scan, List<BoundExpr> conjuncts) {
    if (!planner.settings().enableIndexScan()) {
      return null;
    }
    List<Condition> found = conditions.of(scan, conjuncts);
    if (found.isEmpty()) {
      return null;
    }
    double tableRows = tableRows(scan);
    IndexMatch best = null;
    for (IndexShape index : usable(scan, conjuncts)) {
      IndexMatch match = IndexMatch.of(index, found, tableRows);
      if (match != null && (best == null || match.rows() < best.rows())) {
        best = match;
      }
    }
    return best;
  }

  private boolean isWorthIt(IndexMatch match, double tableRows) {
    return match.isOneRow()
        || !planner.settings().enableTableScan()
        || (tableRows > SMALL_ROWS && match.rows() <= tableRows * INDEX_SHARE_MAX);
  }

  /** Returns what reading a table costs, in rows read by an index. */
  double cost(Relation.Scan scan, List<BoundExpr> conjuncts) {
    double tableRows = tableRows(scan);
    double least = tableRows * INDEX_SHARE_MAX;
    List<Condition> found = conditions.of(scan, conjuncts);
    for (IndexShape index : usable(scan, conjuncts)) {
      IndexMatch match = IndexMatch.of(index, found, tableRows);
      least = match == null ? least : Math.min(least, match.rows());
    }
    return least;
  }

  /** Makes the scan of the index that conditions were matched with. */
  Plan indexScan(
      Relation.Scan scan, List<BoundExpr> conjuncts, IndexMatch match, boolean isBackward) {
    List<BoundExpr> rest = new ArrayList<>(conjuncts);
    rest.removeIf(c -> match.consumed().stream().anyMatch(x -> x == c));
    finishBounds(match.bounds());
    double rows = Math.max(1, match.rows() * Estimates.selectivity(rest, planner.operators()));
    return new Plan.IndexScan(
        scan.relation(),
        scan.table(),
        scan.alias(),
        match.index(),
        match.bounds(),
        isBackward,
        planner.finish(Expressions.and(rest)),
        planner.usedOutputs(scan.outputs()),
        rows);
  }

  private void finishBounds(Plan.KeyBounds bounds) {
    bounds.equal().forEach(planner::finishAll);
    planner.finish(bounds.arrayKey());
    planner.finish(bounds.low());
    planner.finish(bounds.high());
  }

  /** Returns the indexes that have all rows for which the conjuncts are true. */
  List<IndexShape> usable(Relation.Scan scan, List<BoundExpr> conjuncts) {
    List<IndexShape> result = new ArrayList<>();
    Implication implication = new Implication(planner.catalog().functions());
    for (IndexEntry index : planner.catalog().indexesOf(scan.table().oid())) {
      IndexShape shape = index.index() == null ? null : shapes.of(scan, index);
      if (shape != null && implication.implies(conjuncts, shape.predicate())) {
        result.add(shape);
      }
    }
    return result;
  }

  /**
   * Returns an index scan on equality with columns of other relations for an index look-up join, or
   * {@code null} when no index serves.
   */
  Plan lookup(Relation.Scan scan, List<BoundExpr> conjuncts) {
    List<Condition> found = conditions.of(scan, conjuncts);
    IndexMatch best = null;
    for (IndexShape index : usable(scan, conjuncts)) {
      IndexMatch match = IndexMatch.of(index, found, tableRows(scan));
      if (match != null
          && match.equalKeys() > 0
          && match.isOneRun()
          && (best == null || match.rows() < best.rows())) {
        best = match;
      }
    }
    return best == null ? null : indexScan(scan, conjuncts, best, false);
  }

  /** Returns a scan in the order of an index if that is cheap, see {@link OrderedScans}. */
  Plan inIndexOrder(
      Relation.Scan scan,
      List<BoundExpr> conjuncts,
      List<Relation.SortKey> sortKeys,
      List<BoundExpr> expressions,
      double wanted) {
    return orderedScans.inIndexOrder(scan, conjuncts, sortKeys, expressions, wanted);
  }

  /** Returns a plan that yields the sort's input in its order by an index, or {@code null}. */
  Plan ordered(Relation.Sort sort, Relation.Limit limit) {
    return orderedScans.ordered(sort, limit);
  }
}
