package io.quarkgres.engine.plan;

import io.quarkgres.engine.bind.tree.BoundExpr;
import java.util.List;

/**
 * Tells whether two plans of a statement, with literals and with parameters in their place, read
 * their tables in the same ways: then nothing is lost by running the one for the other. Thread:
 * any.
 */
public final class PlanShape {
  /** Tables of at most so many rows are one chunk, which no zone map helps to skip. */
  private static final double SMALL_ROWS = 1_000;

  private PlanShape() {}

  /** Tells whether the plans are of the same shape. */
  public static boolean same(PlannedStatement a, PlannedStatement b) {
    if (a.subplans().size() != b.subplans().size() || !same(a.plan(), b.plan())) {
      return false;
    }
    Plan[] first = subplans(a);
    Plan[] second = subplans(b);
    for (int i = 0; i < first.length; i++) {
      if (!same(first[i], second[i])) {
        return false;
      }
    }
    return true;
  }

  private static Plan[] subplans(PlannedStatement statement) {
    Plan[] result = new Plan[statement.subplans().size()];
    statement.subplans().values().forEach(subplan -> result[subplan.number()] = subplan.plan());
    return result;
  }

  private static boolean same(Plan a, Plan b) {
    if (a.getClass() != b.getClass() || !sameAccess(a, b)) {
      return false;
    }
    List<Plan> first = PlanText.children(a);
    List<Plan> second = PlanText.children(b);
    if (first.size() != second.size()) {
      return false;
    }
    for (int i = 0; i < first.size(); i++) {
      if (!same(first.get(i), second.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameNearest(Plan.NearestScan a, Plan.NearestScan b) {
    return a.index().oid() == b.index().oid()
        && sameOrNone(a.all(), b.all())
        && sameOrNone(a.few(), b.few());
  }

  private static boolean sameOrNone(Plan a, Plan b) {
    return a == null || b == null ? a == b : same(a, b);
  }

  private static boolean sameAccess(Plan a, Plan b) {
    return switch (a) {
      case Plan.TableScan x ->
          x.table().oid() == ((Plan.TableScan) b).table().oid()
              && skipsAsMuch((Plan.TableScan) b, x);
      // Both scans of it may skip chunks; how often it runs makes that matter.
      case Plan.ProbedScan x ->
          skipsAsMuch(((Plan.ProbedScan) b).scan(), x.scan())
              && skipsAsMuch(((Plan.ProbedScan) b).fixed(), x.fixed());
      case Plan.IndexScan x -> sameIndex(x, (Plan.IndexScan) b);
      case Plan.NearestScan x -> sameNearest(x, (Plan.NearestScan) b);
      case Plan.HashJoin x ->
          x.kind() == ((Plan.HashJoin) b).kind()
              && x.leftKeys().size() == ((Plan.HashJoin) b).leftKeys().size();
      case Plan.VirtualScan _,
          Plan.InputScan _,
          Plan.ValuesScan _,
          Plan.FunctionScan _,
          Plan.SingleRow _,
          Plan.Nothing _,
          Plan.Project _,
          Plan.ProjectSet _,
          Plan.Filter _,
          Plan.NestedLoop _,
          Plan.Apply _,
          Plan.HashAggregate _,
          Plan.Window _,
          Plan.Sort _,
          Plan.TopN _,
          Plan.Limit _,
          Plan.Distinct _,
          Plan.DistinctOn _,
          Plan.Append _,
          Plan.SetOperation _,
          Plan.With _,
          Plan.CteScan _,
          Plan.LockRows _,
          Plan.Modify _ ->
          true;
    };
  }

  private static boolean skipsAsMuch(Plan.TableScan scan, Plan.TableScan other) {
    return scan.bounds().size() == other.bounds().size() && sameBounds(scan, other)
        || scan.table().store() != null && scan.table().store().rowCountEstimate() <= SMALL_ROWS;
  }

  private static boolean sameBounds(Plan.TableScan a, Plan.TableScan b) {
    for (int i = 0; i < a.bounds().size(); i++) {
      if (!a.bounds().get(i).isLike(b.bounds().get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameIndex(Plan.IndexScan a, Plan.IndexScan b) {
    return a.index().oid() == b.index().oid()
        && a.isBackward() == b.isBackward()
        && equalKeys(a.bounds()) == equalKeys(b.bounds())
        && isSame(a.bounds().arrayKey(), b.bounds().arrayKey())
        && isSame(a.bounds().low(), b.bounds().low())
        && isSame(a.bounds().high(), b.bounds().high());
  }

  private static int equalKeys(Plan.KeyBounds bounds) {
    return bounds.equal().isEmpty() ? 0 : bounds.equal().getFirst().size();
  }

  private static boolean isSame(BoundExpr a, BoundExpr b) {
    return (a == null) == (b == null);
  }
}
