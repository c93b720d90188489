package io.quarkgres.spi.store;

import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.index.IndexMethod;
import io.quarkgres.spi.lock.LockTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** An open storage: transactions, table stores, locks. Thread: any. */
public interface Storage extends AutoCloseable {
  /** Makes index methods of an extension known, besides the storage's own. */
  void register(IndexMethod method);

  /** Tells whether an index method of that name is known. */
  boolean hasMethod(String name);

  /** Begins a transaction. */
  Transaction begin(IsolationLevel isolation, Interruption interruption);

  /** Makes an empty table store with columns of the given layouts. */
  TableStore createTable(List<Layout> columns);

  /** Returns the locks on relations and the advisory locks, which share one deadlock detector. */
  LockTable locks();

  /** Returns the figures that monitoring shows. */
  StorageStatistics statistics();

  /** Returns what the write-ahead log has done; {@link LogStatistics#NONE} if there is none. */
  default LogStatistics logStatistics() {
    return LogStatistics.NONE;
  }

  /** Tells whether what is committed outlives the process. */
  boolean isDurable();

  /**
   * Returns the table of an id that was attached by a committed transaction, or {@code null}: how
   * the engine comes by its tables after a restart.
   */
  TableStore table(long id);

  /**
   * Returns the committed metadata, a copy: what {@link Transaction#put} and {@link
   * Transaction#putNow} kept. The storage does not look into it.
   */
  Map<String, byte[]> metadata();

  /**
   * Gives the storage its settings: once before anything else, then whenever they change. Until
   * then a storage lets go of nothing that they might keep.
   */
  default void configure(StorageSettings settings) {}

  /** Makes the start after a crash short: writes all data to its files. No-op for memory. */
  void checkpoint();

  /** Begins a copy of all files; raises 0A000 for a storage that has none. */
  default StorageCopy copy() {
    throw new SqlException(
        SqlState.FEATURE_NOT_SUPPORTED, "a base backup of data in memory is not supported");
  }

  /**
   * Returns a folder of the storage's for temporary files, which may not be there yet, or {@code
   * null} where it has none.
   */
  default Path temporaryFolder() {
    return null;
  }

  /** Gives this moment in the log a name, to restore to; returns where the log is then. */
  long restorePoint(String name);

  /** Begins a new segment of the log, so that the one before can be archived; returns where. */
  long switchLog();

  /** Frees undo, row slots and index entries that no snapshot needs; returns how many versions. */
  long reclaim();

  @Override
  void close();
}
