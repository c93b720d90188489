/**
 * Rows that do not fit into working memory, in temporary files.
 *
 * <p>Read {@link io.quarkgres.engine.spill.SpilledRows} first: rows in the order in which they were
 * appended, to be read again block by block. {@link io.quarkgres.engine.spill.SpillPartitions}
 * deals rows out to several of them by the hash of their keys. A {@link
 * io.quarkgres.engine.spill.SpillFolder} is the server's, a {@link
 * io.quarkgres.engine.spill.SpillSpace} is a session's and counts what its files take ({@code
 * temp_file_limit}, 53400). In: columns and selections. Out: blocks.
 *
 * <p>A file is unlinked as soon as it is open: nothing is left when it is closed, when the
 * statement is cancelled or when the process dies. It holds frames, one a block, which are only
 * read by who wrote them; all numbers are in the machine's byte order:
 *
 * <pre>
 * int32 rows
 * for each column:
 *   byte  1 if there are NULLs, and then int64[(rows + 63) / 64]: bit p of word p / 64 is row p
 *   BOOLEAN      byte[rows]
 *   INT32        int32[rows]
 *   INT64        int64[rows]
 *   FLOAT64      float64[rows]
 *   INT128       int64[rows] upper halves, int64[rows] lower halves
 *   BYTES        int32[rows] lengths, then the bytes
 *   FLOAT_ARRAY  int32[rows] lengths, then the floats
 *   DECIMAL      int64[rows] unscaled, int16[rows] scales, and for each row of scale BIG:
 *                int32 scale, int32 length, the unscaled number big-endian
 * </pre>
 *
 * <p>Invariants: the thread that uses an operator uses its files; a space is used by all threads of
 * a session. Where a statement may not wait (on an event loop), the first file makes it move over.
 * No row is ever changed. The package knows no operator and no plan.
 */
package io.quarkgres.engine.spill;
