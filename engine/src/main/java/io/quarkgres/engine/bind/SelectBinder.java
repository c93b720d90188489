package io.quarkgres.engine.bind;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.OrderItem;
import io.quarkgres.engine.ast.Positions;
import io.quarkgres.engine.ast.Query;
import io.quarkgres.engine.ast.QueryBody;
import io.quarkgres.engine.ast.WindowSpecification;
import io.quarkgres.engine.bind.LimitBinder.BoundLimit;
import io.quarkgres.engine.bind.QueryLevel.LockRequest;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.bind.tree.Relation.SortKey;
import io.quarkgres.engine.bind.typing.BindErrors;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Binds one SELECT. The clauses are bound in PostgreSQL's order, so that the first error is the
 * same; then the operators are put together. Used by one thread.
 */
final class SelectBinder implements Analyzed {
  private final BindState state;
  private final QueryLevel level;
  private final Query query;
  private final QueryBody.Select select;
  private final List<LockRequest> inheritedLocks;
  private final ExpressionBinder expressions;
  private final TargetList targets;
  private final List<SortItem> sortItems = new ArrayList<>();
  private final Set<Integer> distinctOn = new LinkedHashSet<>();
  private final Map<Integer, Integer> distinctOnPositions = new HashMap<>();
  private Relation input;
  private BoundExpr where;
  private BoundExpr having;
  private GroupingBinder grouping;
  private BoundLimit limit;
  private WindowBinder windows;

  /** A sort key that is a column of the select list, junk ones included. */
  private record SortItem(int target, boolean isDescending, boolean nullsFirst) {}

  SelectBinder(
      QueryLevel level, Query query, QueryBody.Select select, List<LockRequest> inheritedLocks) {
    this.state = level.state();
    this.level = level;
    this.query = query;
    this.select = select;
    this.inheritedLocks = inheritedLocks;
    this.expressions = new ExpressionBinder(level);
    this.targets = new TargetList(expressions);
  }

  Analyzed analyze() {
    LockBinder locks = new LockBinder(level, query.locking(), inheritedLocks);
    for (WindowSpecification.Definition window : select.windows()) {
      addWindow(window);
    }
    input = new FromBinder(expressions, locks).bind(select.from());
    targets.bind(select.targets(), Clause.SELECT_TARGET);
    if (select.where() != null) {
      where = expressions.condition(select.where(), Clause.WHERE, "WHERE");
    }
    if (select.having() != null) {
      having = expressions.condition(select.having(), Clause.HAVING, "HAVING");
    }
    bindOrderBy();
    grouping = new GroupingBinder(expressions, targets);
    grouping.bind(select.groupBy(), having != null);
    bindDistinct();
    limit = new LimitBinder(expressions).bind(query.limit());
    windows = new WindowBinder(expressions);
    windows.bindDefinitions();
    locks.check(select, level);
    if (level.isRecursiveTerm() && level.hasAggregates()) {
      throw new SqlException(
          SqlState.INVALID_RECURSION,
          "aggregate functions are not allowed in a recursive query's recursive term",
          level.firstAggregatePosition());
    }
    return this;
  }

  private void addWindow(WindowSpecification.Definition window) {
    for (WindowDefinition other : level.windowDefinitions()) {
      if (window.name().equals(other.name())) {
        throw BindErrors.windowing(
            "window \"" + window.name() + "\" is already defined",
            window.specification().position());
      }
    }
    level.windowDefinitions().add(new WindowDefinition(window.name(), window.specification()));
  }

  private void bindOrderBy() {
    SortBinder sorts = new SortBinder(expressions);
    for (OrderItem item : query.orderBy()) {
      int target = targets.findOrAdd(item.expression(), Clause.ORDER_BY, "ORDER BY");
      SortKey key = sorts.key(targets.resolved(target), item);
      if (!isSorted(target)) {
        sortItems.add(new SortItem(target, key.isDescending(), key.nullsFirst()));
      }
    }
  }

  private boolean isSorted(int target) {
    for (SortItem item : sortItems) {
      if (item.target() == target) {
        return true;
      }
    }
    return false;
  }

