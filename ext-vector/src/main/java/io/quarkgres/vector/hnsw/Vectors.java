package io.quarkgres.vector.hnsw;

/**
 * The vectors of a graph, or what is kept of them, by node. Places are written under the monitor of
 * {@link Nodes} and read by any thread; {@link Nodes} says when a place may be read.
 */
abstract class Vectors {
  /** Makes places for the nodes of a chunk that are not there yet; returns the bytes they take. */
  abstract long requireChunk(int chunk);

  /** Gives a node its vector; returns how many bytes more the vectors take. */
  abstract long put(int node, Object key);

  /** Forgets the vector of a place that is taken back; returns how many bytes that frees. */
  abstract long clear(int node);

  /** Tells whether a node has this vector, as far as it is kept. Called under the monitor. */
  abstract boolean has(int node, Object key);

  /** Returns a hash of a node's vector, as far as it is kept. */
  abstract int hash(int node);

  /** Returns the hash that a node with this vector has. Called under the monitor. */
  abstract int hash(Object key);

  /** Makes what measures distances, for one thread. */
  abstract Distances distances();

  /**
   * Begins to keep, beside vectors, what is shorter still, if there is such a thing: to build a
   * graph by. Called before the first vector is put.
   */
  void beginBuild() {}

  /** Tells whether that is kept. */
  boolean isBuilding() {
    return false;
  }

  /**
   * Forgets it; returns how many bytes that frees. What {@link #guides} made before is not to be
   * used any more.
   */
  long endBuild() {
    return 0;
  }

  /**
   * Tells whether there is something shorter to read that most often tells near from far as the
   * vectors do.
   */
  boolean hasGuides() {
    return false;
  }

  /** Makes what measures by that, or else by the vectors. */
  Distances guides() {
    return distances();
  }

  /** Tells whether distances are those of the operator, so that none has to be measured again. */
  abstract boolean isExact();
}
