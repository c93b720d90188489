package io.quarkgres.engine.plan;

import io.quarkgres.engine.bind.BoundExpr;
import io.quarkgres.engine.bind.Equivalence;
import io.quarkgres.engine.bind.Expressions;
import io.quarkgres.engine.bind.OutputColumn;
import io.quarkgres.engine.bind.Relation;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.plan.IndexShapes.IndexShape;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.IntColumn;
import io.quarkgres.spi.data.LongColumn;
import io.quarkgres.spi.store.RangeFilter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Chooses how a table is read: whole, by an ordered index, in the order of an index, or by
 * distance. Used by one thread.
 */
final class AccessPaths {
  /** Tables up to this size are scanned whole unless a unique key picks one row. */
  private static final double SMALL_ROWS = 500;

  /** The greatest share of a table that is worth reading by an index. */
  private static final double INDEX_SHARE_MAX = 0.15;

  private final Planner planner;

  private final IndexShapes shapes;

  AccessPaths(Planner planner, IndexShapes shapes) {
    this.planner = planner;
    this.shapes = shapes;
  }

  /** Plans a scan for which all conjuncts hold. */
  Plan scan(Relation.Scan scan, List<BoundExpr> conjuncts) {
    Plan byIndex = indexScan(scan, conjuncts);
    return byIndex != null ? byIndex : tableScan(scan, conjuncts);
  }

  static double tableRows(Relation.Scan scan) {
    return scan.table().store() == null
        ? 1000
        : Math.max(1, scan.table().store().rowCountEstimate());
  }

  private Plan tableScan(Relation.Scan scan, List<BoundExpr> conjuncts) {
    Plan.TableScan whole = plainScan(scan, conjuncts);
    List<BoundExpr> fixed = new ArrayList<>();
    List<BoundExpr> residual = new ArrayList<>();
    List<BoundExpr> scanKeys = new ArrayList<>();
    List<BoundExpr> outerKeys = new ArrayList<>();
    for (BoundExpr conjunct : conjuncts) {
      if (Expressions.isVolatile(conjunct)) {
        return whole;
      }
      if (isFixed(scan, conjunct)) {
        fixed.add(conjunct);
      } else if (!addOuterKey(scan, conjunct, scanKeys, outerKeys)) {
        residual.add(conjunct);
      }
    }
    if (scanKeys.isEmpty()) {
      return whole;
    }
    planner.finishAll(scanKeys);
    planner.finishAll(outerKeys);
    return new Plan.ProbedScan(
        whole,
        plainScan(scan, fixed),
        scanKeys,
        outerKeys,
        planner.finish(Expressions.and(residual)));
  }

  private Plan.TableScan plainScan(Relation.Scan scan, List<BoundExpr> conjuncts) {
    double rows = tableRows(scan) * Estimates.selectivity(conjuncts, planner.operators());
    return new Plan.TableScan(
        scan.relation(),
        scan.table(),
        scan.alias(),
        planner.finish(Expressions.and(conjuncts)),
        ranges(scan, conjuncts),
        planner.usedOutputs(scan.outputs()),
        Math.max(1, rows));
  }

  /** Tells whether a conjunct refers to the table only. */
  private static boolean isFixed(Relation.Scan scan, BoundExpr conjunct) {
    BitSet relations = Expressions.relations(conjunct);
    relations.clear(scan.relation());
    return relations.isEmpty() && !Expressions.hasSubquery(conjunct);
  }

  /** Adds the sides of an equality between the table and outer columns; false for another one. */
  private boolean addOuterKey(
      Relation.Scan scan, BoundExpr conjunct, List<BoundExpr> scanKeys, List<BoundExpr> outerKeys) {
    if (!(conjunct instanceof BoundExpr.FunctionCall call)
        || !"=".equals(planner.operators().comparison(call.call()))
        || call.arguments().size() != 2
        || Expressions.hasSubquery(conjunct)) {
      return false;
    }
    BoundExpr left = call.arguments().get(0);
    BoundExpr right = call.arguments().get(1);
    boolean isLeftOfTable = Expressions.relations(left).get(scan.relation());
    BoundExpr own = isLeftOfTable ? left : right;
    BoundExpr outer = isLeftOfTable ? right : left;
    BitSet ownRelations = Expressions.relations(own);
    if (ownRelations.cardinality() != 1
        || !ownRelations.get(scan.relation())
        || Expressions.relations(outer).get(scan.relation())) {
      return false;
    }
    SqlType common = planner.operators().common(own.type(), outer.type());
    if (common == null || !common.hasEquality()) {
      return false;
    }
    BoundExpr ownKey = planner.operators().castTo(own, common);
    BoundExpr outerKey = planner.operators().castTo(outer, common);
    if (ownKey == null || outerKey == null) {
      return false;
    }
    scanKeys.add(ownKey);
    outerKeys.add(outerKey);
    return true;
  }

