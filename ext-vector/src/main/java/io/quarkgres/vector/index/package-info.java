/**
 * What the index methods of vectors share.
 *
 * <p>Read {@link io.quarkgres.vector.index.KeySpace} first: what a key of each type is, which
 * values an index does not hold, and how far two keys are from each other. {@link
 * io.quarkgres.vector.index.Keys} checks what an index is asked to be, and {@link
 * io.quarkgres.vector.index.Parallel} shares the work of a build. In: columns and definitions of
 * indexes. Out: keys, and errors in the words of pgvector. {@link
 * io.quarkgres.vector.index.RowNumbers} finds what was written down of a row.
 *
 * <p>Threads: any. The package holds no entries and knows neither graphs nor lists.
 */
package io.quarkgres.vector.index;
