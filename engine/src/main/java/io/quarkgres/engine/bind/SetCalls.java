package io.quarkgres.engine.bind;

import io.quarkgres.engine.bind.QueryLevel.PendingSet;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.BoundExpr.ColumnRef;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.bind.tree.Relation.TableFunction;
import io.quarkgres.engine.bind.tree.Replacement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Puts the set-returning functions of a select list into ProjectSet operators: those of one nesting
 * depth side by side, deeper ones below. Used by one thread.
 */
final class SetCalls {
  private final QueryLevel level;
  private final List<TableFunction> functions = new ArrayList<>();
  private final ColumnRef[] computed;

  SetCalls(QueryLevel level) {
    this.level = level;
    for (PendingSet pending : level.sets()) {
      functions.add(pending.function());
    }
    this.computed = new ColumnRef[functions.size()];
  }

  /** Rewrites the arguments of the functions that are not computed yet. */
  void rewriteArguments(UnaryOperator<BoundExpr> f) {
    for (int i = 0; i < functions.size(); i++) {
      if (computed[i] == null) {
        functions.set(i, withArguments(functions.get(i), f));
      }
    }
  }

  private static TableFunction withArguments(TableFunction function, UnaryOperator<BoundExpr> f) {
    return new TableFunction(
        function.call(),
        Expressions.map(function.arguments(), f),
        function.scalar(),
        function.columnCount());
  }

  /** Computes the functions that expressions below the grouping need. */
  Relation below(Relation input, List<BoundExpr> expressions) {
    Set<Integer> needed = new TreeSet<>();
    expressions.forEach(e -> collect(e, needed));
    return compute(input, needed);
  }

  private void collect(BoundExpr expr, Set<Integer> needed) {
    Expressions.walk(
        expr,
        e -> {
          if (e instanceof ColumnRef ref
              && level.isSetRelation(ref.relation())
              && needed.add(ref.column())) {
            functions.get(ref.column()).arguments().forEach(a -> collect(a, needed));
          }
        });
  }

  /** Computes all that are left. */
  Relation above(Relation input) {
    Set<Integer> needed = new TreeSet<>();
    for (int i = 0; i < computed.length; i++) {
      if (computed[i] == null) {
        needed.add(i);
      }
    }
    return compute(input, needed);
  }

  private Relation compute(Relation input, Set<Integer> needed) {
    int highest = 0;
    for (int i : needed) {
      highest = Math.max(highest, level.sets().get(i).height());
    }
    Relation result = input;
    for (int height = 1; height <= highest; height++) {
      List<Integer> layer = new ArrayList<>();
      for (int i : needed) {
        if (level.sets().get(i).height() == height) {
          layer.add(i);
        }
      }
      if (!layer.isEmpty()) {
        result = layer(result, layer);
      }
    }
    return result;
  }

  private Relation layer(Relation input, List<Integer> layer) {
    int relation = level.newRelation();
    List<OutputColumn> outputs = new ArrayList<>(input.outputs());
    List<TableFunction> calls = new ArrayList<>();
    for (int i : layer) {
      TableFunction function = withArguments(functions.get(i), this::replace);
      OutputColumn output =
          new OutputColumn(
              relation,
              calls.size(),
              function.call().function().name(),
              function.call().returnType(),
              -1);
      calls.add(function);
      outputs.add(output);
      computed[i] = output.ref();
    }
    return new Relation.ProjectSet(relation, input, List.copyOf(calls), List.copyOf(outputs));
  }

  /** Replaces references to computed functions by those to their columns. */
  BoundExpr replace(BoundExpr expr) {
    if (computed.length == 0) {
      return expr;
    }
    return Replacement.deep(
        expr,
        e ->
            e instanceof ColumnRef ref && level.isSetRelation(ref.relation())
                ? computed[ref.column()]
                : null);
  }

  boolean isEmpty() {
    return computed.length == 0;
  }
}