  // Conditions "key op value", the value not depending on the row.

  /** A conjunct of the form operand op value, where only the operand depends on the row. */
  private record Condition(
      BoundExpr conjunct, BoundExpr operand, String comparison, BoundExpr value) {}

  private List<Condition> conditions(Relation.Scan scan, List<BoundExpr> conjuncts) {
    List<Condition> result = new ArrayList<>();
    for (BoundExpr conjunct : conjuncts) {
      Condition condition = condition(scan, conjunct);
      if (condition != null) {
        result.add(condition);
      }
    }
    return result;
  }

  private Condition condition(Relation.Scan scan, BoundExpr conjunct) {
    if (conjunct instanceof BoundExpr.QuantifiedArray array && !array.isAll()) {
      BoundExpr operand = operandOf(scan, array.left());
      boolean isEqual = "=".equals(planner.operators().comparison(array.operator()));
      boolean sameType =
          operand != null && array.operator().argumentTypes()[1].oid() == operand.type().oid();
      return isEqual && sameType && isIndependent(scan, array.array())
          ? new Condition(conjunct, operand, "any", array.array())
          : null;
    }
    if (!(conjunct instanceof BoundExpr.FunctionCall call) || call.arguments().size() != 2) {
      return null;
    }
    String comparison = planner.operators().comparison(call.call());
    if (comparison == null) {
      return null;
    }
    BoundExpr left = call.arguments().get(0);
    BoundExpr right = call.arguments().get(1);
    BoundExpr operand = operandOf(scan, left);
    if (operand != null && isIndependent(scan, right)) {
      return valued(conjunct, operand, comparison, right);
    }
    operand = operandOf(scan, right);
    if (operand != null && isIndependent(scan, left)) {
      return valued(conjunct, operand, EqualityOperators.commuted(comparison), left);
    }
    return null;
  }

  private Condition valued(
      BoundExpr conjunct, BoundExpr operand, String comparison, BoundExpr value) {
    BoundExpr cast = planner.operators().castTo(value, operand.type());
    return cast == null ? null : new Condition(conjunct, operand, comparison, cast);
  }

  /** Returns an expression over the scan's row, seen through relabelings, or {@code null}. */
  private static BoundExpr operandOf(Relation.Scan scan, BoundExpr expr) {
    BoundExpr inner = stripped(expr);
    boolean isOfRow =
        inner instanceof BoundExpr.ColumnRef
            ? columnOf(scan, inner) >= 0
            : Expressions.relations(inner).get(scan.relation())
                && !Expressions.hasSubquery(inner)
                && !Expressions.isVolatile(inner);
    return isOfRow ? inner : null;
  }

  private static BoundExpr stripped(BoundExpr expr) {
    BoundExpr inner = expr;
    while (inner instanceof BoundExpr.Relabel relabel) {
      inner = relabel.operand();
    }
    return inner;
  }

  /** Returns the table column that an expression is, seen through relabelings, or -1. */
  private static int columnOf(Relation.Scan scan, BoundExpr expr) {
    return stripped(expr) instanceof BoundExpr.ColumnRef ref
            && ref.relation() == scan.relation()
            && ref.column() < scan.table().columns().size()
        ? ref.column()
        : -1;
  }

  private static boolean isIndependent(Relation.Scan scan, BoundExpr expr) {
    return !Expressions.relations(expr).get(scan.relation()) && !Expressions.isVolatile(expr);
  }

  // Ordered indexes.

  private Plan indexScan(Relation.Scan scan, List<BoundExpr> conjuncts) {
    if (!planner.settings().enableIndexScan()) {
      return null;
    }
    List<Condition> conditions = conditions(scan, conjuncts);
    if (conditions.isEmpty()) {
      return null;
    }
    double tableRows = tableRows(scan);
    Match best = null;
    for (IndexShape index : usable(scan, conjuncts)) {
      Match match = match(index, conditions, tableRows);
      if (match != null && (best == null || match.rows() < best.rows())) {
        best = match;
      }
    }
    if (best == null) {
      return null;
    }
    boolean isWorthIt =
        best.isOneRow()
            || !planner.settings().enableTableScan()
            || (tableRows > SMALL_ROWS && best.rows() <= tableRows * INDEX_SHARE_MAX);
    return isWorthIt ? indexScan(scan, conjuncts, best, false) : null;
  }

