package io.quarkgres.engine.plan;

import io.quarkgres.engine.bind.BoundExpr;
import io.quarkgres.engine.bind.BoundStatement;
import io.quarkgres.engine.bind.OutputColumn;
import java.util.List;
import java.util.Map;

/**
 * A statement ready to run.
 *
 * @param bound what it was planned from
 * @param plan the operators
 * @param subplans the plans of subqueries left in expressions, by the identity of the {@link
 *     BoundExpr.Subquery} they stand for
 */
public record PlannedStatement(
    BoundStatement bound, Plan plan, Map<BoundExpr.Subquery, Subplan> subplans) {

  /**
   * A subquery that an expression runs.
   *
   * @param plan the operators
   * @param parameters the outer columns it refers to: empty when it is computed once a statement,
   *     otherwise its results may be memoised by their values
   */
  public record Subplan(Plan plan, List<OutputColumn> parameters) {}
}
