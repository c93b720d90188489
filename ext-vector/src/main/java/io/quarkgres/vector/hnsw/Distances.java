package io.quarkgres.vector.hnsw;

/**
 * Distances from one vector, the target, to nodes, as floats whose order is that of the metric's
 * distances. Used by one thread.
 */
abstract class Distances {
  /** Makes a vector of a caller the target. */
  abstract void aim(Object key);

  /** Makes the vector of a node the target. */
  abstract void aim(int node);

  /** Puts the distances of {@code n} nodes into {@code out}. */
  abstract void of(int[] ids, int n, float[] out);

  /** Returns a distance as the operator gives it: bit for bit, if the vectors are exact. */
  abstract double exact(int node, float distance);
}
