/**
 * Column blocks: the unit of exchange between storage, operators and the wire.
 *
 * <p>Read {@link io.quarkgres.spi.data.Block} first, then {@link io.quarkgres.spi.data.Column}. In
 * and out: blocks of up to {@value io.quarkgres.spi.data.Block#ROWS_MAX} rows. A layout is physical
 * and knows nothing of SQL; the engine maps each SQL type onto one layout.
 *
 * <p>Invariants: a column and a block never change once handed out, so any thread may keep them as
 * long as it likes. Whoever fills arrays (a {@link io.quarkgres.spi.data.ColumnBuilder}, a kernel,
 * a storage) gives up writing to positions it has published; only the unused tail of a shared heap
 * may still be appended to. A position whose NULL bit is set holds an arbitrary value. Columns may
 * be longer than a block where an operator materializes (join builds, sorts).
 *
 * <p>It does not know types, collations, snapshots or expressions.
 */
package io.quarkgres.spi.data;
