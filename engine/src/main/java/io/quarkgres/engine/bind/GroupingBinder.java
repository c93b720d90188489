package io.quarkgres.engine.bind;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.GroupingElement;
import io.quarkgres.engine.ast.Positions;
import io.quarkgres.engine.ast.QueryBody;
import io.quarkgres.engine.bind.QueryLevel.PendingGrouping;
import io.quarkgres.engine.bind.lookup.Calls;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.BoundExpr.ColumnRef;
import io.quarkgres.engine.bind.tree.Constants;
import io.quarkgres.engine.bind.tree.Equivalence;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.bind.tree.Relation.AggregateCall;
import io.quarkgres.engine.bind.tree.Relations;
import io.quarkgres.engine.bind.tree.Replacement;
import io.quarkgres.engine.bind.typing.BindErrors;
import io.quarkgres.engine.catalog.ConstraintEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.function.Call;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.error.SqlException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Binds GROUP BY, checks that everything above it uses grouped columns or aggregates, and makes the
 * Aggregate operator. Used by one thread.
 */
final class GroupingBinder {
  /** {@code array_agg(anynonarray)}. */
  private static final int ARRAY_AGG = 2335;

  private final BindState state;
  private final QueryLevel level;
  private final TargetList targets;
  private final List<BoundExpr> keys = new ArrayList<>();

  /** The columns of the select list that keys are; two that compute the same are two keys. */
  private final Map<Integer, Integer> keyOfTarget = new HashMap<>();

  private boolean hasSets;
  private List<List<Integer>> sets = List.of();
  private final List<ColumnRef> firsts = new ArrayList<>();
  private final List<Integer> firstAggregates = new ArrayList<>();
  private boolean isPresent;
  private List<BoundExpr> columns;
  private BoundExpr having;
  private int relation;
  private boolean isInSubquery;

  GroupingBinder(ExpressionBinder expressions, TargetList targets) {
    this.state = expressions.state();
    this.level = expressions.level();
    this.targets = targets;
  }

  /** Binds GROUP BY, if there is one; aggregates or HAVING alone make one group of all rows. */
  void bind(QueryBody.GroupBy groupBy, boolean hasHaving) {
    isPresent = groupBy != null || hasHaving || level.hasAggregates();
    if (groupBy == null) {
      sets = List.of(List.of());
      return;
    }
    hasSets = !groupBy.elements().stream().allMatch(GroupingElement.Simple.class::isInstance);
    sets = new GroupingSets(this::key).expand(groupBy);
  }

  boolean isPresent() {
    // ORDER BY and DISTINCT ON may have brought aggregates after GROUP BY was bound
    return isPresent || level.hasAggregates();
  }

  List<BoundExpr> keys() {
    return keys;
  }

  void replaceKeys(UnaryOperator<BoundExpr> f) {
    keys.replaceAll(f);
  }

  List<BoundExpr> columns() {
    return columns;
  }

  /** Returns the number of the key that an expression of GROUP BY means. */
  private int key(Expression expression) {
    TargetList.Meaning meaning = targets.findOrBind(expression, Clause.GROUP_BY, "GROUP BY");
    BoundExpr bound = meaning.expr();
    state.trace().groupingKey(expression, bound);
    if (hasSets && meaning.target() >= 0) {
      Integer known = keyOfTarget.putIfAbsent(meaning.target(), keys.size());
      if (known != null) {
        return known;
      }
    } else if (find(bound) >= 0) {
      return find(bound);
    }
    if (!bound.type().hasEquality()) {
      throw state.lookup().operators().noEquality(bound.type().oid(), Positions.start(expression));
    }
    keys.add(bound);
    return keys.size() - 1;
  }

  /** Makes the operator and rewrites all that stands above it. */
  Relation build(
      Relation input,
      List<BoundExpr> selected,
      BoundExpr havingCondition,
      WindowBinder windows,
      SetCalls setCalls) {
    selected.forEach(this::check);
    if (havingCondition != null) {
      check(havingCondition);
    }
    windows.forEachExpression(this::check);
    setCalls.rewriteArguments(e -> {
      check(e);
      return e;
    });
    level.aggregates().forEach(this::checkDirect);
    relation = level.newRelation();
    List<List<Integer>> groupings = new ArrayList<>();
    for (PendingGrouping grouping : level.groupings()) {
      groupings.add(groupingKeys(grouping));
    }
    columns = new ArrayList<>(Expressions.map(selected, this::rewrite));
    keyOfTarget.forEach((target, key) -> columns.set(target, keyOutput(key)));
    having = havingCondition == null ? null : rewrite(havingCondition);
    windows.rewrite(this::rewrite);
    setCalls.rewriteArguments(this::rewrite);
    return new Relation.Aggregate(
        relation,
        input,
        List.copyOf(keys),
        sets,
        List.copyOf(level.aggregates()),
        List.copyOf(groupings),
        outputs());
  }

