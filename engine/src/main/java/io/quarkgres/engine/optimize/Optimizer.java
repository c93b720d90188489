package io.quarkgres.engine.optimize;

import io.quarkgres.engine.bind.tree.Relation;

/**
 * Applies the rewrite rules in order: common table expressions that are read once move to where
 * they are read, constants are computed, then EXISTS and IN become semi-joins. Predicates are
 * pushed down while the plan is chosen, see {@code plan.Planner}. Thread: any.
 */
public final class Optimizer {
  private Optimizer() {}

  /**
   * Returns an equivalent tree with the same outputs.
   *
   * @param folding computes constants, or {@code null} to leave them
   */
  public static Relation optimize(Relation relation, ConstantFolding folding) {
    Relation inlined = CteInlining.apply(relation);
    Relation folded = folding == null ? inlined : folding.apply(inlined);
    return SubqueryUnnesting.apply(folded);
  }
}
