package io.quarkgres.engine.plan;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.bind.tree.Relation;
import java.util.ArrayList;
import java.util.List;

/** Plans projections, and set-returning functions of select lists. Used by one thread. */
final class ProjectionPlanner {
  private final Planner planner;

  ProjectionPlanner(Planner planner) {
    this.planner = planner;
  }

  Plan project(Relation.Project r, List<BoundExpr> conjuncts) {
    List<BoundExpr> below = new ArrayList<>();
    List<BoundExpr> above = new ArrayList<>();
    for (BoundExpr conjunct : conjuncts) {
      (canSubstitute(conjunct, r) ? below : above).add(conjunct);
    }
    below.replaceAll(c -> Expressions.substitute(c, r.relation(), r.expressions()));
    return planner.filter(projected(r, planner.plan(r.input(), below)), above);
  }

  /** Makes a projection of the columns that anything refers to. */
  Plan projected(Relation.Project r, Plan input) {
    List<BoundExpr> expressions = new ArrayList<>();
    List<OutputColumn> outputs = new ArrayList<>();
    for (int i = 0; i < r.expressions().size(); i++) {
      if (planner.used().isNeeded(r, i)) {
        expressions.add(planner.finish(r.expressions().get(i)));
        outputs.add(r.outputs().get(i));
      }
    }
    return new Plan.Project(input, expressions, outputs);
  }

  private static boolean canSubstitute(BoundExpr conjunct, Relation.Project project) {
    boolean[] can = {true};
    Expressions.walk(
        conjunct,
        e -> {
          if (e instanceof BoundExpr.ColumnRef ref && ref.relation() == project.relation()) {
            BoundExpr source = project.expressions().get(ref.column());
            can[0] &= !Expressions.isVolatile(source) && !Expressions.hasSubquery(source);
          }
        });
    return can[0];
  }

  Plan projectSet(Relation.ProjectSet r, List<BoundExpr> conjuncts) {
    Split split = split(conjuncts, r.relation());
    Plan input = planner.plan(r.input(), split.without());
    planner.finishFunctions(r.functions());
    List<OutputColumn> outputs = new ArrayList<>(input.outputs());
    for (OutputColumn output : r.outputs()) {
      if (output.relation() == r.relation()) {
        outputs.add(output);
      }
    }
    double rows = input.rows() * Estimates.SET_ROWS;
    return planner.filter(new Plan.ProjectSet(input, r.functions(), outputs, rows), split.with());
  }

  /** Conjuncts that refer to a relation and those that do not. */
  private record Split(List<BoundExpr> with, List<BoundExpr> without) {}

  private static Split split(List<BoundExpr> conjuncts, int relation) {
    List<BoundExpr> with = new ArrayList<>();
    List<BoundExpr> without = new ArrayList<>();
    for (BoundExpr conjunct : conjuncts) {
      (Expressions.relations(conjunct).get(relation) ? with : without).add(conjunct);
    }
    return new Split(with, without);
  }

  /** Drops and reorders columns so that exactly the wanted ones are left. */
  static Plan reorder(Plan plan, List<OutputColumn> wanted) {
    if (sameColumns(plan.outputs(), wanted)) {
      return plan;
    }
    return new Plan.Project(plan, references(wanted), wanted);
  }

  /** Returns references to columns, in order. */
  static List<BoundExpr> references(List<OutputColumn> columns) {
    List<BoundExpr> result = new ArrayList<>();
    for (OutputColumn column : columns) {
      result.add(column.ref());
    }
    return result;
  }

  private static boolean sameColumns(List<OutputColumn> a, List<OutputColumn> b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (a.get(i).relation() != b.get(i).relation() || a.get(i).column() != b.get(i).column()) {
        return false;
      }
    }
    return true;
  }
}
