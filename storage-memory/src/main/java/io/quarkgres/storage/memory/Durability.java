package io.quarkgres.storage.memory;

import io.quarkgres.spi.store.PendingCommit;
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
   * What is to happen to a commit.
   *
   * @param decide run when its place among all commits is fixed, one at a time, in that order
   * @param show run when it is certain, in the same order
   * @param fail run in place of that when it cannot be kept
   */
  record Steps(Runnable decide, Runnable show, Runnable fail) {}

  /**
   * Takes a transaction's changes to keep them, and decides it. Raises 53100 or 58030 when nothing
   * can be kept any more; nothing has run then.
   *
   * @param transaction the transaction's number
   * @param isSynchronous whether it is certain only when it is on disk
   * @param position what {@link #putNow} last returned to this transaction, 0 for nothing
   */
  PendingCommit commit(
      long transaction, Changes changes, boolean isSynchronous, long position, Steps steps);

  /** Keeps a metadata value, without waiting, and sets it; returns its position. */
  long putNow(Change.Put put, Runnable set);

  /** Keeps nothing: what a storage in memory has. */
  Durability NONE =
      new Durability() {
        @Override
        public PendingCommit commit(
            long transaction, Changes changes, boolean isSynchronous, long position, Steps steps) {
          steps.decide().run();
          steps.show().run();
          return PendingCommit.DONE;
        }

        @Override
        public long putNow(Change.Put put, Runnable set) {
          set.run();
          return 0;
        }
      };
}
