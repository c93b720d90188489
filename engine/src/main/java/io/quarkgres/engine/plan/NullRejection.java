package io.quarkgres.engine.plan;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.type.nested.RecordType;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;

/**
 * Makes an outer join a narrower one when what must hold above it is never true for the rows that
 * it pads with NULL. Thread: any.
 */
final class NullRejection {
  private NullRejection() {}

  /** Returns the join with a kind that keeps only rows for which the conjuncts may hold. */
  static Relation.Join reduce(Relation.Join join, List<BoundExpr> conjuncts) {
    boolean padsLeft =
        join.kind() == Relation.JoinKind.RIGHT || join.kind() == Relation.JoinKind.FULL;
    boolean padsRight =
        join.kind() == Relation.JoinKind.LEFT || join.kind() == Relation.JoinKind.FULL;
    if (!padsLeft && !padsRight || conjuncts.isEmpty()) {
      return join;
    }
    boolean keepsLeftPadding = padsLeft && !rejects(conjuncts, join.left());
    boolean keepsRightPadding = padsRight && !rejects(conjuncts, join.right());
    if (keepsLeftPadding == padsLeft && keepsRightPadding == padsRight) {
      return join;
    }
    Relation.JoinKind kind =
        keepsLeftPadding
            ? Relation.JoinKind.RIGHT
            : keepsRightPadding ? Relation.JoinKind.LEFT : Relation.JoinKind.INNER;
    return new Relation.Join(
        kind, join.left(), join.right(), join.condition(), join.isLateral(), join.outputs());
  }

  private static boolean rejects(List<BoundExpr> conjuncts, Relation side) {
    BitSet relations = Expressions.relationsOf(side.outputs());
    return conjuncts.stream()
        .anyMatch(conjunct -> isNeverTrue(conjunct, ref -> relations.get(ref.relation())));
  }

  /** Tells whether a condition is not true when some columns are NULL. */
  static boolean isNeverTrue(BoundExpr condition, Predicate<BoundExpr.ColumnRef> nulls) {
    if (condition instanceof BoundExpr.And and) {
      return and.operands().stream().anyMatch(operand -> isNeverTrue(operand, nulls));
    }
    if (condition instanceof BoundExpr.Or or) {
      return or.operands().stream().allMatch(operand -> isNeverTrue(operand, nulls));
    }
    if (condition instanceof BoundExpr.IsNull test) {
      return test.isNegated()
          && !(test.operand().type().base() instanceof RecordType)
          && isNull(test.operand(), nulls);
    }
    if (condition instanceof BoundExpr.IsTruth test) {
      return !test.isNegated()
          && test.truth() != BoundExpr.Truth.UNKNOWN
          && isNull(test.operand(), nulls);
    }
    if (condition instanceof BoundExpr.QuantifiedArray any
        && !any.isAll()
        && any.operator().function().strict()
        && isNull(any.left(), nulls)) {
      return true;
    }
    return isNull(condition, nulls);
  }

  /** Tells whether an expression is NULL when some columns are. */
  private static boolean isNull(BoundExpr expr, Predicate<BoundExpr.ColumnRef> nulls) {
    if (expr instanceof BoundExpr.ColumnRef ref) {
      return nulls.test(ref);
    }
    if (expr instanceof BoundExpr.FunctionCall call) {
      return call.call().function().strict()
          && call.arguments().stream().anyMatch(argument -> isNull(argument, nulls));
    }
    if (expr instanceof BoundExpr.Not not) {
      return isNull(not.operand(), nulls);
    }
    if (expr instanceof BoundExpr.QuantifiedArray array) {
      return array.operator().function().strict() && isNull(array.array(), nulls);
    }
    if (expr instanceof BoundExpr.Relabel cast) {
      return isNull(cast.operand(), nulls);
    }
    if (expr instanceof BoundExpr.CoerceToDomain cast) {
      return isNull(cast.operand(), nulls);
    }
    if (expr instanceof BoundExpr.CoerceLength cast) {
      return isNull(cast.operand(), nulls);
    }
    return expr instanceof BoundExpr.CastByText cast && isNull(cast.operand(), nulls);
  }
}
