package io.quarkgres.spi.index;

import io.quarkgres.spi.data.Block;

/**
 * The entries of one index. The search side is one of the sub-interfaces. Thread: any; searches run
 * beside writers.
 */
public sealed interface IndexStructure permits OrderedIndex, DistanceIndex {
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
}
