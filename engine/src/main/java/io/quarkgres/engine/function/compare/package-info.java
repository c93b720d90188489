/**
 * The comparison operators' functions, for every type that has an order, and the {@code in_range}
 * functions of window frames.
 *
 * <p>Read {@link io.quarkgres.engine.function.compare.ComparisonFunctions} first: the table of
 * which type compares how. In: two columns. Out: a bool column. Thread: any.
 *
 * <p>Invariants: the order is that of {@link io.quarkgres.engine.type.SqlType#compare}. Orders that
 * need a time zone are with the time functions.
 */
package io.quarkgres.engine.function.compare;
