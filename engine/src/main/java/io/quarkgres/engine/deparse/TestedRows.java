package io.quarkgres.engine.deparse;

import io.quarkgres.engine.bind.tree.BoundExpr;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Finds what a comparison with the rows of a subquery compares. Thread: any. */
final class TestedRows {
  private TestedRows() {}

  /** Returns the expressions on the left of a test. */
  static List<BoundExpr> lefts(BoundExpr test, UnaryOperator<BoundExpr> bare) {
    List<BoundExpr> result = new ArrayList<>();
    BoundExpr plain = bare.apply(test);
    if (plain instanceof BoundExpr.And and) {
      and.operands().forEach(o -> result.addAll(lefts(o, bare)));
    } else if (plain instanceof BoundExpr.Or or) {
      or.operands().forEach(o -> result.addAll(lefts(o, bare)));
    } else if (plain instanceof BoundExpr.RowComparison rows) {
      result.addAll(rows.lefts());
    } else {
      result.add(((BoundExpr.FunctionCall) plain).arguments().get(0));
    }
    return result;
  }
}