  Relation filter(Relation aggregate) {
    return having == null ? aggregate : new Relation.Filter(aggregate, having);
  }

  private List<OutputColumn> outputs() {
    List<OutputColumn> result = new ArrayList<>();
    for (BoundExpr key : keys) {
      result.add(output(result.size(), keyName(key), key));
    }
    for (AggregateCall call : level.aggregates()) {
      result.add(
          new OutputColumn(
              relation,
              result.size(),
              call.call().function().name(),
              call.call().returnType(),
              -1));
    }
    for (int i = 0; i < level.groupings().size(); i++) {
      result.add(new OutputColumn(relation, result.size(), "grouping", state.type(Oids.INT4), -1));
    }
    return List.copyOf(result);
  }

  private static String keyName(BoundExpr key) {
    return key instanceof ColumnRef ref ? ref.name() : "?column?";
  }

  private OutputColumn output(int column, String name, BoundExpr expr) {
    return new OutputColumn(relation, column, name, expr.type(), expr.typmod());
  }

  private List<Integer> groupingKeys(PendingGrouping grouping) {
    List<Integer> result = new ArrayList<>();
    for (BoundExpr operand : grouping.operands()) {
      int key = find(operand);
      if (key < 0 || isOfOuterLevel(operand)) {
        throw BindErrors.grouping(
            "arguments to GROUPING must be grouping expressions of the associated query level",
            state.position(operand));
      }
      result.add(key);
    }
    return List.copyOf(result);
  }

  /** A column of an outer query is no argument of GROUPING here, even where it is grouped by. */
  private boolean isOfOuterLevel(BoundExpr operand) {
    return operand instanceof ColumnRef ref && state.owner(ref.relation()) != level;
  }

  private int find(BoundExpr expr) {
    for (int i = 0; i < keys.size(); i++) {
      if (Equivalence.same(keys.get(i), expr)) {
        return i;
      }
    }
    return -1;
  }

  /** Raises 42803 for a column that is not grouped; adds those that depend on a grouped key. */
  private void check(BoundExpr expr) {
    if (find(expr) >= 0) {
      return;
    }
    if (expr instanceof ColumnRef ref) {
      checkColumn(ref);
      return;
    }
    Expressions.children(expr).forEach(this::check);
    if (expr instanceof BoundExpr.Subquery subquery) {
      boolean before = isInSubquery;
      isInSubquery = true;
      Relations.walkExpressions(subquery.query(), this::check);
      isInSubquery = before;
    }
  }

  /** Direct arguments of an ordered-set aggregate are those of the group, not of a row. */
  private void checkDirect(AggregateCall aggregate) {
    try {
      aggregate.arguments().subList(0, aggregate.directArguments()).forEach(this::check);
    } catch (SqlException e) {
      throw e.withDetail(
          "Direct arguments of an ordered-set aggregate must use only grouped columns.");
    }
    boolean[] hasColumn = new boolean[1];
    for (BoundExpr direct : aggregate.arguments().subList(0, aggregate.directArguments())) {
      Expressions.walk(direct, e -> hasColumn[0] |= e instanceof ColumnRef);
    }
    if (hasColumn[0] && sets.size() > 1) {
      // such a column is null in the sets without it, but the row that it is read from has a value
      throw BindErrors.notBuilt(
          "a grouped column as direct argument with several grouping sets",
          SqlException.NO_POSITION);
    }
  }

  private void checkColumn(ColumnRef ref) {
    if (state.owner(ref.relation()) != level || isPlaceholder(ref)) {
      return;
    }
    RangeEntry entry = entryOf(ref);
    if (entry != null && dependsOnKey(entry, ref)) {
      return;
    }
    String name = entry == null ? ref.name() : columnName(entry, ref);
    throw BindErrors.grouping(
        isInSubquery
            ? "subquery uses ungrouped column \"" + name + "\" from outer query"
            : "column \""
                + name
                + "\" must appear in the GROUP BY clause or be used in an aggregate function",
        state.position(ref));
  }

  private boolean isPlaceholder(ColumnRef ref) {
    return level.isAggregateRelation(ref.relation())
        || level.isGroupingRelation(ref.relation())
        || level.isWindowRelation(ref.relation())
        || level.isSetRelation(ref.relation());
  }

