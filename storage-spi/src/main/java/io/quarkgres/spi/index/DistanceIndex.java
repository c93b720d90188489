package io.quarkgres.spi.index;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;

/**
 * The entries of one index that yields rows by growing distance from a query, such as {@code hnsw}.
 * Thread: any; searches run beside writers.
 */
public interface DistanceIndex {
  /** Adds an entry for the keys at {@code position} of {@code keys}. Adding it twice is a no-op. */
  void insert(Block keys, int position, long rowId);

  /** Removes an entry; one that is not there is a no-op. */
  void remove(Block keys, int position, long rowId);

  /**
   * Ends the build of a new index, when the rows of its table are in; later ones are inserted one
   * by one. Searches begin after this.
   *
   * @return what the user should know, or {@code null}
   */
  default IndexNotice finishBuild(BuildProgress progress) {
    return null;
  }

  /** Returns how many entries the structure has. */
  long entryCount();

  /** Returns the memory it takes, in bytes. */
  long memoryBytes();

  /**
   * Adds {@code n} entries, as {@link #insert} does one: the keys at {@code positions} of {@code
   * keys} for {@code rowIds}. A method that gains by it links them together, on several threads.
   * Part of a build, whose progress it advances by every entry.
   */
  default void insertAll(
      Block keys, int[] positions, long[] rowIds, int n, BuildProgress progress) {
    for (int i = 0; i < n; i++) {
      insert(keys, positions[i], rowIds[i]);
      progress.advance(1);
    }
  }

  /** Tells whether {@link #save} writes anything: whether building anew takes long. */
  default boolean isSaved() {
    return false;
  }

  /**
   * Writes down, in pages and beside writers, what makes the next build of the same index short.
   * The pages are valid until the receiver returns.
   */
  default void save(Consumer<ByteSink> pages) {}

  /**
   * Takes what {@link #save} of an index with the same definition wrote, before the first entry
   * comes. It need not fit: entries that were not written down are added as ever, those that do not
   * come until {@link #finishBuild} are forgotten.
   *
   * @param rowOf tells the row id under which an entry comes by the one it was written down with
   */
  default void restore(List<byte[]> pages, LongUnaryOperator rowOf) {}

  /**
   * Opens a search.
   *
   * @param query a column whose position 0 is the value to measure from; from NULL no distance is
   *     known, and the search yields all entries in any order
   * @param options the settings the method reads, such as {@code hnsw.ef_search}
   * @param filter rows that count; the search may use it while it walks
   */
  Cursor search(Column query, SearchOptions options, RowFilter filter);

  /** Tells whether {@link #searchAmong} is there. */
  default boolean canSearchAmong() {
    return false;
  }

  /**
   * Opens a search that measures some entries and no others.
   *
   * @param query a column whose position 0 is the value to measure from
   * @param rowIds the entries, which stay what they are until the cursor is closed; what is none of
   *     the index is left out
   * @param n how many they are
   */
  default Cursor searchAmong(Column query, SearchOptions options, long[] rowIds, int n) {
    throw new UnsupportedOperationException();
  }

  /**
   * Returns about how many entries a search measures the distance of, if the caller stops at the
   * rows it wants.
   */
  default double searchCost(SearchOptions options) {
    return entryCount();
  }

  /**
   * Returns how many rows a caller has to take, and to order by distances of its own, where those
   * of the index are guesses; 0 where they are exact.
   */
  default int rerankCount(SearchOptions options) {
    return 0;
  }

  /** Settings of a search, by name, and what the caller is going to do. */
  interface SearchOptions {
    /** Returns about which part of the rows found the caller keeps; the others it drops. */
    default double share() {
      return 1;
    }

    /** Returns about how many rows the caller takes, those it drops included. */
    default int wanted() {
      return 16;
    }

    /** Returns after how many distances without a row that passes the search is to be given up. */
    default long measuredMax() {
      return Long.MAX_VALUE;
    }

    /**
     * Returns the distance beyond which no row is wanted. A search that knows distances exactly may
     * end when it yields none nearer.
     */
    default double distanceMax() {
      return Double.POSITIVE_INFINITY;
    }

    /** Returns the value of a setting such as {@code hnsw.ef_search}. */
    int integer(String setting);

    /** Returns the value of a setting such as {@code hnsw.iterative_scan}. */
    String text(String setting);
  }

  /** Tells which rows may be yielded: visible to the snapshot and true for the predicate. */
  interface RowFilter {
    /** Tells whether a row counts. */
    boolean accepts(long rowId);

    /**
     * Tells whether a row may count, at less cost. False is certain; a row that may count has to be
     * judged by {@link #accepts} before it is yielded.
     */
    default boolean mayAccept(long rowId) {
      return accepts(rowId);
    }
  }

  /** Yields row ids by growing (or, where the method says so, nearly growing) distance. */
  interface Cursor extends AutoCloseable {
    /** Fills {@code rowIds} and {@code distances}; returns how many, 0 at the end. */
    int next(long[] rowIds, double[] distances);

    /** Returns how many distances were computed up to now. */
    default long measuredCount() {
      return 0;
    }

    /** Tells whether the search has ended at {@link SearchOptions#distanceMax}. */
    default boolean hasPassedMax() {
      return false;
    }

    /** Gives back what the search holds. The caller need not, but the next search is cheaper. */
    @Override
    default void close() {}
  }
}
