package io.quarkgres.engine.plan;

import io.quarkgres.engine.bind.BoundExpr;
import java.util.List;

/**
 * How many rows are expected. Row counts of tables are real; shares of predicates are the usual
 * guesses until there are sketches of distinct values. Thread: any.
 */
final class Estimates {
  /** Rows of a set-returning function. */
  static final double SET_ROWS = 10;

  /** Rows for each distinct one. */
  static final double DISTINCT_SHARE = 5;

  private static final double EQUAL_SHARE = 0.01;
  private static final double RANGE_SHARE = 0.33;
  private static final double OTHER_SHARE = 0.5;
  private static final double LEAST_SHARE = 1e-7;

  private Estimates() {}

  /** Returns the share of rows for which all conjuncts are true. */
  static double selectivity(List<BoundExpr> conjuncts, EqualityOperators operators) {
    double share = 1;
    for (BoundExpr conjunct : conjuncts) {
      share *= selectivity(conjunct, operators);
    }
    return Math.max(share, LEAST_SHARE);
  }

  private static double selectivity(BoundExpr conjunct, EqualityOperators operators) {
    if (conjunct instanceof BoundExpr.FunctionCall call) {
      String comparison = operators.comparison(call.call());
      if (comparison != null) {
        return comparison.equals("=") ? EQUAL_SHARE : RANGE_SHARE;
      }
    }
    return OTHER_SHARE;
  }
}
