package io.quarkgres.engine.expr;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.catalog.Catalog;
import io.quarkgres.engine.function.EvalContext;
import io.quarkgres.engine.optimize.ConstantEvaluator;
import io.quarkgres.spi.data.Column;
import java.util.List;

/**
 * Computes expressions that need no rows, while a statement is planned. Thread: that of the session
 * whose settings count.
 */
public final class ConstantExpressions implements ConstantEvaluator {
  private final Catalog catalog;
  private final EvalContext context;

  /** Makes an evaluator for a catalog version and a session. */
  public ConstantExpressions(Catalog catalog, EvalContext context) {
    this.catalog = catalog;
    this.context = context;
  }

  @Override
  public Column evaluate(BoundExpr expression) {
    return evaluate(expression, new Column[0]);
  }

  /** Computes an expression of constants and parameters. */
  public Column evaluate(BoundExpr expression, Column[] parameters) {
    Environment environment =
        new Environment(
            (subquery, scope) -> {
              throw new IllegalStateException("a constant expression has no subquery");
            },
            catalog.types(),
            catalog.functions());
    Column value =
        new Scope(environment, List.of())
            .compile(expression)
            .single(new Frame(context, parameters));
    return Broadcast.one(value, 0);
  }
}
