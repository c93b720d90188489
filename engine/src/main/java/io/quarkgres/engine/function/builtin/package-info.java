/**
 * PostgreSQL's own functions, operators, casts and aggregates, put together: recorded catalog rows
 * and the kernel families.
 *
 * <p>Read {@link io.quarkgres.engine.function.builtin.BuiltinFunctions} first. In: resource tables
 * recorded from PostgreSQL 15 and the {@code register} method of each family. Out: a {@link
 * io.quarkgres.engine.function.FunctionRegistry}. Runs once, when a server starts.
 *
 * <p>Invariants: every row PostgreSQL has is there, with or without a kernel; every registered
 * kernel belongs to a row (a test checks it).
 */
package io.quarkgres.engine.function.builtin;
