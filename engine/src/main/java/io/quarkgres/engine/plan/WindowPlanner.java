package io.quarkgres.engine.plan;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Equivalence;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.bind.tree.Relation.SortKey;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/** Plans window functions. Used by one thread. */
final class WindowPlanner {
  private final Planner planner;

  WindowPlanner(Planner planner) {
    this.planner = planner;
  }

  /** Plans the windows of a query, one above another. */
  Plan window(Relation.Window written, List<BoundExpr> conjuncts) {
    Relation.Window r = longestFirst(written);
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
    return planner.filter(new Plan.Window(r, input, isSorted(input, r), outputs), above);
  }

  /**
   * Moves the windows that are sorted by most keys to the bottom of a chain of windows, so that
   * those above whose keys are the first of these need no sort of their own.
   */
  private static Relation.Window longestFirst(Relation.Window top) {
    List<Relation.Window> chain = new ArrayList<>();
    Relation below = top;
    while (below instanceof Relation.Window window) {
      chain.add(0, window);
      below = window.input();
    }
    List<Relation.Window> sorted = new ArrayList<>(chain);
    sorted.sort(Comparator.comparingInt(WindowPlanner::sortLength).reversed());
    if (sorted.equals(chain)) {
      return top;
    }
    Relation.Window result = null;
    for (Relation.Window window : sorted) {
      result = over(window, result == null ? below : result);
    }
    return result;
  }

  private static int sortLength(Relation.Window window) {
    return window.partitionBy().size() + window.orderBy().size();
  }

  /** Returns a window over another input. */
  private static Relation.Window over(Relation.Window window, Relation input) {
    List<OutputColumn> outputs = new ArrayList<>(input.outputs());
    for (OutputColumn output : window.outputs()) {
      if (output.relation() == window.relation()) {
        outputs.add(output);
      }
    }
    return new Relation.Window(
        window.relation(),
        input,
        window.partitionBy(),
        window.orderBy(),
        window.frame(),
        window.calls(),
        outputs);
  }

  /** Tells whether the rows of a plan come in the order of a window. */
  private static boolean isSorted(Plan input, Relation.Window window) {
    Plan below = input;
    while (below instanceof Plan.Filter filter) {
      below = filter.input();
    }
    if (!(below instanceof Plan.Window lower)) {
      return false;
    }
    List<SortKey> wanted = sortKeys(window);
    List<SortKey> given = sortKeys(lower.spec());
    if (wanted.size() > given.size()) {
      return false;
    }
    for (int i = 0; i < wanted.size(); i++) {
      SortKey a = wanted.get(i);
      SortKey b = given.get(i);
      if (a.isDescending() != b.isDescending()
          || a.nullsFirst() != b.nullsFirst()
          || !Equivalence.same(a.expression(), b.expression())) {
        return false;
      }
    }
    return true;
  }

  /** Returns what the rows of a window are sorted by: the partition, ascending, and the order. */
  static List<SortKey> sortKeys(Relation.Window window) {
    List<SortKey> result = new ArrayList<>();
    for (BoundExpr key : window.partitionBy()) {
      result.add(new SortKey(key, false, false));
    }
    result.addAll(window.orderBy());
    return result;
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
