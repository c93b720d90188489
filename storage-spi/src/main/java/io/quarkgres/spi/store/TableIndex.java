package io.quarkgres.spi.store;

import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.index.DistanceIndex;
import io.quarkgres.spi.index.IndexNotice;
import io.quarkgres.spi.index.IndexSpec;
import io.quarkgres.spi.index.KeyRange;

/** An index of a table store, searched through a snapshot. Thread: any. */
public interface TableIndex {
  /** Returns what the index is. */
  IndexSpec spec();

  /** Returns what the user should know of how it was built, or {@code null}. */
  default IndexNotice buildNotice() {
    return null;
  }

  /** Returns about how many entries it has. */
  long entryCount();

  /**
   * Returns about how many different keys its entries have, for choices that may be wrong; -1 when
   * that is not known.
   */
  default long distinctKeys() {
    return -1;
  }

  /** Returns the memory it takes, in bytes. */
  long memoryBytes();

  /**
   * Yields the rows of an ordered index that a snapshot sees, in key order, each once, under the
   * key of the version seen.
   */
  BlockCursor scan(Snapshot snapshot, KeyRange range, boolean backward, int[] projection);

  /**
   * Returns how many entries a range of an ordered index has, for choices that may be wrong: some
   * may be of no row that a snapshot sees.
   *
   * @param max where to stop counting
   */
  int entryCount(KeyRange range, int max);

  /**
   * Yields the rows of a distance index that a snapshot sees and that pass a condition, nearest
   * first. The projection may end with {@link #DISTANCE}, which asks for the distances as a FLOAT64
   * column.
   *
   * @param condition what rows have to pass before the projection is read, or {@code null}
   */
  NearestCursor nearest(
      Snapshot snapshot,
      Column query,
      DistanceIndex.SearchOptions options,
      RowPredicate condition,
      int[] projection);

  /** Tells whether {@link #nearestAmong} is there. */
  default boolean canSearchAmong() {
    return false;
  }

  /**
   * Yields some rows of a distance index, nearest first; those that the index does not have are
   * left out.
   *
   * @param rowIds rows that the snapshot sees
   * @param n how many they are
   */
  default NearestCursor nearestAmong(
      Snapshot snapshot,
      Column query,
      DistanceIndex.SearchOptions options,
      long[] rowIds,
      int n,
      int[] projection) {
    throw new UnsupportedOperationException();
  }

  /** Returns about how many distances {@link #nearest} computes, see {@link DistanceIndex}. */
  double searchCost(DistanceIndex.SearchOptions options);

  /** Returns how many rows of {@link #nearest} to order anew, see {@link DistanceIndex}. */
  int rerankCount(DistanceIndex.SearchOptions options);

  /**
   * Looks for a row with the key that another row has now: the check of a deferrable unique index.
   * Waits for open transactions that have written such a row.
   *
   * @return the other row's id, or -1 when there is none, the row is gone or its key has a NULL
   */
  long duplicateOf(Transaction transaction, long rowId);

  /**
   * Tells whether {@link #duplicateOf} may find something for a row that was just written. Of two
   * who write a key at once, the second is told so; it does not wait.
   */
  boolean mayHaveDuplicate(long rowId);

  /** The column number that stands for the distance in a projection of {@link #nearest}. */
  int DISTANCE = -2;
}
