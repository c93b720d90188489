/**
 * Set-returning functions over numbers and arrays, and the cursor that others yield columns with.
 *
 * <p>Read {@link io.quarkgres.engine.function.set.SetFunctions} first. In: the arguments at one
 * position. Out: blocks of at most {@value io.quarkgres.spi.data.Block#ROWS_MAX} rows. A cursor is
 * used by one thread at a time.
 *
 * <p>Invariants: a series is produced as it is read; it never lies in memory as a whole.
 */
package io.quarkgres.engine.function.set;
