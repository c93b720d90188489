package io.quarkgres.engine.bind.tree;

import java.util.function.UnaryOperator;

/** Replaces parts of expressions, the insides of subqueries included. Thread: any. */
public final class Replacement {
  private Replacement() {}

  /** Replaces every part for which {@code f} gives something other than {@code null}. */
  public static BoundExpr deep(BoundExpr expr, UnaryOperator<BoundExpr> f) {
    BoundExpr replaced = f.apply(expr);
    if (replaced != null) {
      return replaced;
    }
    BoundExpr rebuilt = Expressions.mapChildren(expr, e -> deep(e, f));
    return rebuilt instanceof BoundExpr.Subquery s
        ? new BoundExpr.Subquery(
            s.kind(),
            Relations.mapExpressions(s.query(), e -> deep(e, f)),
            s.test(),
            s.type(),
            s.typmod())
        : rebuilt;
  }
}
