package io.quarkgres.engine.plan;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.BoundExpr.Constant;
import io.quarkgres.engine.bind.tree.Equivalence;
import java.util.List;

/**
 * Proves that rows for which a query's conditions are true are in a partial index. What it cannot
 * prove it takes for false. Thread: any.
 */
final class Implication {
  private final EqualityOperators operators;

  Implication(EqualityOperators operators) {
    this.operators = operators;
  }

  /** Tells whether all conjuncts of a predicate are true wherever all conditions are. */
  boolean implies(List<BoundExpr> conditions, List<BoundExpr> predicate) {
    return predicate.stream()
        .allMatch(wanted -> conditions.stream().anyMatch(given -> implies(given, wanted)));
  }

  private boolean implies(BoundExpr given, BoundExpr wanted) {
    if (Equivalence.same(given, wanted)) {
      return true;
    }
    if (given instanceof BoundExpr.Or or) {
      return or.operands().stream().allMatch(operand -> implies(operand, wanted));
    }
    if (given instanceof BoundExpr.And and) {
      return and.operands().stream().anyMatch(operand -> implies(operand, wanted));
    }
    if (wanted instanceof BoundExpr.Or or) {
      return or.operands().stream().anyMatch(operand -> implies(given, operand));
    }
    if (wanted instanceof BoundExpr.And and) {
      return and.operands().stream().allMatch(operand -> implies(given, operand));
    }
    if (given instanceof BoundExpr.IsTruth test
        && test.truth() == BoundExpr.Truth.TRUE
        && !test.isNegated()) {
      return implies(test.operand(), wanted);
    }
    if (wanted instanceof BoundExpr.IsNull test
        && test.isNegated()
        && test.operand() instanceof BoundExpr.ColumnRef column) {
      return NullRejection.isNeverTrue(given, ref -> Equivalence.same(ref, column));
    }
    Bound have = bound(given);
    Bound need = bound(wanted);
    return have != null
        && need != null
        && Equivalence.same(have.operand(), need.operand())
        && have.value().type().oid() == need.value().type().oid()
        && follows(have, need);
  }

  /** {@code operand comparison value}. */
  private record Bound(BoundExpr operand, String comparison, Constant value) {}

  private Bound bound(BoundExpr expr) {
    if (!(expr instanceof BoundExpr.FunctionCall call) || call.arguments().size() != 2) {
      return null;
    }
    String comparison = operators.comparison(call.call());
    BoundExpr left = call.arguments().get(0);
    BoundExpr right = call.arguments().get(1);
    if (comparison == null || left.type().oid() != right.type().oid()) {
      return null;
    }
    if (right instanceof Constant value && !value.isNull()) {
      return new Bound(left, comparison, value);
    }
    return left instanceof Constant value && !value.isNull()
        ? new Bound(right, EqualityOperators.commuted(comparison), value)
        : null;
  }

  private static boolean follows(Bound have, Bound need) {
    int order = have.value().type().compare(have.value().value(), 0, need.value().value(), 0);
    return switch (need.comparison()) {
      case "=" -> have.comparison().equals("=") && order == 0;
      case ">" ->
          switch (have.comparison()) {
            case "=", ">=" -> order > 0;
            case ">" -> order >= 0;
            default -> false;
          };
      case ">=" ->
          switch (have.comparison()) {
            case "=", ">", ">=" -> order >= 0;
            default -> false;
          };
      case "<" ->
          switch (have.comparison()) {
            case "=", "<=" -> order < 0;
            case "<" -> order <= 0;
            default -> false;
          };
      case "<=" ->
          switch (have.comparison()) {
            case "=", "<", "<=" -> order <= 0;
            default -> false;
          };
      default -> false;
    };
  }
}
