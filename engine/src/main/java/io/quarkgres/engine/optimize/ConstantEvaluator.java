package io.quarkgres.engine.optimize;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.spi.data.Column;

/** Computes an expression of constants; a later stage implements it. Thread: the planning one. */
@FunctionalInterface
public interface ConstantEvaluator {
  /** Returns the value as a column of one position; raises the error that evaluation raises. */
  Column evaluate(BoundExpr expression);
}
