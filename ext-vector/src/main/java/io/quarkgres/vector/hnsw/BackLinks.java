package io.quarkgres.vector.hnsw;

/**
 * A link that a node has to get to a new one, in a long: level, node, and the new one's index in
 * its batch. Sorted, the links of one list lie together, in the order of the batch. Thread: any.
 */
final class BackLinks {
  static final int BATCH_MAX = 1 << 16;
  private static final int INDEX_BITS = 16;
  private static final int NODE_BITS = 31;

  private BackLinks() {}

  static long of(int level, int node, int index) {
    return (long) level << NODE_BITS + INDEX_BITS | (long) node << INDEX_BITS | index;
  }

  static int level(long link) {
    return (int) (link >>> NODE_BITS + INDEX_BITS);
  }

  static int node(long link) {
    return (int) (link >>> INDEX_BITS) & Nodes.NODE;
  }

  static int index(long link) {
    return (int) link & BATCH_MAX - 1;
  }

  /** Tells whether two links belong to the same list. */
  static boolean areOfOneList(long a, long b) {
    return a >>> INDEX_BITS == b >>> INDEX_BITS;
  }
}
