/**
 * Serializable snapshot isolation: what serializable transactions have read, which of them must
 * come before which, and who has to give up.
 *
 * <p>Read {@link io.quarkgres.storage.memory.serial.ConflictGraph} first, then {@link
 * io.quarkgres.storage.memory.serial.SerializableTransaction}. In: what a transaction reads (before
 * it does), what it wrote (after it did), whose changes it passed over. Out: error 40001.
 *
 * <p>The method is that of Cahill, Röhm and Fekete, "Serializable Isolation for Snapshot
 * Databases", SIGMOD 2008, and of Ports and Grittner, "Serializable Snapshot Isolation in
 * PostgreSQL", VLDB 2012. A transaction reads from one snapshot. If it reads a version of which
 * another one that runs at the same time writes, or has written, the next, it must come first: a
 * conflict. Executions that are not serializable have two conflicts in a row, T1 before T2 before
 * T3, of which T3 commits first; whenever that shows, one of the three is ended, T2 if it can be.
 * If T1 only reads, T3 must even have committed before T1's snapshot.
 *
 * <p>Reads are marked by predicate: the table, or a range of an index's keys. Rows are not marked:
 * who changes a row computes its keys in the indexes that have marks. A mark comes before the read
 * and the search for marks after the write, so that of a reader and a writer at the same time one
 * finds the other. Marks outlive a commit as long as a transaction is open that writes and began
 * before it. Reads and writes that are rolled back to a savepoint count.
 *
 * <p>A commit counts from when snapshots see it. Where it is decided before it is on disk, its
 * transaction is "prepared" in between: it cannot be told to give up any more, but is still beside
 * those whose snapshots do not see it.
 *
 * <p>Conflicts are kept only with transactions that have not ended; what has ended is folded into
 * one number for each direction, since only the first to commit of those that must come later, and
 * the last of those that must come before, can matter. So the memory is bounded: by the open
 * transactions, and by {@link io.quarkgres.storage.memory.serial.ConflictGraph#MARKS_MAX} marks.
 *
 * <p>Nothing here knows rows, versions or SQL; tables are numbers, indexes objects, keys bytes.
 * Thread: any; everything lies under the graph's monitor, the innermost of all locks.
 */
package io.quarkgres.storage.memory.serial;
