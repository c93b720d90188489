package io.quarkgres.engine.optimize;

import io.quarkgres.engine.bind.Relation;

/**
 * Applies the rewrite rules in order: common table expressions that are read once move to where
 * they are read, then EXISTS and IN become semi-joins. Predicates are pushed down while the plan is
 * chosen, see {@code plan.Planner}. Thread: any.
 */
public final class Optimizer {
  private Optimizer() {}

  /** Returns an equivalent tree with the same outputs. */
  public static Relation optimize(Relation relation) {
    return SubqueryUnnesting.apply(CteInlining.apply(relation));
  }
}
