/**
 * The physical plan, and how it is chosen.
 *
 * <p>Read {@link io.quarkgres.engine.plan.Plan} first, then {@code Planner}. In: a bound statement
 * whose typed tree {@code optimize} has rewritten. Out: a tree of physical operators that {@code
 * exec} builds one operator each from, and that EXPLAIN prints. Choices are made by real row counts
 * and simple statistics; a choice never changes an answer.
 *
 * <p>Invariants: expressions keep (relation, column) references; each is found among the outputs of
 * the plan's inputs, or else is a correlated reference, which a {@link
 * io.quarkgres.engine.plan.Plan.Apply} or a subplan above provides as a parameter. Any thread;
 * plans are immutable and shared by all sessions that run the statement.
 */
package io.quarkgres.engine.plan;
