package io.quarkgres.engine.deparse;

import io.quarkgres.engine.bind.BoundExpr;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Finds what a comparison with the rows of a subquery compares. Thread: any. */
final class TestedRows {
  private TestedRows() {}

  /** Returns the expressions on the left of a test. */
  static List<BoundExpr> lefts(BoundExpr test, UnaryOperator<BoundExpr> bare) {
    List<BoundExpr> result = new ArrayList<>();
    switch (bare.apply(test)) {
      case BoundExpr.And and -> and.operands().forEach(o -> result.addAll(lefts(o, bare)));
      case BoundExpr.Or or -> or.operands().forEach(o -> result.addAll(lefts(o, bare)));
      case BoundExpr.RowComparison rows -> result.addAll(rows.lefts());
      case BoundExpr.FunctionCall call -> result.add(call.arguments().get(0));
      default -> throw new IllegalStateException("not a test of a subquery's rows");
    }
    return result;
  }
}
