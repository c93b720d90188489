/**
 * Grouping: aggregates, GROUPING SETS, DISTINCT, INTERSECT and EXCEPT.
 *
 * <p>Read {@code HashAggregateOperator} first, then {@code GroupingSet}, the table of one set of
 * keys. In: rows with keys and arguments compiled. Out: a row a group. {@code AggregateInput} feeds
 * one aggregate, also with DISTINCT or ORDER BY in its call; {@code GroupSource} says whether one
 * thread groups ({@code InputGroups}) or several ({@code WorkerGroups}).
 *
 * <p>Used by one thread, {@code WorkerGroups} by several. Invariant: a table that is full takes no
 * new keys; rows of other keys wait in files, so that no row is counted twice.
 */
package io.quarkgres.engine.exec.aggregate;
