/**
 * The arrays that hold a chunk's newest values, one column at a time.
 *
 * <p>Read {@link io.quarkgres.storage.memory.column.ChunkColumn} first; below it is one class a
 * layout. In: values of a {@link io.quarkgres.spi.data.Column} to write at slots. Out: columns over
 * the same arrays ({@code share}), or single values that {@link
 * io.quarkgres.storage.memory.column.ColumnGather} collects from many chunks.
 *
 * <p>What was shared never changes: a writer to positions that a reader was given replaces the
 * arrays by copies first. Integers know the least and greatest value that ever lay in place, so
 * that a scan may pass a chunk over. A column can save itself to a frame of the cold file and be
 * made anew of it ({@link io.quarkgres.storage.memory.cold}).
 *
 * <p>Threads: one at a time, under the lock of the chunk, which is known to callers only. Versions
 * and transactions are not known here.
 */
package io.quarkgres.storage.memory.column;
