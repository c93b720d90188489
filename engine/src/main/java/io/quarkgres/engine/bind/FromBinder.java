package io.quarkgres.engine.bind;

import io.quarkgres.engine.ast.Alias;
import io.quarkgres.engine.ast.FromItem;
import io.quarkgres.engine.bind.QueryLevel.LockRequest;
import io.quarkgres.engine.bind.QueryLevel.ScopeItem;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.bind.tree.Relations;
import io.quarkgres.engine.bind.typing.BindErrors;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Binds FROM: makes the relations and the scope that names are looked up in. Used by one thread.
 *
 * <p>While a list is bound, the items on the left are in scope for LATERAL only; when it is done,
 * all are.
 */
final class FromBinder {
  private final ExpressionBinder expressions;
  private final BindState state;
  private final QueryLevel level;
  private final LockBinder locks;

  FromBinder(ExpressionBinder expressions, LockBinder locks) {
    this.expressions = expressions;
    this.state = expressions.state();
    this.level = expressions.level();
    this.locks = locks;
  }

  /** A bound item: what it yields, and what it adds to the scope. */
  record Bound(Relation relation, List<ScopeItem> scope) {}

  BindState state() {
    return state;
  }

  QueryLevel level() {
    return level;
  }

  ExpressionBinder expressions() {
    return expressions;
  }

  /** Binds a list; an empty one is a single row. */
  Relation bind(List<FromItem> items) {
    return items.isEmpty() ? new Relation.SingleRow() : bind(items, null);
  }

  /** Binds a list behind a relation that is in scope already: the target of UPDATE or DELETE. */
  Relation bind(List<FromItem> items, Relation first) {
    Relation result = first;
    Clause before = level.enter(Clause.FROM_SUBQUERY);
    for (FromItem item : items) {
      Bound bound = item(item);
      checkConflicts(level.scope(), bound.scope());
      List<ScopeItem> scope = new ArrayList<>(level.scope());
      bound.scope().forEach(s -> scope.add(s.asLateral(true)));
      level.setScope(scope);
      result =
          result == null
              ? bound.relation()
              : join(Relation.JoinKind.INNER, result, bound.relation(), null);
    }
    level.setScope(plain(level.scope()));
    level.enter(before);
    return result;
  }

  private static List<ScopeItem> plain(List<ScopeItem> scope) {
    List<ScopeItem> result = new ArrayList<>();
    scope.forEach(s -> result.add(s.asPlain()));
    return result;
  }

  /** Raises 42712 when two items that can be named have one name. */
  static void checkConflicts(List<ScopeItem> left, List<ScopeItem> right) {
    for (ScopeItem a : right) {
      for (ScopeItem b : left) {
        if (a.showsName() && b.showsName() && conflict(a.entry(), b.entry())) {
          throw new SqlException(
              SqlState.DUPLICATE_ALIAS,
              "table name \"" + a.entry().name() + "\" specified more than once");
        }
      }
    }
  }

  /** Two tables of different schemas may have the same name as long as neither has an alias. */
  private static boolean conflict(RangeEntry a, RangeEntry b) {
    if (a.name() == null || !a.name().equals(b.name())) {
      return false;
    }
    boolean areBare = isBare(a) && isBare(b);
    return !areBare || a.catalogEntry().oid() == b.catalogEntry().oid();
  }

  private static boolean isBare(RangeEntry entry) {
    return entry.catalogEntry() != null && !entry.hasAlias();
  }

  private Bound item(FromItem item) {
    return switch (item) {
      case FromItem.Table table -> traced(table, table(table));
      case FromItem.Subquery subquery -> traced(subquery, subquery(subquery));
      case FromItem.Functions functions ->
          traced(functions, new TableFunctionBinder(this, locks).bind(functions));
      case FromItem.Join join -> joins(join);
    };
  }

  private Bound traced(FromItem item, Bound bound) {
    state.trace().item(item, bound.scope().get(0).entry(), bound.relation());
    return bound;
  }

  private Bound table(FromItem.Table table) {
    if (table.sample() != null) {
      throw BindErrors.notBuilt("TABLESAMPLE", table.sample().position());
    }
    return new TableBinder(this, locks).bind(table);
  }

  /** Makes the scope of one item that can be named by its alias. */
  Bound single(Relation relation, RangeEntry entry) {
    level.range().add(entry);
    boolean hasName = entry.name() != null;
    return new Bound(relation, List.of(ScopeItem.of(entry, hasName)));
  }