  private RangeEntry entryOf(ColumnRef ref) {
    for (RangeEntry entry : level.range()) {
      if (!entry.isJoin() && entry.relation() == ref.relation()) {
        return entry;
      }
    }
    return null;
  }

  private static String columnName(RangeEntry entry, ColumnRef ref) {
    for (RangeEntry.Column column : entry.columns()) {
      if (column.expr() instanceof ColumnRef c && c.column() == ref.column()) {
        return entry.name() + "." + column.name();
      }
    }
    return entry.name() + "." + ref.name();
  }

  /** Adds a column as a key when the primary key of its table is grouped by (section 7.2.3). */
  private boolean dependsOnKey(RangeEntry entry, ColumnRef ref) {
    if (!(entry.catalogEntry() instanceof TableEntry table)) {
      return false;
    }
    for (ConstraintEntry constraint : table.constraints()) {
      if (constraint instanceof ConstraintEntry.Key key && key.isPrimary() && !key.isDeferrable()) {
        return addDependent(key, ref);
      }
    }
    return false;
  }

  private boolean addDependent(ConstraintEntry.Key primary, ColumnRef ref) {
    List<Integer> needed = new ArrayList<>();
    for (int number : primary.columns()) {
      int key = findColumn(ref.relation(), number - 1);
      if (key < 0) {
        return false;
      }
      needed.add(key);
    }
    if (sets.stream().anyMatch(set -> !set.containsAll(needed))) {
      return false;
    }
    state.trace().needsKey(primary.oid());
    if (!ref.type().hasEquality()) {
      collectFirst(ref);
      return true;
    }
    int added = keys.size();
    keys.add(ref);
    List<List<Integer>> extended = new ArrayList<>();
    for (List<Integer> set : sets) {
      List<Integer> copy = new ArrayList<>(set);
      copy.add(added);
      extended.add(List.copyOf(copy));
    }
    sets = List.copyOf(extended);
    return true;
  }

  /** Takes a column that cannot be a key from the first row of the group, by array_agg. */
  private void collectFirst(ColumnRef ref) {
    if (firsts.stream().anyMatch(f -> Equivalence.same(f, ref))) {
      return;
    }
    SqlType array = state.type(state.rules().arrayOf(ref.type().oid()));
    Call call =
        Calls.of(
            state.lookup(), state.functions().function(ARRAY_AGG), List.of(ref.type()), array, -1);
    firsts.add(ref);
    firstAggregates.add(level.aggregates().size());
    level.aggregates().add(new AggregateCall(call, List.of(ref), 0, false, List.of(), null));
  }

  private BoundExpr first(int number, ColumnRef ref) {
    int aggregate = firstAggregates.get(number);
    Call call = level.aggregates().get(aggregate).call();
    BoundExpr array =
        new ColumnRef(relation, keys.size() + aggregate, call.returnType(), -1, "array_agg");
    BoundExpr.Subscript one = new BoundExpr.Subscript(null, Constants.of(1, state.type(Oids.INT4)));
    return new BoundExpr.Subscripts(array, List.of(one), false, ref.type());
  }

  private int findColumn(int ofRelation, int column) {
    for (int i = 0; i < keys.size(); i++) {
      if (keys.get(i) instanceof ColumnRef key
          && key.relation() == ofRelation
          && key.column() == column) {
        return i;
      }
    }
    return -1;
  }

  /** Makes an expression refer to the columns of the operator. */
  private BoundExpr rewrite(BoundExpr expr) {
    return Replacement.deep(
        expr,
        e -> {
          int key = find(e);
          if (key >= 0) {
            return keyOutput(key);
          }
          if (!(e instanceof ColumnRef ref)) {
            return null;
          }
          for (int i = 0; i < firsts.size(); i++) {
            if (Equivalence.same(firsts.get(i), ref)) {
              return first(i, ref);
            }
          }
          if (level.isAggregateRelation(ref.relation())) {
            return moved(ref, keys.size());
          }
          return level.isGroupingRelation(ref.relation())
              ? moved(ref, keys.size() + level.aggregates().size())
              : ref;
        });
  }

  private ColumnRef keyOutput(int key) {
    return output(key, keyName(keys.get(key)), keys.get(key)).ref();
  }

  private ColumnRef moved(ColumnRef ref, int base) {
    return new ColumnRef(relation, base + ref.column(), ref.type(), ref.typmod(), ref.name());
  }
}
