package io.quarkgres.engine.plan;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.spi.data.BooleanColumn;
import java.util.List;

/**
 * Replaces plans that are known to yield no row: a predicate that constants decide, or an operator
 * above an input that yields none. Nothing below is run then, however long it would take. Thread:
 * any.
 */
final class EmptyInputs {
  private EmptyInputs() {}

  /** Tells whether a constant among the conjuncts keeps all rows out. */
  static boolean isNever(List<BoundExpr> conjuncts) {
    for (BoundExpr conjunct : conjuncts) {
      if (conjunct instanceof BoundExpr.Constant c
          && (c.isNull() || !((BooleanColumn) c.value()).values()[0])) {
        return true;
      }
    }
    return false;
  }

  /** Returns the plan, or one without operators when its inputs leave it without rows. */
  static Plan prune(Plan plan) {
    return isEmpty(plan) ? new Plan.Nothing(plan.outputs()) : plan;
  }

  private static boolean isEmpty(Plan plan) {
    return switch (plan) {
      case Plan.Nothing p -> true;
      case Plan.SingleRow p -> false;
      case Plan.TableScan p -> false;
      case Plan.ProbedScan p -> false;
      case Plan.IndexScan p -> false;
      case Plan.NearestScan p -> false;
      case Plan.VirtualScan p -> false;
      case Plan.InputScan p -> false;
      case Plan.ValuesScan p -> false;
      case Plan.FunctionScan p -> false;
      case Plan.CteScan p -> false;
      case Plan.With p -> false;
      case Plan.Modify p -> false;
      case Plan.Project p -> isNothing(p.input());
      case Plan.ProjectSet p -> isNothing(p.input());
      case Plan.Filter p -> isNothing(p.input());
      case Plan.Window p -> isNothing(p.input());
      case Plan.Sort p -> isNothing(p.input());
      case Plan.TopN p -> isNothing(p.input());
      case Plan.Limit p -> isNothing(p.input());
      case Plan.Distinct p -> isNothing(p.input());
      case Plan.DistinctOn p -> isNothing(p.input());
      case Plan.LockRows p -> isNothing(p.input());
      case Plan.HashAggregate p ->
          isNothing(p.input()) && p.spec().sets().stream().noneMatch(List::isEmpty);
      case Plan.Append p -> p.inputs().stream().allMatch(EmptyInputs::isNothing);
      case Plan.SetOperation p ->
          switch (p.kind()) {
            case INTERSECT -> isNothing(p.left()) || isNothing(p.right());
            case EXCEPT -> isNothing(p.left());
            case UNION -> isNothing(p.left()) && isNothing(p.right());
          };
      case Plan.HashJoin p -> isJoinEmpty(p.kind(), p.left(), p.right());
      case Plan.NestedLoop p -> isJoinEmpty(p.kind(), p.left(), p.right());
      case Plan.Apply p -> isJoinEmpty(p.kind(), p.left(), p.right());
    };
  }

  private static boolean isJoinEmpty(Plan.JoinKind kind, Plan left, Plan right) {
    return switch (kind) {
      case INNER, SEMI -> isNothing(left) || isNothing(right);
      case LEFT, ANTI, NULL_AWARE_ANTI -> isNothing(left);
      case RIGHT -> isNothing(right);
      case FULL -> isNothing(left) && isNothing(right);
    };
  }

  private static boolean isNothing(Plan plan) {
    return plan instanceof Plan.Nothing;
  }
}
