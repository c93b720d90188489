package io.quarkgres.engine.plan;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Equivalence;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.plan.IndexShapes.IndexShape;
import io.quarkgres.engine.type.Oids;
import java.util.ArrayList;
import java.util.List;

/** Plans scans of distance indexes. Used by one thread. */
final class DistanceScans {
  private final Planner planner;
  private final AccessPaths paths;

  DistanceScans(Planner planner, AccessPaths paths) {
    this.planner = planner;
    this.paths = paths;
  }

  /**
   * Returns a scan that yields the nearest rows first, or {@code null} when no index does.
   *
   * @param limit what takes rows from it after they are sorted, or {@code null}
   */
  Plan nearest(
      Relation.Scan scan,
      List<BoundExpr> conjuncts,
      List<Relation.SortKey> sortKeys,
      List<BoundExpr> expressions,
      Relation.Limit limit) {
    if (sortKeys.size() != 1
        || sortKeys.get(0).isDescending()
        || sortKeys.get(0).nullsFirst()
        || !planner.settings().enableIndexScan()
        || !(expressions.get(0) instanceof BoundExpr.FunctionCall call)
        || call.arguments().size() != 2) {
      return null;
    }
    for (IndexShape shape : paths.usable(scan, conjuncts)) {
      IndexEntry index = shape.index();
      if (index.keys().size() != 1) {
        continue;
      }
      int ordering = index.orderingFunction();
      if (ordering == 0 || ordering != call.call().function().oid()) {
        continue;
      }
      BoundExpr key = shape.keys().get(0);
      BoundExpr query = query(scan, call, key);
      if (query != null) {
        return nearestScan(scan, conjuncts, index, key, query, limit);
      }
    }
    return null;
  }

  /** Returns what the distance of a key is measured from, or {@code null}. */
  private static BoundExpr query(Relation.Scan scan, BoundExpr.FunctionCall call, BoundExpr key) {
    for (int side = 0; side < 2; side++) {
      BoundExpr query = call.arguments().get(1 - side);
      if (Equivalence.same(
              Conditions.stripped(call.arguments().get(side)), Conditions.stripped(key))
          && Conditions.isIndependent(scan, query)) {
        return query;
      }
    }
    return null;
  }

  /** Finds a conjunct that bounds the distance; clients write the query a second time in it. */
  private Plan.DistanceBound bound(
      Relation.Scan scan, List<BoundExpr> conjuncts, IndexEntry index, BoundExpr key) {
    for (Conditions.Condition condition : new Conditions(planner.operators()).of(scan, conjuncts)) {
      boolean isUpper = condition.comparison().equals("<") || condition.comparison().equals("<=");
      if (isUpper
          && condition.operand() instanceof BoundExpr.FunctionCall call
          && call.arguments().size() == 2
          && call.call().function().oid() == index.orderingFunction()
          && condition.value().type().oid() == Oids.FLOAT8) {
        BoundExpr query = query(scan, call, key);
        if (query != null) {
          List<BoundExpr> others = new ArrayList<>(conjuncts);
          others.remove(condition.conjunct());
          return new Plan.DistanceBound(
              planner.finish(query),
              planner.finish(condition.value()),
              planner.finish(Expressions.and(others)));
        }
      }
    }
    return null;
  }

  private Plan nearestScan(
      Relation.Scan scan,
      List<BoundExpr> conjuncts,
      IndexEntry index,
      BoundExpr key,
      BoundExpr query,
      Relation.Limit limit) {
    List<OutputColumn> outputs = planner.usedOutputs(scan.outputs());
    double rows =
        AccessPaths.tableRows(scan) * Estimates.selectivity(conjuncts, planner.operators());
    Plan all = limit == null ? null : allPassing(scan, conjuncts);
    return new Plan.NearestScan(
        scan.relation(),
        scan.table(),
        scan.alias(),
        index,
        planner.finish(query),
        planner.finish(Expressions.and(conjuncts)),
        limit == null ? null : bound(scan, conjuncts, index, key),
        all,
        all instanceof Plan.TableScan ? paths.byIndexAlone(scan, conjuncts) : null,
        limit == null ? null : limit.count(),
        limit == null ? null : limit.offset(),
        outputs,
        Math.max(1, rows));
  }

  /** Plans the rows that pass a filter without a distance index; {@code null} without a filter. */
  private Plan allPassing(Relation.Scan scan, List<BoundExpr> conjuncts) {
    boolean hasFilter =
        !conjuncts.isEmpty() && conjuncts.stream().noneMatch(Expressions::hasSubquery);
    return hasFilter ? paths.scan(scan, conjuncts) : null;
  }
}
