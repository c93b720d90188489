package io.quarkgres.engine.plan;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Equivalence;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.plan.Conditions.Condition;
import io.quarkgres.engine.plan.IndexShapes.IndexShape;
import java.util.ArrayList;
import java.util.List;

/**
 * Plans scans that yield rows in the order of an index, for a LIMIT above a sort. Used by one
 * thread.
 */
final class OrderedScans {
  private final Planner planner;
  private final AccessPaths paths;
  private final DistanceScans distances;

  OrderedScans(Planner planner, AccessPaths paths) {
    this.planner = planner;
    this.paths = paths;
    this.distances = new DistanceScans(planner, paths);
  }

  /** Returns a plan that yields the sort's input in its order by an index, or {@code null}. */
  Plan ordered(Relation.Sort sort, Relation.Limit limit) {
    List<Relation.Project> projects = new ArrayList<>();
    Relation below = sort.input();
    List<BoundExpr> keys = new ArrayList<>();
    for (Relation.SortKey key : sort.keys()) {
      keys.add(key.expression());
    }
    while (below instanceof Relation.Project project) {
      for (BoundExpr e : project.expressions()) {
        if (Expressions.isVolatile(e)) {
          return null;
        }
      }
      keys.replaceAll(k -> Expressions.substitute(k, project.relation(), project.expressions()));
      projects.add(project);
      below = project.input();
    }
    List<BoundExpr> conjuncts = new ArrayList<>();
    while (below instanceof Relation.Filter filter) {
      conjuncts.addAll(0, Expressions.conjuncts(filter.predicate()));
      below = filter.input();
    }
    if (!(below instanceof Relation.Scan scan)
        || scan.table().store() == null
        || conjuncts.stream().anyMatch(Expressions::isVolatile)) {
      return null;
    }
    Plan plan = distances.nearest(scan, conjuncts, sort.keys(), keys, limit);
    if (plan == null) {
      plan = inIndexOrder(scan, conjuncts, sort.keys(), keys, wanted(limit));
    }
    if (plan == null) {
      return null;
    }
    for (int i = projects.size() - 1; i >= 0; i--) {
      Relation.Project project = projects.get(i);
      plan = planner.projected(project, plan);
    }
    return plan;
  }

  /** Returns how many rows a limit reads. */
  private static double wanted(Relation.Limit limit) {
    return limit == null
        ? Double.POSITIVE_INFINITY
        : OrderPlanner.count(limit.count()) + OrderPlanner.count(limit.offset());
  }

  /**
   * Returns a scan in the order of an index, or {@code null} when no index has it, or when so many
   * rows would be read until the filter has let enough through that another way is cheaper.
   *
   * @param expressions what is sorted by, over the scan's columns
   * @param wanted how many rows are read at most
   */
  Plan inIndexOrder(
      Relation.Scan scan,
      List<BoundExpr> conjuncts,
      List<Relation.SortKey> sortKeys,
      List<BoundExpr> expressions,
      double wanted) {
    if (!planner.settings().enableIndexScan()
        || AccessPaths.tableRows(scan) <= AccessPaths.SMALL_ROWS
        || EmptyInputs.isNever(conjuncts)) {
      return null;
    }
    List<Condition> conditions = paths.conditions().of(scan, conjuncts);
    for (IndexShape shape : paths.usable(scan, conjuncts)) {
      IndexEntry index = shape.index();
      if (!index.method().equals("btree") || !IndexMatch.isOrdered(index)) {
        continue;
      }
      IndexMatch match = IndexMatch.of(shape, conditions, AccessPaths.tableRows(scan));
      int skip = match == null || !match.isOneRun() ? 0 : match.equalKeys();
      if (match == null || !match.isOneRun()) {
        match =
            new IndexMatch(
                index, Plan.KeyBounds.NONE, List.of(), 0, false, AccessPaths.tableRows(scan));
      }
      List<BoundExpr> filter = filter(conjuncts, match, shape);
      Boolean isBackward = direction(scan, shape, skip, sortKeys, expressions);
      if (isBackward != null && isWorthIt(scan, conjuncts, filter, wanted)) {
        return paths.indexScan(scan, conjuncts, match, isBackward);
      }
    }
    return null;
  }

  private boolean isWorthIt(
      Relation.Scan scan, List<BoundExpr> conjuncts, List<BoundExpr> filter, double wanted) {
    if (filter.isEmpty()) {
      return true;
    }
    double share = share(scan, filter);
    return share > 0 && wanted / share < paths.cost(scan, conjuncts);
  }

  /**
   * Returns the share of rows that a filter lets through, 0 when it may be any: an equality may be
   * true of a single row of the table unless an index knows better.
   */
  private double share(Relation.Scan scan, List<BoundExpr> filter) {
    double tableRows = AccessPaths.tableRows(scan);
    List<BoundExpr> others = new ArrayList<>();
    double share = 1;
    for (BoundExpr conjunct : filter) {
      List<Condition> found = paths.conditions().of(scan, List.of(conjunct));
      if (found.isEmpty() || !found.get(0).isEquality()) {
        others.add(conjunct);
        continue;
      }
      double rows = 0;
      for (IndexShape shape : paths.usable(scan, List.of())) {
        IndexMatch match = IndexMatch.of(shape, found, tableRows);
        rows = match == null ? rows : match.rows();
      }
      share *= rows / tableRows;
    }
    return share * Estimates.selectivity(others, planner.operators());
  }

  /** Returns the conjuncts that say more than the index's bounds and its predicate. */
  private static List<BoundExpr> filter(
      List<BoundExpr> conjuncts, IndexMatch match, IndexShape shape) {
    List<BoundExpr> result = new ArrayList<>();
    for (BoundExpr conjunct : conjuncts) {
      boolean isKnown =
          match.consumed().stream().anyMatch(c -> c == conjunct)
              || shape.predicate().stream().anyMatch(p -> Equivalence.same(p, conjunct));
      if (!isKnown) {
        result.add(conjunct);
      }
    }
    return result;
  }

  /** Returns whether the index gives the order backward, or {@code null} if it does not give it. */
  private static Boolean direction(
      Relation.Scan scan,
      IndexShape shape,
      int skip,
      List<Relation.SortKey> sortKeys,
      List<BoundExpr> expressions) {
    IndexEntry index = shape.index();
    if (skip + sortKeys.size() > index.keys().size()) {
      return null;
    }
    Boolean isBackward = null;
    for (int i = 0; i < sortKeys.size(); i++) {
      IndexEntry.Key key = index.keys().get(skip + i);
      BoundExpr sorted = Conditions.stripped(expressions.get(i));
      if (!key.isDefaultClass()
          || !Equivalence.same(sorted, Conditions.stripped(shape.keys().get(skip + i)))) {
        return null;
      }
      int column = Conditions.columnOf(scan, sorted);
      boolean isTurned = sortKeys.get(i).isDescending() != key.isDescending();
      boolean nullsFirst = key.nullsFirst() != isTurned;
      boolean nullsFit =
          sortKeys.get(i).nullsFirst() == nullsFirst
              || column >= 0 && scan.table().columns().get(column).isNotNull();
      if (!nullsFit || (isBackward != null && isBackward != isTurned)) {
        return null;
      }
      isBackward = isTurned;
    }
    return isBackward;
  }
}
