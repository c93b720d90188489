package io.quarkgres.engine.plan;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.BoundStatement;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.spi.error.SqlException;
import java.util.List;
import java.util.Map;

/**
 * A statement ready to run.
 *
 * @param bound what it was planned from
 * @param plan the operators
 * @param subplans the plans of subqueries left in expressions, by the identity of the {@link
 *     BoundExpr.Subquery} they stand for
 * @param failure the error that computing a constant raised, to be raised when the statement is
 *     run; {@code null} for none
 */
public record PlannedStatement(
    BoundStatement bound,
    Plan plan,
    Map<BoundExpr.Subquery, Subplan> subplans,
    SqlException failure) {

  /** Raises the error that computing the statement's constants has raised, if any. */
  public void requireSound() {
    if (failure != null) {
      throw failure;
    }
  }

  /**
   * A subquery that an expression runs.
   *
   * @param number its number among the statement's, in the order in which they were planned
   * @param plan the operators
   * @param parameters the outer columns it refers to: empty when it is computed once a statement,
   *     otherwise its results may be memoised by their values
   */
  public record Subplan(int number, Plan plan, List<OutputColumn> parameters) {}
}
