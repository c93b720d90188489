package io.quarkgres.engine.expr;

import io.quarkgres.engine.bind.tree.BoundExpr;

/** Compiles a subquery in an expression; implemented by the executor. Thread: the compiling one. */
@FunctionalInterface
public interface SubplanCompiler {
  /** Compiles a subquery that stands in an expression over a scope. */
  Evaluator compile(BoundExpr.Subquery subquery, Scope scope);
}
