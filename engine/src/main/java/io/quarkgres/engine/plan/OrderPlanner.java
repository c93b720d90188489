package io.quarkgres.engine.plan;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.spi.data.LongColumn;
import java.util.List;

/**
 * Plans ORDER BY and LIMIT: a limit looks through projections for the sort below it. Used by one
 * thread.
 */
final class OrderPlanner {
  /** The rows of a LIMIT that is not known. */
  private static final double UNKNOWN_COUNT = 100;

  private final Planner planner;

  OrderPlanner(Planner planner) {
    this.planner = planner;
  }

  Plan limit(Relation.Limit r) {
    planner.finish(r.count());
    planner.finish(r.offset());
    if (r.ties() != null) {
      planner.finishKeys(r.ties());
    }
    if (r.count() != null && r.ties() == null) {
      Plan top = topN(r.input(), r);
      if (top != null) {
        return top;
      }
    }
    Plan input = planner.plan(r.input(), List.of());
    return new Plan.Limit(input, r.count(), r.offset(), r.ties(), limitRows(r, input.rows()));
  }

  private static boolean isNearlyOrdered(Plan plan) {
    Plan below = plan;
    while (below instanceof Plan.Project project) {
      below = project.input();
    }
    return below instanceof Plan.NearestScan;
  }

  private static double limitRows(Relation.Limit limit, double inputRows) {
    return Math.max(1, Math.min(inputRows, count(limit.count())));
  }

  /** Returns the value of a count or offset, a guess when it is not constant. */
  static double count(BoundExpr expr) {
    if (expr == null) {
      return 0;
    }
    return expr instanceof BoundExpr.Constant c && !c.isNull() && c.value() instanceof LongColumn n
        ? n.values()[0]
        : UNKNOWN_COUNT;
  }

  /**
   * Without a limit, all rows are sorted. But whoever turns sequential scans off gets a distance
   * index, and with it, as from PostgreSQL, only the rows that the index holds.
   */
  Plan sort(Relation.Sort r, List<BoundExpr> conjuncts) {
    if (!planner.settings().enableTableScan() && conjuncts.isEmpty()) {
      Plan ordered = planner.paths().ordered(r, null);
      if (ordered != null && isNearlyOrdered(ordered)) {
        return new Plan.Sort(ordered, planner.finishKeys(r.keys()));
      }
    }
    return new Plan.Sort(planner.plan(r.input(), conjuncts), planner.finishKeys(r.keys()));
  }

  private Plan topN(Relation input, Relation.Limit limit) {
    if (input instanceof Relation.Project project) {
      Plan below = topN(project.input(), limit);
      return below == null ? null : planner.projected(project, below);
    }
    if (!(input instanceof Relation.Sort sort)) {
      return null;
    }
    Plan ordered = planner.paths().ordered(sort, limit);
    if (ordered != null && !isNearlyOrdered(ordered)) {
      double rows = limitRows(limit, ordered.rows());
      return new Plan.Limit(ordered, limit.count(), limit.offset(), null, rows);
    }
    // The rows that a distance index yields first are sorted, as a later one may be nearer.
    Plan below = ordered != null ? ordered : planner.plan(sort.input(), List.of());
    return new Plan.TopN(
        below,
        planner.finishKeys(sort.keys()),
        limit.count(),
        limit.offset(),
        limitRows(limit, below.rows()));
  }
}
