package io.quarkgres.engine.bind;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.bind.tree.Relation.AggregateCall;
import io.quarkgres.engine.bind.tree.Relation.RowLock;
import io.quarkgres.spi.store.RowLockMode;
import io.quarkgres.spi.store.WaitPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One query level: the names that can be seen in it and what its expressions have asked for so far.
 * Aggregates, window functions and set-returning functions are bound as references to columns of
 * placeholder relations; the operators that compute them are made when all expressions are known.
 * Used by one thread.
 */
final class QueryLevel {
  private final QueryLevel parent;
  private final int depth;
  private final BindState state;
  private final CteScope ctes;

  /** Everything in FROM, visible or not, for hints. */
  private final List<RangeEntry> range = new ArrayList<>();

  private List<ScopeItem> scope = new ArrayList<>();
  private Clause clause = Clause.SELECT_TARGET;
  private boolean isLateralActive;

  private int aggregateRelation = -1;
  private final List<AggregateCall> aggregates = new ArrayList<>();
  private final List<PendingGrouping> groupings = new ArrayList<>();
  private int groupingRelation = -1;
  private int windowRelation = -1;
  private final List<PendingWindow> windows = new ArrayList<>();
  private int setRelation = -1;
  private final List<PendingSet> sets = new ArrayList<>();

  /** Names of the WINDOW clause and windows given in place, in order of definition. */
  private final List<WindowDefinition> windowDefinitions = new ArrayList<>();

  private final Map<Integer, BoundExpr.ColumnRef> markers = new HashMap<>();
  private RangeEntry changedEntry;
  private boolean isRecursiveTerm;
  private int firstAggregatePosition = -1;
  private final List<RowLock> rowLocks = new ArrayList<>();
  private final List<RangeEntry> lockedEntries = new ArrayList<>();

  /**
   * Makes a level below another one.
   *
   * @param parent the level around it, or {@code null}
   * @param ctes the common table expressions that it sees
   */
  QueryLevel(BindState state, QueryLevel parent, CteScope ctes) {
    this(state, parent, ctes, parent == null ? 0 : parent.depth + 1);
  }

  /** Makes a level that sees no other one, but counts as nested: the query of a view. */
  QueryLevel(BindState state, QueryLevel parent, CteScope ctes, int depth) {
    this.state = state;
    this.parent = parent;
    this.depth = depth;
    this.ctes = ctes;
  }

  /**
   * An item of the scope.
   *
   * @param showsName whether it can be named as {@code t.x}
   * @param showsColumns whether its columns can be named without it
   * @param isLateralOnly whether only LATERAL items may refer to it now
   * @param isLateralOk whether they may: not from the wrong side of an outer join
   */
  record ScopeItem(
      RangeEntry entry,
      boolean showsName,
      boolean showsColumns,
      boolean isLateralOnly,
      boolean isLateralOk) {
    /** Makes an item that anything may refer to. */
    static ScopeItem of(RangeEntry entry) {
      return of(entry, true);
    }

    /** Makes an item whose columns can be named; with its own name only if it has one. */
    static ScopeItem of(RangeEntry entry, boolean hasName) {
      return new ScopeItem(entry, hasName, true, false, true);
    }

    /** Makes an item whose columns can only be named as {@code t.x}. */
    static ScopeItem byNameOnly(RangeEntry entry) {
      return new ScopeItem(entry, true, false, false, true);
    }

    ScopeItem asLateral(boolean isOk) {
      return new ScopeItem(entry, showsName, showsColumns, true, isOk);
    }

    ScopeItem asPlain() {
      return new ScopeItem(entry, showsName, showsColumns, false, true);
    }
  }

  /** A GROUPING() call with its bound operands. */
  record PendingGrouping(List<BoundExpr> operands, int position) {}

  /** A window function call and the number of its window definition. */
  record PendingWindow(Relation.WindowCall call, int definition) {}

  /** A set-returning function call of the select list, and how many more are nested in it. */
  record PendingSet(Relation.TableFunction function, int height) {}

