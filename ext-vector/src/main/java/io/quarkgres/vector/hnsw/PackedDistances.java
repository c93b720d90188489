package io.quarkgres.vector.hnsw;

import java.lang.foreign.MemorySegment;

/** Distances between packed vectors: the target lies in a segment, as the nodes do. */
abstract class PackedDistances extends Distances {
  final PackedVectors vectors;
  private final Codec codec;

  /** A target that is no node's vector. */
  private final MemorySegment own;

  MemorySegment from;
  long at;

  /** The target's product with itself, where the codec has squares. */
  float square;

  PackedDistances(PackedVectors vectors, Codec codec) {
    this.vectors = vectors;
    this.codec = codec;
    this.own = PackedVectors.allocate(codec.bytes());
  }

  @Override
  final void aim(Object key) {
    codec.encode(key, own, 0);
    from = own;
    at = 0;
    square = codec.hasSquares() ? codec.square(key) : 0;
  }

  @Override
  final void aim(int node) {
    from = vectors.segment(node);
    at = vectors.offset(node);
    square = codec.hasSquares() ? vectors.square(node) : 0;
  }
}
