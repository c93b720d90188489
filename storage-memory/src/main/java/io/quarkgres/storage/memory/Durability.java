package io.quarkgres.storage.memory;

import java.util.function.Consumer;

/**
 * What makes commits last: it is given each transaction's changes before anybody sees them. The
 * storage calls it in an order in which the changes of each row and each metadata value follow each
 * other as they were made. Thread: any.
 */
public interface Durability {
  /** Changes in the order they are to be made again. */
  interface Changes {
    /** Gives the changes to a receiver, one after another. */
    void each(Consumer<Change> receiver);
  }

  /**
   * Keeps the changes of a transaction, then makes them visible. Raises 53100 or 58030 when they
   * cannot be kept; {@code visible} has not run then.
   *
   * @param transaction the transaction's number
   * @param isSynchronous whether to return only when they are on disk
   * @param position what {@link #putNow} last returned to this transaction, 0 for nothing
   * @param visible to be run when the commit is certain
   */
  void commit(
      long transaction, Changes changes, boolean isSynchronous, long position, Runnable visible);

  /** Makes sure that what was put up to a position is on disk. */
  void flush(long position);

  /** Keeps a metadata value, without waiting, and sets it; returns its position. */
  long putNow(Change.Put put, Runnable set);

  /** Keeps nothing: what a storage in memory has. */
  Durability NONE =
      new Durability() {
        @Override
        public void commit(
            long transaction,
            Changes changes,
            boolean isSynchronous,
            long position,
            Runnable visible) {
          visible.run();
        }

        @Override
        public void flush(long position) {}

        @Override
        public long putNow(Change.Put put, Runnable set) {
          set.run();
          return 0;
        }
      };
}