  private void bindDistinct() {
    if (select.distinct() == null) {
      return;
    }
    if (select.distinct().on().isEmpty()) {
      bindPlainDistinct();
      return;
    }
    for (Expression on : select.distinct().on()) {
      int target = targets.findOrAdd(on, Clause.DISTINCT_ON, "DISTINCT ON");
      checkEquality(targets.resolved(target), Positions.start(on));
      distinctOn.add(target);
      distinctOnPositions.putIfAbsent(target, Positions.start(on));
    }
    boolean hasSkipped = false;
    Set<Integer> found = new LinkedHashSet<>();
    for (SortItem item : sortItems) {
      if (distinctOn.contains(item.target())) {
        if (hasSkipped) {
          throw mismatchedDistinctOn(item.target());
        }
        found.add(item.target());
      } else {
        hasSkipped = true;
      }
    }
    for (int target : distinctOn) {
      if (!found.contains(target) && hasSkipped) {
        throw mismatchedDistinctOn(target);
      }
    }
  }

  private SqlException mismatchedDistinctOn(int target) {
    return BindErrors.columnReference(
        "SELECT DISTINCT ON expressions must match initial ORDER BY expressions",
        distinctOnPositions.get(target));
  }

  private void bindPlainDistinct() {
    for (SortItem item : sortItems) {
      if (targets.get(item.target()).isJunk()) {
        throw BindErrors.columnReference(
            "for SELECT DISTINCT, ORDER BY expressions must appear in select list",
            state.position(targets.get(item.target()).expr()));
      }
    }
    for (int i = 0; i < targets.size(); i++) {
      if (!targets.get(i).isJunk()) {
        checkEquality(targets.resolved(i), state.position(targets.get(i).expr()));
      }
    }
    if (targets.visible().isEmpty()) {
      throw BindErrors.syntax("SELECT DISTINCT must have at least one column", -1);
    }
  }

  private void checkEquality(BoundExpr expr, int position) {
    if (!expr.type().hasEquality()) {
      throw state.lookup().operators().noEquality(expr.type().oid(), position);
    }
  }

  @Override
  public List<BoundExpr> columns() {
    return TargetList.expressionsOf(targets.visible());
  }

  @Override
  public List<String> names() {
    return TargetList.namesOf(targets.visible());
  }

  @Override
  public void replaceColumn(int column, BoundExpr expr) {
    int seen = 0;
    for (int i = 0; i < targets.size(); i++) {
      if (!targets.get(i).isJunk() && seen++ == column) {
        targets.replace(i, expr);
      }
    }
  }

  @Override
  public Relation build() {
    List<BoundExpr> originals = TargetList.expressionsOf(targets.all());
    List<BoundExpr> columns = new ArrayList<>(originals);
    state.trace().select(select, this::traced);
    Relation from = RowMarkers.apply(level, input);
    Relation relation = where == null ? from : new Relation.Filter(from, where);
    SetCalls sets = new SetCalls(level);
    if (grouping.isPresent()) {
      relation = sets.below(relation, grouping.keys());
      grouping.replaceKeys(sets::replace);
      columns.replaceAll(sets::replace);
      relation = grouping.build(relation, columns, having, windows, sets);
      columns = grouping.columns();
      relation = grouping.filter(relation);
    }
    relation = windows.build(relation, columns, sets);
    relation = sets.above(relation);
    columns.replaceAll(sets::replace);
    return new SelectTail(
            level, targets.all(), originals, columns, select.distinct() != null, distinctOn, limit)
        .build(relation, sortKeys(columns));
  }

  private BindTrace.Select traced() {
    List<BindTrace.Column> columns = new ArrayList<>();
    targets.all().forEach(t -> columns.add(new BindTrace.Column(t.expr(), t.name(), t.isJunk())));
    List<BindTrace.Sort> sorts = new ArrayList<>();
    for (SortItem item : sortItems) {
      BoundExpr expr = targets.get(item.target()).expr();
      SortKey key = new SortKey(expr, item.isDescending(), item.nullsFirst());
      sorts.add(new BindTrace.Sort(item.target(), key));
    }
    return new BindTrace.Select(
        List.copyOf(columns), where, having, sorts, List.copyOf(distinctOn), limit.trace());
  }

  private List<SelectTail.TargetKey> sortKeys(List<BoundExpr> columns) {
    List<SelectTail.TargetKey> result = new ArrayList<>();
    for (SortItem item : sortItems) {
      result.add(
          new SelectTail.TargetKey(
              item.target(),
              new SortKey(columns.get(item.target()), item.isDescending(), item.nullsFirst())));
    }
    return result;
  }
}
