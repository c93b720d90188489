package io.quarkgres.vector.hnsw;

import io.quarkgres.vector.SparseVector;
import io.quarkgres.vector.index.KeySpace;
import java.util.Arrays;

/** Sparse vectors, each an object of its own as their sizes differ. Thread: see {@link Vectors}. */
final class SparseVectors extends Vectors {
  private final KeySpace.Sparse space;

  /** Replaced as a whole when it grows; a chunk in it is set once. */
  private volatile SparseVector[][] chunks = {};

  SparseVectors(KeySpace.Sparse space) {
    this.space = space;
  }

  @Override
  long requireChunk(int chunk) {
    SparseVector[][] all = chunks;
    if (chunk == all.length) {
      all = Arrays.copyOf(all, Math.max(4, chunk + (chunk >> 1)));
    }
    if (all[chunk] != null) {
      return 0;
    }
    all[chunk] = new SparseVector[Nodes.CHUNK];
    chunks = all;
    return 4L * Nodes.CHUNK;
  }

  @Override
  long put(int node, Object key) {
    chunks[node >>> Nodes.CHUNK_SHIFT][node & Nodes.IN_CHUNK] = (SparseVector) key;
    return space.bytes(key);
  }

  /** The vector stays until the place has another: a late reader may still measure it. */
  @Override
  long clear(int node) {
    return space.bytes(vector(node));
  }

  private SparseVector vector(int node) {
    return chunks[node >>> Nodes.CHUNK_SHIFT][node & Nodes.IN_CHUNK];
  }

  @Override
  boolean has(int node, Object key) {
    return space.same(vector(node), key);
  }

  @Override
  int hash(int node) {
    return hash(vector(node));
  }

  @Override
  int hash(Object key) {
    return space.hash(key);
  }

  @Override
  Distances distances() {
    return new SparseDistances();
  }

  @Override
  boolean isExact() {
    return true;
  }

  /** Distances from one of them. */
  private final class SparseDistances extends Distances {
    private SparseVector target;

    @Override
    void aim(Object key) {
      target = (SparseVector) key;
    }

    @Override
    void aim(int node) {
      target = vector(node);
    }

    @Override
    void of(int[] ids, int n, float[] out) {
      for (int i = 0; i < n; i++) {
        out[i] = (float) space.distance(target, vector(ids[i]));
      }
    }

    @Override
    double exact(int node, float distance) {
      return space.distance(target, vector(node));
    }
  }
}
