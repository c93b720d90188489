package io.quarkgres.engine.optimize;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.bind.tree.Relations;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes out of a statement with parameters what constant folding would compute if the parameters
 * were constants, and puts new parameters in its place. Whoever runs the statement computes them
 * first, so that their errors come when PostgreSQL would raise them. Used by one thread.
 */
public final class ParameterFolding {
  private final int firstIndex;
  private final List<BoundExpr> computed = new ArrayList<>();

  private ParameterFolding(int firstIndex) {
    this.firstIndex = firstIndex;
  }

  /**
   * A relation with more parameters.
   *
   * @param computed what the further parameters are, computed from the first ones
   */
  public record Folded(Relation relation, List<BoundExpr> computed) {}

  /** Takes out of a relation what its parameters, so many, make computable. */
  public static Folded fold(Relation relation, int parameters) {
    ParameterFolding folding = new ParameterFolding(parameters);
    Relation folded = folding.relation(relation);
    return new Folded(folded, List.copyOf(folding.computed));
  }

  private Relation relation(Relation relation) {
    return Relations.mapOwnExpressions(
        Relations.mapChildren(relation, this::relation), this::expression);
  }

  private BoundExpr expression(BoundExpr expr) {
    if (isComputed(expr)) {
      computed.add(expr);
      return new BoundExpr.Parameter(firstIndex + computed.size() - 1, expr.type());
    }
    if (expr instanceof BoundExpr.Subquery e) {
      return new BoundExpr.Subquery(
          e.kind(),
          relation(e.query()),
          e.test() == null ? null : expression(e.test()),
          e.type(),
          e.typmod());
    }
    return Expressions.mapChildren(expr, this::expression);
  }

  /** Tells whether it is computed from parameters alone, by more than calling them otherwise. */
  private static boolean isComputed(BoundExpr expr) {
    return !(expr instanceof BoundExpr.Parameter)
        && !(expr instanceof BoundExpr.Relabel r && r.operand() instanceof BoundExpr.Parameter)
        && hasParameter(expr)
        && isKnown(expr);
  }

  private static boolean isKnown(BoundExpr expr) {
    return expr instanceof BoundExpr.Parameter
        || expr instanceof BoundExpr.Constant
        || ConstantFolding.isOpen(expr)
            && ConstantFolding.operands(expr).stream().allMatch(ParameterFolding::isKnown);
  }

  private static boolean hasParameter(BoundExpr expr) {
    boolean[] has = {false};
    Expressions.walk(expr, e -> has[0] |= e instanceof BoundExpr.Parameter);
    return has[0];
  }
}
