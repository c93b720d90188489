package io.quarkgres.spi.store;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.index.BuildProgress;
import io.quarkgres.spi.index.IndexSpec;
import java.util.List;

/**
 * The rows of one table and its indexes. Thread: any; readers never wait for writers.
 *
 * <p>Projections are arrays of column numbers; {@link #ROW_ID} asks for the row ids as an INT64
 * column.
 */
public interface TableStore {
  /** The column number that stands for the row id in a projection. */
  int ROW_ID = -1;

  /** Returns the table's number in its storage, never used for another and kept over restarts. */
  long id();

  /** Returns the layouts of the columns. */
  List<Layout> columns();

  /** Returns about how many live rows there are. O(1). */
  long rowCountEstimate();

  /** Returns a counter that every commit that touched the table raises. */
  long dataVersion();

  /** Returns the memory the rows take, in bytes. */
  long memoryBytes();

  /** Scans the rows a snapshot sees, in row id order, skipping blocks by zone maps if it can. */
  BlockCursor scan(Snapshot snapshot, int[] projection, List<RangeFilter> filters);

  /**
   * Splits the table into parts that can be scanned side by side: ranges of row ids covering all
   * rows that exist now. Returns the bounds, ascending: part {@code i} is {@code [b[i], b[i+1])}.
   */
  long[] morsels(int rowsPerMorsel);

  /** Scans the rows of one morsel that a snapshot sees. */
  BlockCursor scanRange(
      Snapshot snapshot, int[] projection, List<RangeFilter> filters, long fromRow, long toRow);

  /**
   * Reads rows by id. Returns a block aligned with {@code rowIds[0..n)} whose selection has the
   * positions of those that the snapshot sees. {@code n} is at most {@link Block#ROWS_MAX}.
   */
  Block fetch(Snapshot snapshot, long[] rowIds, int n, int[] projection);

  /**
   * Inserts the selected rows of a block that has all columns, in order, waiting where a unique key
   * belongs to an open transaction.
   *
   * @param rowIds receives the ids of the rows, aligned with the selection's order
   * @param conflict receives the first conflict
   * @return how many rows were inserted; fewer than selected if the next one met a conflict, of
   *     which nothing was written
   */
  int insert(Transaction transaction, Block rows, long[] rowIds, UniqueConflict conflict);

  /**
   * Locks a row against others, waiting as the policy says.
   *
   * @param snapshot the one by which the statement found the row
   */
  LockOutcome lock(
      Transaction transaction, Snapshot snapshot, long rowId, RowLockMode mode, WaitPolicy policy);

  /**
   * Gives new values to columns of rows that the transaction has locked.
   *
   * @param rowIds the rows, aligned with the selection's order of {@code values}
   * @param changed the table columns that {@code values} holds, in its order
   * @return how many rows were updated; fewer if the next one met a unique conflict
   */
  int update(
      Transaction transaction, long[] rowIds, int[] changed, Block values, UniqueConflict conflict);

  /** Deletes {@code n} rows that the transaction has locked. */
  void delete(Transaction transaction, long[] rowIds, int n);

  /**
   * Adds an index and fills it from all versions that any snapshot can see; the caller holds a lock
   * that keeps writers out. Raises a {@link UniqueConflict} through the return value: {@code null}
   * when the rows break uniqueness, with {@code conflict} filled (its position is meaningless; both
   * row ids are given through {@code existingRowId} and {@code duplicateRowId[0]}).
   */
  TableIndex addIndex(
      Transaction transaction,
      IndexSpec spec,
      UniqueConflict conflict,
      long[] duplicateRowId,
      BuildProgress progress);

  /** Removes an index; readers that use it go on until they close their cursors. */
  void dropIndex(TableIndex index);

  /** Returns the indexes, in the order they were added. */
  List<TableIndex> indexes();
}
