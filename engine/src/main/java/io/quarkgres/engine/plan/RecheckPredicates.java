package io.quarkgres.engine.plan;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.bind.tree.Relation;
import java.util.ArrayList;
import java.util.List;

/**
 * The predicate by which SELECT FOR UPDATE decides, after a wait, whether the newest version of a
 * row still qualifies: all conditions of filters and inner joins between the locks and the scans.
 * Thread: any.
 */
final class RecheckPredicates {
  private RecheckPredicates() {}

  /** Returns the predicate over the scans' columns, or {@code null} when every row qualifies. */
  static BoundExpr of(Relation relation) {
    List<BoundExpr> conjuncts = new ArrayList<>();
    collect(relation, conjuncts);
    return Expressions.and(conjuncts);
  }

  private static void collect(Relation relation, List<BoundExpr> out) {
    if (relation instanceof Relation.Filter filter) {
      out.addAll(Expressions.conjuncts(filter.predicate()));
      collect(filter.input(), out);
    } else if (relation instanceof Relation.Sort sort) {
      collect(sort.input(), out);
    } else if (relation instanceof Relation.Limit limit) {
      collect(limit.input(), out);
    } else if (relation instanceof Relation.Join join && join.kind() == Relation.JoinKind.INNER) {
      out.addAll(Expressions.conjuncts(join.condition()));
      collect(join.left(), out);
      collect(join.right(), out);
    }
  }
}
