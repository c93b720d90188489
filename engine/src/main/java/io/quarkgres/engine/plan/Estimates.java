package io.quarkgres.engine.plan;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.spi.data.IntColumn;
import io.quarkgres.spi.data.LongColumn;
import java.util.List;

/**
 * How many rows are expected. Row counts of tables are real; shares of predicates are the usual
 * guesses until there are sketches of distinct values. Thread: any.
 */
final class Estimates {
  /** Rows of a set-returning function. */
  static final double SET_ROWS = 10;

  /** Rows of a series whose bounds are not known yet. */
  private static final double SERIES_ROWS = 1000;

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

  /** Returns how many rows functions in FROM give side by side. */
  static double rows(List<Relation.TableFunction> functions) {
    double most = 0;
    for (Relation.TableFunction function : functions) {
      most = Math.max(most, rows(function));
    }
    return most;
  }

  private static double rows(Relation.TableFunction function) {
    if (function.call() == null) {
      return 1;
    }
    if (!function.call().function().name().equals("generate_series")) {
      return SET_ROWS;
    }
    List<BoundExpr> arguments = function.arguments();
    double from = whole(arguments.get(0));
    double to = whole(arguments.get(1));
    double step = arguments.size() == 3 ? whole(arguments.get(2)) : 1;
    double rows = Math.floor((to - from) / step) + 1;
    return Double.isFinite(rows) ? Math.max(1, rows) : SERIES_ROWS;
  }

  /** Returns the value of a whole constant, NaN for everything else. */
  private static double whole(BoundExpr expression) {
    if (!(expression instanceof BoundExpr.Constant constant) || constant.isNull()) {
      return Double.NaN;
    }
    if (constant.value() instanceof IntColumn ints) {
      return ints.values()[0];
    }
    return constant.value() instanceof LongColumn longs ? longs.values()[0] : Double.NaN;
  }
}