  private Bound subquery(FromItem.Subquery subquery) {
    Alias alias = subquery.alias();
    if (alias == null) {
      throw new SqlException(
          SqlState.SYNTAX_ERROR,
          "subquery in FROM must have an alias",
          null,
          "For example, FROM (SELECT ...) [AS] foo.",
          subquery.position());
    }
    List<LockRequest> requests = locks.requests(alias.name(), LockBinder.Kind.SUBQUERY);
    boolean before = level.isLateralActive();
    level.setLateralActive(subquery.isLateral());
    Relation relation =
        new QueryBinder(state, level, level.ctes())
            .bind(subquery.query(), requests, false)
            .relation();
    level.setLateralActive(before);
    return single(relation, entryOf(relation, alias));
  }

  /** Makes the entry of a subquery, view or the like. */
  RangeEntry entryOf(Relation relation, Alias alias) {
    state.adopt(relation.outputs(), level);
    int number = relation.outputs().isEmpty() ? -1 : relation.outputs().get(0).relation();
    return RangeEntry.of(null, null, number, relation.outputs())
        .renamed(alias.name(), alias.columns(), -1);
  }

  /** Makes a join, lateral when the right side refers to the left one. */
  Relation join(Relation.JoinKind kind, Relation left, Relation right, BoundExpr condition) {
    BitSet leftRelations = Expressions.relationsOf(left.outputs());
    boolean isLateral = false;
    if (!(right instanceof Relation.Scan)) {
      for (OutputColumn free : Relations.freeColumns(right)) {
        isLateral |= leftRelations.get(free.relation());
      }
    }
    List<OutputColumn> outputs = new ArrayList<>(left.outputs());
    outputs.addAll(right.outputs());
    return new Relation.Join(kind, left, right, condition, isLateral, List.copyOf(outputs));
  }

  // ---- joins ----

  /** Binds a join; chains lean to the left and are walked in a loop. */
  private Bound joins(FromItem.Join top) {
    List<FromItem.Join> chain = new ArrayList<>();
    FromItem at = top;
    while (at instanceof FromItem.Join join) {
      chain.add(join);
      at = join.left();
    }
    if (chain.size() > 2000) {
      throw BindErrors.tooComplex();
    }
    List<RecursionGuard.Place> places = new ArrayList<>();
    for (FromItem.Join join : chain) {
      boolean isForbidden =
          join.type() == FromItem.JoinType.RIGHT || join.type() == FromItem.JoinType.FULL;
      places.add(
          state
              .recursion()
              .enter(isForbidden ? RecursionGuard.Place.OUTER_JOIN : RecursionGuard.Place.OK));
    }
    Bound left = item(at);
    for (int i = chain.size() - 1; i >= 0; i--) {
      state.recursion().leave(places.get(i));
      left = join(chain.get(i), left);
    }
    return left;
  }

  private Bound join(FromItem.Join join, Bound left) {
    boolean isLateralOk =
        join.type() == FromItem.JoinType.INNER || join.type() == FromItem.JoinType.LEFT;
    List<ScopeItem> before = level.scope();
    List<ScopeItem> withLeft = new ArrayList<>(before);
    left.scope().forEach(s -> withLeft.add(s.asLateral(isLateralOk)));
    level.setScope(withLeft);
    boolean isForbidden =
        join.type() == FromItem.JoinType.LEFT || join.type() == FromItem.JoinType.FULL;
    RecursionGuard.Place place =
        state
            .recursion()
            .enter(isForbidden ? RecursionGuard.Place.OUTER_JOIN : RecursionGuard.Place.OK);
    Bound right = item(join.right());
    state.recursion().leave(place);
    level.setScope(before);
    checkConflicts(left.scope(), right.scope());
    markNullable(join.type(), left, right);
    return new JoinBinder(this, join, left, right).bind();
  }

  private static void markNullable(FromItem.JoinType type, Bound left, Bound right) {
    if (type == FromItem.JoinType.LEFT || type == FromItem.JoinType.FULL) {
      right.scope().forEach(s -> s.entry().makeNullable());
    }
    if (type == FromItem.JoinType.RIGHT || type == FromItem.JoinType.FULL) {
      left.scope().forEach(s -> s.entry().makeNullable());
    }
  }
}
