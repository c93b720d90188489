/**
 * Functions, operators, casts and aggregates: one table of entries, each with PostgreSQL's oid,
 * argument types, strictness, volatility and a kernel over blocks.
 *
 * <p>Read {@link io.quarkgres.engine.function.FunctionDef} and {@link
 * io.quarkgres.engine.function.ScalarKernel} first. The signatures of everything that PostgreSQL
 * has are facts in resource tables ({@code pg_proc.tsv}, {@code pg_operator.tsv}, {@code
 * pg_cast.tsv}, {@code pg_aggregate.tsv}), so that overloads resolve as they do there; kernels are
 * bound to them by oid. An entry without a kernel is known but not built: calling it is 0A000,
 * raised by the binder. In: argument columns aligned with a block and a selection. Out: a result
 * column aligned with the same positions.
 *
 * <p>Invariants: a kernel never changes its arguments; it computes selected positions only (others
 * may hold rubbish or would raise errors); a strict function's kernel never sees a NULL. Kernels
 * are stateless and run on any thread.
 */
package io.quarkgres.engine.function;
