package io.quarkgres.engine.plan;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.bind.tree.Relation;
import java.util.ArrayList;
import java.util.List;

/** Plans grouping and the removal of duplicates. Used by one thread. */
final class GroupingPlanner {
  private final Planner planner;

  GroupingPlanner(Planner planner) {
    this.planner = planner;
  }

  Plan aggregate(Relation.Aggregate r, List<BoundExpr> conjuncts) {
    List<BoundExpr> below = new ArrayList<>();
    List<BoundExpr> above = new ArrayList<>();
    for (BoundExpr conjunct : conjuncts) {
      (isOnKeys(conjunct, r) ? below : above).add(conjunct);
    }
    below.replaceAll(c -> Expressions.substitute(c, r.relation(), r.keys()));
    Plan extremes = new ExtremeRows(planner).input(r, below);
    Plan input = extremes != null ? extremes : planner.plan(r.input(), below);
    planner.finishAll(r.keys());
    for (Relation.AggregateCall call : r.aggregates()) {
      planner.finishAll(call.arguments());
      planner.finishKeys(call.orderBy());
      planner.finish(call.filter());
    }
    double rows = r.keys().isEmpty() ? 1 : Math.max(1, Math.min(input.rows(), input.rows() / 5));
    return planner.filter(new Plan.HashAggregate(r, input, r.outputs(), rows), above);
  }

  private static boolean isOnKeys(BoundExpr conjunct, Relation.Aggregate r) {
    if (r.sets().size() != 1 || r.keys().isEmpty() || Expressions.isVolatile(conjunct)) {
      return false;
    }
    boolean[] can = {Expressions.relations(conjunct).get(r.relation())};
    Expressions.walk(
        conjunct,
        e -> {
          if (e instanceof BoundExpr.ColumnRef ref && ref.relation() == r.relation()) {
            can[0] &=
                ref.column() < r.keys().size()
                    && r.sets().get(0).contains(ref.column())
                    && !Expressions.isVolatile(r.keys().get(ref.column()))
                    && !Expressions.hasSubquery(r.keys().get(ref.column()));
          }
        });
    return can[0];
  }

  Plan distinct(Relation.Distinct r, List<BoundExpr> conjuncts) {
    Plan input = planner.plan(r.input(), conjuncts);
    return new Plan.Distinct(
        ProjectionPlanner.reorder(input, r.outputs()),
        Math.max(1, input.rows() / Estimates.DISTINCT_SHARE));
  }

  Plan distinctOn(Relation.DistinctOn r, List<BoundExpr> conjuncts) {
    Plan input = planner.plan(r.input(), List.of());
    double rows = Math.max(1, input.rows() / Estimates.DISTINCT_SHARE);
    return planner.filter(new Plan.DistinctOn(input, planner.finishAll(r.keys()), rows), conjuncts);
  }
}
