/**
 * The aggregates: accumulators that hold the states of many groups in flat arrays.
 *
 * <p>Read {@link io.quarkgres.engine.function.aggregate.AggregateFunctions} first, then {@link
 * io.quarkgres.engine.function.aggregate.IntSumAccumulator} as the simplest with a value. In:
 * argument columns, a selection and a group number for each position. Out: a column of results.
 * Used by one thread at a time.
 *
 * <p>Invariants: DISTINCT, ORDER BY and FILTER are the caller's; an aggregate is strict when the
 * caller leaves out rows with NULL, and then never sees one. Sums of integers and numerics are
 * exact. Ordered-set aggregates take their direct arguments first, and their rows in WITHIN GROUP
 * order.
 */
package io.quarkgres.engine.function.aggregate;
