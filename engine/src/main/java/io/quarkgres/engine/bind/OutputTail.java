package io.quarkgres.engine.bind;

import io.quarkgres.engine.ast.OrderItem;
import io.quarkgres.engine.ast.Query;
import io.quarkgres.engine.bind.LimitBinder.BoundLimit;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.bind.tree.Relation.SortKey;
import io.quarkgres.engine.bind.typing.BindErrors;
import io.quarkgres.spi.error.SqlException;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts ORDER BY and LIMIT on a relation of which only the outputs can be named: a set operation, a
 * VALUES list. Used by one thread.
 */
final class OutputTail {
  private final BindState state;
  private final QueryLevel level;
  private final Relation relation;
  private final ExpressionBinder expressions;

  /**
   * Makes a tail.
   *
   * @param alias the name by which the outputs may be qualified, or {@code null}
   */
  OutputTail(QueryLevel level, Relation relation, String alias) {
    this.state = level.state();
    this.level = level;
    this.relation = relation;
    this.expressions = new ExpressionBinder(level);
    state.adopt(relation.outputs(), level);
    RangeEntry entry =
        RangeEntry.of(alias, null, relation.outputs().get(0).relation(), relation.outputs());
    level.setScope(List.of(QueryLevel.ScopeItem.of(entry, alias != null)));
  }

  /**
   * Applies the clauses of a query.
   *
   * @param allowsExpressions whether ORDER BY may compute something new
   */
  Relation apply(Query query, boolean allowsExpressions) {
    TargetList targets = new TargetList(expressions);
    for (OutputColumn output : relation.outputs()) {
      targets.add(new Target(output.ref(), output.name(), false));
    }
    int visible = targets.size();
    List<SortKey> keys = new ArrayList<>();
    List<Integer> items = new ArrayList<>();
    SortBinder sorts = new SortBinder(expressions);
    for (OrderItem item : query.orderBy()) {
      int target = targets.findOrAdd(item.expression(), Clause.ORDER_BY, "ORDER BY");
      if (target >= visible && !allowsExpressions) {
        throw notAColumn(targets.get(target).expr());
      }
      keys.add(sorts.key(targets.resolved(target), item));
      items.add(target);
    }
    if (!level.sets().isEmpty() || !level.windows().isEmpty() || level.hasAggregates()) {
      throw BindErrors.notBuilt("such a function in the ORDER BY of VALUES", query.position());
    }
    BoundLimit limit = new LimitBinder(expressions).bind(query.limit());
    state
        .trace()
        .tail(query, () -> new BindTrace.Tail(List.copyOf(sorts(keys, items)), limit.trace()));
    Relation sorted = keys.isEmpty() ? relation : new Relation.Sort(relation, List.copyOf(keys));
    return limit.apply(sorted, keys);
  }

  private static List<BindTrace.Sort> sorts(List<SortKey> keys, List<Integer> columns) {
    List<BindTrace.Sort> result = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      result.add(new BindTrace.Sort(columns.get(i), keys.get(i)));
    }
    return result;
  }

  private SqlException notAColumn(BoundExpr bound) {
    return BindErrors.notSupported(
            "invalid UNION/INTERSECT/EXCEPT ORDER BY clause", state.position(bound))
        .withDetail("Only result column names can be used, not expressions or functions.")
        .withHint(
            "Add the expression/function to every SELECT, or move the UNION into a FROM clause.");
  }
}
