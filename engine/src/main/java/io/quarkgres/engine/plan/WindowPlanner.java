package io.quarkgres.engine.plan;

import io.quarkgres.engine.bind.BoundExpr;
import io.quarkgres.engine.bind.Expressions;
import io.quarkgres.engine.bind.OutputColumn;
import io.quarkgres.engine.bind.Relation;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Plans window functions. Used by one thread. */
final class WindowPlanner {
  private final Planner planner;

  WindowPlanner(Planner planner) {
    this.planner = planner;
  }

  Plan window(Relation.Window r, List<BoundExpr> conjuncts) {
    List<BoundExpr> below = new ArrayList<>();
    List<BoundExpr> above = new ArrayList<>();
    for (BoundExpr conjunct : conjuncts) {
      (isOnPartition(conjunct, r) ? below : above).add(conjunct);
    }
    Plan input = planner.plan(r.input(), below);
    planner.finishAll(r.partitionBy());
    planner.finishKeys(r.orderBy());
    for (Relation.WindowCall call : r.calls()) {
      planner.finishAll(call.arguments());
      planner.finish(call.filter());
    }
    List<OutputColumn> computed = usedCalls(r);
    if (computed.isEmpty()) {
      return planner.filter(input, above);
    }
    if (r.frame() != null) {
      planner.finish(r.frame().startOffset());
      planner.finish(r.frame().endOffset());
    }
    List<OutputColumn> outputs = new ArrayList<>(input.outputs());
    outputs.addAll(computed);
    return planner.filter(new Plan.Window(r, input, outputs), above);
  }

  /** Returns the columns of calls that something refers to: no other call is computed. */
  private List<OutputColumn> usedCalls(Relation.Window r) {
    List<OutputColumn> result = new ArrayList<>();
    for (OutputColumn output : r.outputs()) {
      if (output.relation() == r.relation()
          && (planner.used().has(output) || hasVolatileArgument(r.calls().get(output.column())))) {
        result.add(output);
      }
    }
    return result;
  }

  private static boolean hasVolatileArgument(Relation.WindowCall call) {
    return call.arguments().stream().anyMatch(Expressions::isVolatile)
        || (call.filter() != null && Expressions.isVolatile(call.filter()));
  }

  /** Tells whether a conjunct keeps or drops whole partitions. */
  private static boolean isOnPartition(BoundExpr conjunct, Relation.Window r) {
    boolean[] can = {!Expressions.isVolatile(conjunct)};
    BitSet inputs = Expressions.relationsOf(r.outputs());
    Expressions.walk(
        conjunct,
        e -> {
          if (e instanceof BoundExpr.ColumnRef ref && inputs.get(ref.relation())) {
            can[0] &=
                r.partitionBy().stream()
                    .anyMatch(p ->
                        p instanceof BoundExpr.ColumnRef key
                            && key.relation() == ref.relation()
                            && key.column() == ref.column());
          }
        });
    return can[0];
  }
}