  /** FOR UPDATE and its like, as far as it concerns a level: from its own clause or from above. */
  record LockRequest(RowLockMode mode, WaitPolicy policy) {}

  QueryLevel parent() {
    return parent;
  }

  int depth() {
    return depth;
  }

  BindState state() {
    return state;
  }

  CteScope ctes() {
    return ctes;
  }

  List<RangeEntry> range() {
    return range;
  }

  List<ScopeItem> scope() {
    return scope;
  }

  void setScope(List<ScopeItem> items) {
    scope = items;
  }

  Clause clause() {
    return clause;
  }

  /** Sets the clause that is being bound and returns the one before. */
  Clause enter(Clause newClause) {
    Clause before = clause;
    clause = newClause;
    return before;
  }

  boolean isLateralActive() {
    return isLateralActive;
  }

  void setLateralActive(boolean isActive) {
    isLateralActive = isActive;
  }

  int newRelation() {
    return state.newRelation(this);
  }

  /** Returns the number of the placeholder for aggregates. */
  int aggregateRelation() {
    if (aggregateRelation < 0) {
      aggregateRelation = newRelation();
    }
    return aggregateRelation;
  }

  /** Returns the number of the placeholder for GROUPING calls. */
  int groupingRelation() {
    if (groupingRelation < 0) {
      groupingRelation = newRelation();
    }
    return groupingRelation;
  }

  /** Tells whether a relation is the placeholder for GROUPING calls. */
  boolean isGroupingRelation(int relation) {
    return relation == groupingRelation;
  }

  boolean hasAggregates() {
    return !aggregates.isEmpty() || !groupings.isEmpty();
  }

  /** Tells whether a relation is the placeholder for aggregates. */
  boolean isAggregateRelation(int relation) {
    return relation == aggregateRelation;
  }

  /** Tells whether a relation is the placeholder for window functions. */
  boolean isWindowRelation(int relation) {
    return relation == windowRelation;
  }

  /** Tells whether a relation is the placeholder for set-returning functions. */
  boolean isSetRelation(int relation) {
    return relation == setRelation;
  }

  List<AggregateCall> aggregates() {
    return aggregates;
  }

  List<PendingGrouping> groupings() {
    return groupings;
  }

  /** Returns the number of the placeholder for window functions. */
  int windowRelation() {
    if (windowRelation < 0) {
      windowRelation = newRelation();
    }
    return windowRelation;
  }

  List<PendingWindow> windows() {
    return windows;
  }

  List<WindowDefinition> windowDefinitions() {
    return windowDefinitions;
  }

  /** Returns the number of the placeholder for set-returning functions. */
  int setRelation() {
    if (setRelation < 0) {
      setRelation = newRelation();
    }
    return setRelation;
  }

  List<PendingSet> sets() {
    return sets;
  }

  /** Returns the item of the table that UPDATE or DELETE changes, here or around; or null. */
  RangeEntry changedEntry() {
    return changedEntry != null || parent == null ? changedEntry : parent.changedEntry();
  }

  void setChangedEntry(RangeEntry entry) {
    changedEntry = entry;
  }

  /** Notes that FROM refers to the recursive query that is being bound. */
  void markRecursiveTerm() {
    isRecursiveTerm = true;
  }

  boolean isRecursiveTerm() {
    return isRecursiveTerm;
  }

  void noteAggregate(int position) {
    if (firstAggregatePosition < 0) {
      firstAggregatePosition = position;
    }
  }

  int firstAggregatePosition() {
    return firstAggregatePosition;
  }

  /** Returns the columns that tell rows of relations from NULLs of an outer join. */
  Map<Integer, BoundExpr.ColumnRef> markers() {
    return markers;
  }

  List<RowLock> rowLocks() {
    return rowLocks;
  }

  /** Returns the items of FROM whose rows are locked. */
  List<RangeEntry> lockedEntries() {
    return lockedEntries;
  }
}
