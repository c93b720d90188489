/**
 * Tables in memory: column chunks with undo-log row versions, B-tree and hash indexes, row locks.
 *
 * <p>Read {@link io.quarkgres.storage.memory.MemoryStorage} first, then {@code MemoryTable}, {@code
 * Chunk} and {@code UndoBatch}. In and out: what {@link io.quarkgres.spi.store} says.
 *
 * <p>What knows nothing of versions lives below: {@code column} (a chunk's arrays), {@code tree}
 * (the B-tree), {@code lock} (locks on objects and the graph of waits), {@code cold} (the file for
 * what does not fit).
 *
 * <p>A row's newest version lies in place, in the arrays of its chunk of 1,024 slots; a chain of
 * {@code UndoBatch}es, each shared by the rows it changed, leads to older ones. A chunk without
 * chains is scanned without looking at rows. A scan takes the arrays as they are and marks them; a
 * writer replaces marked arrays by copies first, so nothing that was handed out changes, and point
 * reads and updates of chunks that nobody scanned copy nothing. Commit stamps the transaction that
 * the links point to, and then the clock: it touches no row. What no snapshot needs any more is
 * freed by those who commit, in commit order; changes that no snapshot tells from older ones are
 * taken out of the chains before ({@code UnseenChanges}).
 *
 * <p>When columns and the old values that changes keep ({@code UndoValues}) take more memory than
 * they may, some leave for a file ({@code ColumnMemory}, {@link io.quarkgres.storage.memory.cold}).
 * What works on a chunk's values asks first for what is missing ({@code ReadBack}), which costs a
 * look at a field or two when nothing is.
 *
 * <p>An index has an entry for each key that any version of a row has which some snapshot may see;
 * a scan compares the key of the version it sees with the entry's. A row's new version is in place
 * before its entry, and an entry is removed under the chunk's lock before the chain is cut.
 *
 * <p>A SERIALIZABLE transaction reads as a REPEATABLE READ one does and takes part in the graph of
 * {@link io.quarkgres.storage.memory.serial} ({@code TransactionSnapshots}): its snapshots tell of
 * what they are about to read and of changes they pass over, {@code WrittenKeys} of what it wrote.
 *
 * <p>Locks, in this order: reclaimer, wait graph, chunk or lock queue or a transaction's waiters,
 * tree latch, conflict graph. All are held for a short time; a wait for another transaction holds
 * none. Threads: any.
 */
package io.quarkgres.storage.memory;
