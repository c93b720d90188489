/**
 * Rewrites of the typed tree into equivalent ones that run faster.
 *
 * <p>Read {@link io.quarkgres.engine.optimize.Optimizer} first: it names the rules in the order
 * they are applied; a rule is a file. In and out: a {@link io.quarkgres.engine.bind.tree.Relation}
 * with the same outputs and the same rows. Any thread; a rule keeps no state.
 *
 * <p>Invariants: a rule never changes an answer, and never moves an expression that is volatile or
 * returns a set. Column references stay (relation, column), so moving a predicate needs no
 * renumbering.
 */
package io.quarkgres.engine.optimize;
