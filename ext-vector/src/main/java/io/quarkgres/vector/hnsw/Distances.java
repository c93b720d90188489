package io.quarkgres.vector.hnsw;

import java.lang.foreign.MemorySegment;

/**
 * Distances to nodes, as floats whose order is that of the metric's distances. Used by one thread.
 */
abstract class Distances {
  /**
   * Puts the distances of {@code n} nodes from a vector into {@code out}.
   *
   * @param square the vector's product with itself, where the codec has squares
   */
  abstract void of(MemorySegment from, long at, float square, int[] ids, int n, float[] out);

  /** Returns a distance as the operator gives it: bit for bit, if the codec is exact. */
  abstract double exact(MemorySegment from, long at, float square, int node, float distance);
}
