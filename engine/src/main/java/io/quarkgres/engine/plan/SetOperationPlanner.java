package io.quarkgres.engine.plan;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.bind.tree.Relation;
import java.util.ArrayList;
import java.util.List;

/** Plans UNION, INTERSECT and EXCEPT. Used by one thread. */
final class SetOperationPlanner {
  private final Planner planner;

  SetOperationPlanner(Planner planner) {
    this.planner = planner;
  }

  Plan setOperation(Relation.SetOperation r, List<BoundExpr> conjuncts) {
    if (r.kind() == Relation.SetKind.UNION) {
      return union(r, conjuncts);
    }
    Plan left = planner.planPositional(r.left());
    Plan right = planner.planPositional(r.right());
    return planner.filter(
        new Plan.SetOperation(r.kind(), r.isAll(), left, right, r.outputs(), left.rows()),
        conjuncts);
  }

  private Plan union(Relation.SetOperation r, List<BoundExpr> conjuncts) {
    List<BoundExpr> below = new ArrayList<>();
    List<BoundExpr> above = new ArrayList<>();
    for (BoundExpr conjunct : conjuncts) {
      boolean isMovable = !Expressions.hasSubquery(conjunct) && !Expressions.isVolatile(conjunct);
      (isMovable ? below : above).add(conjunct);
    }
    List<Plan> inputs = new ArrayList<>();
    collectUnion(r, r, below, inputs);
    double rows = inputs.stream().mapToDouble(Plan::rows).sum();
    Plan append = new Plan.Append(inputs, r.outputs(), rows);
    return planner.filter(
        r.isAll() ? append : new Plan.Distinct(append, Math.max(1, rows / 2)), above);
  }

  /** Flattens unions of the same kind: a left-deep chain becomes one Append. */
  private void collectUnion(
      Relation part, Relation.SetOperation top, List<BoundExpr> conjuncts, List<Plan> out) {
    if (part instanceof Relation.SetOperation set
        && set.kind() == Relation.SetKind.UNION
        && set.isAll() == top.isAll()) {
      collectUnion(set.left(), top, conjuncts, out);
      collectUnion(set.right(), top, conjuncts, out);
      return;
    }
    List<BoundExpr> refs = ProjectionPlanner.references(part.outputs());
    List<BoundExpr> moved = new ArrayList<>();
    for (BoundExpr conjunct : conjuncts) {
      moved.add(Expressions.substitute(conjunct, top.relation(), refs));
    }
    out.add(ProjectionPlanner.reorder(planner.plan(part, moved), part.outputs()));
  }
}
