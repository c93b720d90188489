package io.quarkgres.engine.plan;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.bind.tree.Relation.SortKey;
import io.quarkgres.engine.function.AggregateDef;
import io.quarkgres.engine.function.OperatorDef;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.LongColumn;
import java.util.ArrayList;
import java.util.List;

/**
 * Plans the input of min and max over a whole table: the first row of an index that has one, in
 * place of all rows. The aggregates are computed over these rows as ever. Used by one thread.
 */
final class ExtremeRows {
  private final Planner planner;

  ExtremeRows(Planner planner) {
    this.planner = planner;
  }

  /**
   * Returns rows among which are the extreme ones of every aggregate, or {@code null} when indexes
   * do not give them.
   */
  Plan input(Relation.Aggregate r, List<BoundExpr> conjuncts) {
    boolean isPlain = r.keys().isEmpty() && r.sets().size() == 1 && r.groupings().isEmpty();
    List<BoundExpr> all = new ArrayList<>(conjuncts);
    Relation below = r.input();
    while (below instanceof Relation.Filter filter) {
      all.addAll(0, Expressions.conjuncts(filter.predicate()));
      below = filter.input();
    }
    if (!isPlain
        || r.aggregates().isEmpty()
        || !(below instanceof Relation.Scan scan)
        || scan.table().store() == null
        || all.stream().anyMatch(Expressions::isVolatile)) {
      return null;
    }
    List<Plan> rows = new ArrayList<>();
    for (Relation.AggregateCall call : r.aggregates()) {
      Plan row = row(scan, all, call);
      if (row == null) {
        return null;
      }
      rows.add(row);
    }
    return rows.size() == 1
        ? rows.get(0)
        : new Plan.Append(rows, rows.get(0).outputs(), rows.size());
  }

  private Plan row(Relation.Scan scan, List<BoundExpr> conjuncts, Relation.AggregateCall call) {
    SortKey key = sortKey(call);
    if (key == null) {
      return null;
    }
    SqlType bool = planner.catalog().types().byOid(Oids.BOOL);
    List<BoundExpr> all = new ArrayList<>(conjuncts);
    all.add(new BoundExpr.IsNull(key.expression(), true, bool));
    Plan ordered =
        planner.paths().inIndexOrder(scan, all, List.of(key), List.of(key.expression()), 1);
    if (ordered == null) {
      return null;
    }
    LongColumn one = new LongColumn(new long[] {1}, null, 1);
    SqlType count = planner.catalog().types().byOid(Oids.INT8);
    return new Plan.Limit(
        ordered, new BoundExpr.Constant(count, SqlType.NO_TYPMOD, one), null, null, 1);
  }

  /** Returns the order in which an aggregate's value comes first, {@code null} for another one. */
  private SortKey sortKey(Relation.AggregateCall call) {
    AggregateDef aggregate = planner.catalog().functions().aggregate(call.call().function().oid());
    OperatorDef operator =
        aggregate == null || aggregate.sortOperator() == 0
            ? null
            : planner.catalog().functions().operator(aggregate.sortOperator());
    boolean isPlain =
        call.arguments().size() == 1 && call.filter() == null && call.orderBy().isEmpty();
    if (operator == null || !isPlain) {
      return null;
    }
    boolean isDescending = operator.name().equals(">");
    // NULLs are left out: they may stand where they are found first.
    return isDescending || operator.name().equals("<")
        ? new SortKey(call.arguments().get(0), isDescending, isDescending)
        : null;
  }
}
