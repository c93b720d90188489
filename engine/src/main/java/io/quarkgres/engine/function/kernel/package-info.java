/**
 * The frame that kernel families are written in: the table they register in, views of argument
 * columns, and an adapter for functions of single values.
 *
 * <p>Read {@link io.quarkgres.engine.function.kernel.KernelTable} first. In: a block's columns and
 * selection. Out: a result column aligned with them. Hot functions loop over primitive arrays
 * themselves ({@link io.quarkgres.engine.function.kernel.Columns} unwraps them); the others are a
 * {@link io.quarkgres.engine.function.kernel.RowFunction}. Thread: any; nothing here has state
 * beyond one call.
 *
 * <p>It knows no function by name.
 */
package io.quarkgres.engine.function.kernel;
