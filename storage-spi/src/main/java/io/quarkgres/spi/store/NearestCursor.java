package io.quarkgres.spi.store;

/** Yields the rows of a distance index, nearest first. Used by one thread at a time. */
public interface NearestCursor extends BlockCursor {
  /** Returns how many distances were computed up to now. */
  long measuredCount();

  /** Returns how many rows the condition was asked for up to now. */
  long examinedCount();

  /** Tells whether the search has ended at the greatest distance that was wanted. */
  boolean hasPassedMax();
}
