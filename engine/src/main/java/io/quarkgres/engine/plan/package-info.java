/**
 * The physical plan, and how it is chosen.
 *
 * <p>Read {@link io.quarkgres.engine.plan.Plan} first, then {@code Planner}. In: a bound statement
 * whose typed tree {@code optimize} has rewritten. Out: a tree of physical operators that {@code
 * exec} builds one operator each from, and that EXPLAIN prints. Choices are made by real row
 * counts, by how many different keys an index has, and by guesses; a choice never changes an
 * answer.
 *
 * <p>{@code Planner} goes down the tree and leaves each kind of operator to a class of its own:
 * {@code AccessPaths} and what it uses to tables and their indexes, {@code JoinPlanner} to joins,
 * {@code OrderPlanner} to ORDER BY and LIMIT, {@code GroupingPlanner}, {@code WindowPlanner},
 * {@code SetOperationPlanner} and {@code ProjectionPlanner} to what their names say.
 *
 * <p>Invariants: expressions keep (relation, column) references; each is found among the outputs of
 * the plan's inputs, or else is a correlated reference, which a {@link
 * io.quarkgres.engine.plan.Plan.Apply} or a subplan above provides as a parameter. Any thread;
 * plans are immutable and shared by all sessions that run the statement.
 */
package io.quarkgres.engine.plan;
