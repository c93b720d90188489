/**
 * Functions, operators and casts of integers, floats and numeric.
 *
 * <p>Read {@link io.quarkgres.engine.function.number.IntegerFunctions} first, then {@link
 * io.quarkgres.engine.function.number.Decimals} for the scales of numeric results. In: columns.
 * Out: columns. Thread: any.
 *
 * <p>Invariants: a result is exact, or rounded as PostgreSQL rounds it, or an error: 22003 out of
 * range, 22012 division by zero, 2201E and 2201F for arguments without a result.
 */
package io.quarkgres.engine.function.number;
