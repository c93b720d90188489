package io.quarkgres.engine.expr.key;

/**
 * Where a table of integer keys keeps the number of each key: {@link DirectSlots} while the keys
 * lie close together, {@link HashedSlots} otherwise. Numbers are stored plus one, 0 is no key. Used
 * by one thread.
 */
sealed interface IntegerSlots permits DirectSlots, HashedSlots {
  /** Returns the number of a key, or {@link KeyTable#ABSENT}. */
  int find(long key);

  /** Returns the number of a key; one that is not there yet gets {@code next}. */
  int assign(long key, int next);

  /** Calls {@code assign} of other slots for every key. */
  void copyTo(IntegerSlots other);

  /** Returns the memory it takes, in bytes. */
  long memoryBytes();
}
