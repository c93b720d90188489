package io.quarkgres.engine.bind.tree;

import io.quarkgres.engine.type.nested.RecordType;
import java.util.function.Predicate;

/** Tells what becomes of an expression when columns that it reads are NULL. Thread: any. */
public final class Nulls {
  private Nulls() {}

  /** Tells whether a condition is not true when some columns are NULL. */
  public static boolean isNeverTrue(BoundExpr condition, Predicate<BoundExpr.ColumnRef> nulls) {
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
