package io.quarkgres.engine.plan;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.bind.tree.Nulls;
import io.quarkgres.engine.bind.tree.Relation;
import java.util.BitSet;
import java.util.List;

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
        .anyMatch(conjunct -> Nulls.isNeverTrue(conjunct, ref -> relations.get(ref.relation())));
  }
}
