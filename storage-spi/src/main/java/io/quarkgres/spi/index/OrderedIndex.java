package io.quarkgres.spi.index;

/**
 * An index whose keys are byte strings in {@code memcmp} order, as {@link IndexSpec#encoder()}
 * makes them. Thread: any.
 */
public non-sealed interface OrderedIndex extends IndexStructure {
  /**
   * Opens a cursor over the entries of a range. The cursor tolerates writers: it yields every entry
   * that is there throughout, at most once, and may or may not yield those added or removed while
   * it runs.
   */
  Cursor scan(KeyRange range, boolean backward);

  /** Yields entries in key order; entries of equal keys in row id order. One thread at a time. */
  interface Cursor {
    /** Moves to the next entry; false at the end. */
    boolean next();

    /** Returns the row id of the current entry. */
    long rowId();

    /** Returns the encoded key of the current entry; not to be written to. */
    byte[] key();
  }
}
