package io.quarkgres.vector.hnsw;

import io.quarkgres.vector.Metric;
import io.quarkgres.vector.kernel.Memory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;

/** Distances between packed vectors: the target lies at an address, as the nodes do. */
abstract class PackedDistances extends Distances {
  /** What comes from memory at a time. */
  private static final int LINE_BYTES = 64;

  /** What is read at once has to stay near the processor until it is measured. */
  private static final int GROUP_BYTES = 48 << 10;

  private static final int GROUP_MIN = 8;

  final PackedVectors vectors;
  private final Codec codec;

  /** A target that is no node's vector, or not as it lies there. */
  final MemorySegment own;

  /** The address of the target. */
  long target;

  /** The target's product with itself, where the codec has squares. */
  float square;

  /** What was touched last; kept, so that no compiler leaves the reading out. */
  int touched;

  /** Where the vectors lie that are measured now, by address. */
  long[] starts = {};

  PackedDistances(PackedVectors vectors, Codec codec) {
    this.vectors = vectors;
    this.codec = codec;
    this.own = PackedVectors.allocate(codec.bytes());
  }

  @Override
  final void aim(Object key) {
    take(key);
    square = codec.hasSquares() ? codec.square(key) : 0;
  }

  @Override
  final void aim(int node) {
    take(node);
    square = codec.hasSquares() ? vectors.square(node) : 0;
  }

  /** Sets {@link #target} to a key. */
  void take(Object key) {
    codec.encode(key, own, 0);
    target = own.address();
  }

  /** Sets {@link #target} to a node's vector. */
  void take(int node) {
    target = vectors.address(node);
  }

  @Override
  final void of(int[] ids, int n, float[] out) {
    int group = Math.max(GROUP_MIN, GROUP_BYTES / bytesRead());
    if (starts.length < Math.min(n, group)) {
      starts = new long[Math.min(n, group)];
    }
    for (int i = 0; i < n; i += group) {
      int end = Math.min(n, i + group);
      touch(ids, i, end);
      measure(ids, i, end, out);
    }
    // The memory of addresses is freed with the segments.
    Reference.reachabilityFence(this);
  }

  /** Returns how many of the first bytes of a vector are read to measure it. */
  int bytesRead() {
    return codec.bytes();
  }

  /**
   * Puts the distances of the nodes from place {@code from} on to the same places; their addresses
   * are the first of {@link #starts}.
   */
  abstract void measure(int[] ids, int from, int end, float[] out);

  /**
   * Reads a byte of each line of nodes' vectors. The lines are far apart, and a processor waits for
   * many at once when next to nothing has to be computed between. All first lines come first, as
   * each is in a page of its own, which has to be looked up.
   */
  private void touch(int[] ids, int from, int end) {
    long[] at = starts;
    int n = end - from;
    vectors.addresses(ids, from, n, at);
    int bytes = bytesRead();
    int sum = 0;
    for (int line = 0; line < bytes; line += LINE_BYTES) {
      for (int i = 0; i < n; i++) {
        sum += Memory.ALL.get(ValueLayout.JAVA_BYTE, at[i] + line);
      }
    }
    touched = sum;
  }

  /** Makes distances of what was added up for them. */
  final void finish(Metric metric, int[] ids, int from, int end, float[] sums) {
    switch (metric) {
      case L2, L2_SQUARED, L1 -> {}
      case INNER_PRODUCT, NEGATIVE_INNER_PRODUCT -> {
        for (int i = from; i < end; i++) {
          sums[i] = -sums[i];
        }
      }
      case COSINE, SPHERICAL -> {
        for (int i = from; i < end; i++) {
          sums[i] = (float) Metric.cosineDistance(sums[i], square, vectors.square(ids[i]));
        }
      }
    }
  }
}
