/**
 * Durable storage: write-ahead log, checkpoints and recovery on top of the in-memory tables.
 *
 * <p>Read {@link io.quarkgres.storage.wal.WalStorage} first, then {@code WalLog}, {@code
 * Checkpointer} and {@code Recovery}. In: the changes of committing transactions, as {@link
 * io.quarkgres.storage.memory.Change}s. Out: the same changes, after a restart. Rows are in memory
 * as well, or in a file of the process's that is no part of the data directory's format.
 *
 * <p><b>The data directory, format version 4.</b> All numbers are big-endian; a <i>varint</i> has 7
 * bits a byte, the lowest first, bit 7 set in all bytes but the last. Numbers in names are 16
 * hexadecimal digits each.
 *
 * <ul>
 *   <li>{@code quarkgres.format}: the ASCII text {@code quarkgres data, format 4} and a newline.
 *       Written last when a directory is made: without it there is no data.
 *   <li>{@code quarkgres.lock}: locked by the process that uses the directory; empty.
 *   <li>{@code quarkgres.hold}: locked, shared, by those who copy the files; empty.
 *   <li>{@code <start>.wal}: a segment of the log, by its first position.
 *   <li>{@code <position>.checkpoint}: everything as it was at a mark in the log, but for
 *   <li>{@code <table>-<position>-<from>-<to>.rows}: rows of a bigger table, from one row id to
 *       before another, since that checkpoint. In formats 2 and 3 {@code <table>-<position>.rows}:
 *       all rows of a table, behind the change that adds it.
 *   <li>{@code <table>-<position>-<number>.index}: what an index wrote down that takes long to
 *       build.
 *   <li>{@code *.spare}: a segment that is not needed any more, to be written over.
 *   <li>{@code temporary}: a folder of files without data, see {@code engine.spill}.
 *   <li>{@code quarkgres.archived}: segments that begin before this position are archived.
 *   <li>{@code *.tmp}: left by a crash, removed at the next start.
 * </ul>
 *
 * <p>All are series of <b>frames</b>, each beginning at a multiple of 8:
 *
 * <pre>
 *   4  length n of the payload, above 0
 *   4  CRC-32C of position and payload
 *   8  position: in a segment the position in the log, in other files the offset in the file
 *   n  payload
 *   .. zeros up to a multiple of 8
 * </pre>
 *
 * <p>The first frame's payload is {@code QGWAL}, {@code QGCHK}, {@code QGROW} or {@code QGIDX}, the
 * format version (1 byte) and the position in the file's name (8 bytes). Positions count every byte
 * of every segment, so that a segment begins where the one before ends. Behind the last frame of a
 * segment lie zeros, written ahead so that a commit need not make the file longer, or what a spare
 * file had: frames of other positions.
 *
 * <p><b>Records</b> are what a log frame's payload is made of:
 *
 * <pre>
 *   4  length of what follows
 *   1  kind: 1 PART, 2 COMMIT, 3 NOW, 4 START, 5 MARK, 6 TIME, 7 NAME
 *   8  transaction number; of TIME the time of day, milliseconds since 1970
 *   .. changes
 * </pre>
 *
 * <p>A transaction is some PARTs and one COMMIT; parts without a COMMIT count for nothing. NOW is a
 * change that holds whatever becomes of its transaction. START is written once by each process:
 * parts before it will have no COMMIT. MARK has the position of a checkpoint (8 bytes) in place of
 * changes. TIME says when the COMMITs were made that follow; it has no changes. NAME has the name
 * of a restore point in place of changes. Format 2 has neither of these two.
 *
 * <p>In the other files the payload's first byte tells what follows:
 *
 * <pre>
 *   C  changes
 *   M  position of the segment to begin with, then transaction numbers (8 bytes each)
 *   T  the numbers in the name of a file of rows (8 bytes each): four, in formats 2 and 3 two
 *   I  table number, position and number of an index's file (8 bytes each), name and definition (4
 *      bytes length, UTF-8)
 *   P  a page, whose form is the index method's
 *   E  the number of frames before this, the last one (8 bytes)
 * </pre>
 *
 * <p>A checkpoint has what was visible at its mark. Of the log before the mark it lacks the
 * transactions in frame M, which had records there but were not visible yet; of the log behind it,
 * everything.
 *
 * <p><b>Changes</b> (the first byte tells which):
 *
 * <pre>
 *   1 table added     varint table, varint n, n bytes: layouts
 *   2 table removed   varint table
 *   3 rows inserted   varint table, rows, varint n, n columns
 *   4 rows updated    varint table, rows, varint n, n varints: column numbers, n columns
 *   5 rows deleted    varint table, rows
 *   6 metadata        varint n, n bytes: key in UTF-8, varint 0 (none) or length + 1, bytes
 *
 *   rows              varint n, n varints: difference to the id before, zigzag (0 1 -1 2 -2 as 0..4)
 *   column            layout, 1 byte: 1 with NULLs, 0 without; with NULLs a bitmap of 8-byte words;
 *                     the values that are not NULL, as {@link io.quarkgres.spi.data.Datums} says
 *   layout            1 BOOLEAN 2 INT32 3 INT64 4 FLOAT64 5 DECIMAL 6 INT128 7 BYTES 8 FLOAT_ARRAY
 * </pre>
 *
 * <p><b>Rules.</b> A frame is written only when all before it are on disk, so an invalid frame is
 * the torn end of the log if nothing valid follows, and damage (XX001) if something does or if one
 * bit makes it valid. A commit becomes visible after its frame is on disk, or with {@code
 * synchronous_commit} off as soon as it is in the buffer, in which it stays for a fifth of a second
 * at most. Of a checkpoint first the files of rows are written, then its own under another name;
 * all are synced and read back before it gets its name, and only then go older ones and the
 * segments before it. A file of rows is kept as long as none of them changes; the rows between
 * those that are kept are cut into files anew. A table's own change is in the checkpoint's file,
 * which is read first. Files of formats 2 and 3 are read as they are, and the format's text is
 * written anew; the next checkpoint has none of them any more. An index's file is written beside
 * writers, and kept until a 128th of the rows may have changed, so it fits the rows only nearly:
 * the index compares, and adds what is new. One thread writes and syncs for all who wait (group
 * commit), and then shows their commits in the order of their records; row locks are let go of
 * before ({@code CommitQueue}). When a write or sync fails, nothing more is written until the next
 * start: writers get 53100 or 58030, readers go on; what the failed commit did may or may not be
 * there then.
 *
 * <p>Threads: any; one of its own writes the log, one syncs what nobody waits for and makes
 * checkpoints, one archives. Locks, in this order: checkpoint, showing, commit gate, log,
 * snapshots. The file system is an interface, so that tests can stop at each write, and lose, tear
 * and reorder what was not synced.
 */
package io.quarkgres.storage.wal;