  private Plan indexScan(
      Relation.Scan scan, List<BoundExpr> conjuncts, Match match, boolean isBackward) {
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

  /** How well an index fits conditions. */
  private record Match(
      IndexEntry index,
      Plan.KeyBounds bounds,
      List<BoundExpr> consumed,
      int equalKeys,
      boolean isOneRow,
      double rows) {}

  /** Returns the indexes that have all rows for which the conjuncts are true. */
  private List<IndexShape> usable(Relation.Scan scan, List<BoundExpr> conjuncts) {
    List<IndexShape> result = new ArrayList<>();
    Implication implication = new Implication(planner.operators());
    for (IndexEntry index : planner.catalog().indexesOf(scan.table().oid())) {
      IndexShape shape = index.index() == null ? null : shapes.of(scan, index);
      if (shape != null && implication.implies(conjuncts, shape.predicate())) {
        result.add(shape);
      }
    }
    return result;
  }

  private static boolean isOrdered(IndexEntry index) {
    return index.index() != null
        && (index.method().equals("btree") || index.method().equals("hash"));
  }

  private static Match match(IndexShape shape, List<Condition> conditions, double tableRows) {
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
      double rows = isOneRow ? 1 : Math.max(1, tableRows * Math.pow(0.01, keys));
      Plan.KeyBounds bounds = new Plan.KeyBounds(List.of(equal), null, null, false, null, false);
      return new Match(index, bounds, consumed, keys, isOneRow, rows);
    }
    if (isHash) {
      return null;
    }
    if (equal.isEmpty()) {
      Condition any = find(conditions, shape, 0, "any");
      if (any != null) {
        Plan.KeyBounds bounds =
            new Plan.KeyBounds(List.of(), any.value(), null, false, null, false);
        double rows = Math.max(1, Math.min(tableRows, index.isUnique() ? 10 : tableRows * 0.05));
        boolean isFew = index.isUnique() && keys == 1;
        return new Match(index, bounds, List.of(any.conjunct()), 1, isFew, rows);
      }
    }
    return rangeMatch(shape, conditions, equal, consumed, tableRows);
  }

  private static Match rangeMatch(
      IndexShape shape,
      List<Condition> conditions,
      List<BoundExpr> equal,
      List<BoundExpr> consumed,
      double tableRows) {
    int next = equal.size();
    Condition low = either(find(conditions, shape, next, ">"), find(conditions, shape, next, ">="));
    Condition high =
        either(find(conditions, shape, next, "<"), find(conditions, shape, next, "<="));
    double rows = tableRows * Math.pow(0.01, equal.size());
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
    return new Match(shape.index(), bounds, consumed, equal.size(), false, Math.max(1, rows));
  }

  private static Condition either(Condition a, Condition b) {
    return a != null ? a : b;
  }

  private static Condition find(
      List<Condition> conditions, IndexShape shape, int key, String comparison) {
    if (!shape.index().keys().get(key).isDefaultClass()) {
      return null;
    }
    BoundExpr wanted = stripped(shape.keys().get(key));
    for (Condition condition : conditions) {
      if (condition.comparison().equals(comparison)
          && Equivalence.same(condition.operand(), wanted)) {
        return condition;
      }
    }
    return null;
  }

  /**
   * Returns an index scan on equality with columns of other relations for an index look-up join, or
   * {@code null} when no index serves.
   */
  Plan lookup(Relation.Scan scan, List<BoundExpr> conjuncts) {
    List<Condition> conditions = conditions(scan, conjuncts);
    Match best = null;
    for (IndexShape index : usable(scan, conjuncts)) {
      Match match = match(index, conditions, tableRows(scan));
      if (match != null
          && match.equalKeys() > 0
          && match.bounds().arrayKey() == null
          && (best == null || match.rows() < best.rows())) {
        best = match;
      }
    }
    return best == null ? null : indexScan(scan, conjuncts, best, false);
  }

  // Zone maps.

  private List<RangeFilter> ranges(Relation.Scan scan, List<BoundExpr> conjuncts) {
    List<RangeFilter> result = new ArrayList<>();
    for (Condition condition : conditions(scan, conjuncts)) {
      int column = columnOf(scan, condition.operand());
      if (column >= 0
          && condition.value() instanceof BoundExpr.Constant constant
          && !constant.isNull()) {
        RangeFilter range = range(column, condition.comparison(), constant.value());
        if (range != null) {
          result.add(range);
        }
      }
    }
    return result;
  }

  private static RangeFilter range(int column, String comparison, Column value) {
    long bound;
    if (value instanceof IntColumn c && c.layout() == io.quarkgres.spi.data.Layout.INT32) {
      bound = c.values()[0];
    } else if (value instanceof LongColumn c) {
      bound = c.values()[0];
    } else {
      return null;
    }
    return switch (comparison) {
      case "=" -> new RangeFilter(column, bound, bound);
      case "<", "<=" -> new RangeFilter(column, Long.MIN_VALUE, bound);
      case ">", ">=" -> new RangeFilter(column, bound, Long.MAX_VALUE);
      default -> null;
    };
  }

  // Orders that an index gives, for a LIMIT above a sort.

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
    Plan plan = nearest(scan, conjuncts, sort.keys(), keys, limit);
    if (plan == null) {
      plan = inIndexOrder(scan, conjuncts, sort.keys(), keys);
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

  private Plan inIndexOrder(
      Relation.Scan scan,
      List<BoundExpr> conjuncts,
      List<Relation.SortKey> sortKeys,
      List<BoundExpr> expressions) {
    if (!planner.settings().enableIndexScan() || tableRows(scan) <= SMALL_ROWS) {
      return null;
    }
    List<Condition> conditions = conditions(scan, conjuncts);
    for (IndexShape shape : usable(scan, conjuncts)) {
      IndexEntry index = shape.index();
      if (!index.method().equals("btree") || !isOrdered(index)) {
        continue;
      }
      Match match = match(shape, conditions, tableRows(scan));
      int skip = match == null || match.bounds().arrayKey() != null ? 0 : match.equalKeys();
      if (match == null || match.bounds().arrayKey() != null) {
        match = new Match(index, Plan.KeyBounds.NONE, List.of(), 0, false, tableRows(scan));
      }
      boolean leavesFilter = leavesFilter(conjuncts, match, shape);
      Boolean isBackward = direction(scan, shape, skip, sortKeys, expressions);
      if (isBackward != null && !leavesFilter) {
        return indexScan(scan, conjuncts, match, isBackward);
      }
    }
    return null;
  }

  /** Tells whether a conjunct says more than the index's bounds and its predicate. */
  private static boolean leavesFilter(List<BoundExpr> conjuncts, Match match, IndexShape shape) {
    for (BoundExpr conjunct : conjuncts) {
      boolean isKnown =
          match.consumed().stream().anyMatch(c -> c == conjunct)
              || shape.predicate().stream().anyMatch(p -> Equivalence.same(p, conjunct));
      if (!isKnown) {
        return true;
      }
    }
    return false;
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
      BoundExpr sorted = stripped(expressions.get(i));
      if (!key.isDefaultClass()
          || !Equivalence.same(sorted, stripped(shape.keys().get(skip + i)))) {
        return null;
      }
      int column = columnOf(scan, sorted);
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

  // Distance indexes.

  private Plan nearest(
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
    for (IndexShape shape : usable(scan, conjuncts)) {
      IndexEntry index = shape.index();
      if (index.keys().size() != 1) {
        continue;
      }
      int ordering = index.orderingFunction();
      if (ordering == 0 || ordering != call.call().function().oid()) {
        continue;
      }
      for (int side = 0; side < 2; side++) {
        BoundExpr query = call.arguments().get(1 - side);
        if (Equivalence.same(stripped(call.arguments().get(side)), stripped(shape.keys().get(0)))
            && isIndependent(scan, query)) {
          return nearestScan(scan, conjuncts, index, query, limit);
        }
      }
    }
    return null;
  }

  private Plan nearestScan(
      Relation.Scan scan,
      List<BoundExpr> conjuncts,
      IndexEntry index,
      BoundExpr query,
      Relation.Limit limit) {
    List<OutputColumn> outputs = planner.usedOutputs(scan.outputs());
    double rows = tableRows(scan) * Estimates.selectivity(conjuncts, planner.operators());
    return new Plan.NearestScan(
        scan.relation(),
        scan.table(),
        scan.alias(),
        index,
        planner.finish(query),
        planner.finish(Expressions.and(conjuncts)),
        limit == null ? null : allPassing(scan, conjuncts),
        limit == null ? null : limit.count(),
        limit == null ? null : limit.offset(),
        outputs,
        Math.max(1, rows));
  }

  /** Plans the rows that pass a filter without a distance index; {@code null} without a filter. */
  private Plan allPassing(Relation.Scan scan, List<BoundExpr> conjuncts) {
    boolean hasFilter =
        !conjuncts.isEmpty() && conjuncts.stream().noneMatch(Expressions::hasSubquery);
    return hasFilter ? scan(scan, conjuncts) : null;
  }
}
