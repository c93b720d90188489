package io.quarkgres.vector.hnsw;

import io.quarkgres.vector.Metric;
import io.quarkgres.vector.kernel.Kernel;
import java.lang.foreign.MemorySegment;

/**
 * Distances to nodes that have their vectors whole, as floats that order as the metric does: the
 * squared sum for L2, the distance itself for the others. Used by one thread.
 */
final class FloatDistances extends PackedDistances {
  private final Metric metric;
  private final Kernel kernel;
  private final int dimensions;
  private final float[] lanes = new float[Kernel.LANES_MAX];

  FloatDistances(
      PackedVectors vectors, FloatCodec codec, Metric metric, Kernel kernel, int dimensions) {
    super(vectors, codec);
    this.metric = metric;
    this.kernel = kernel;
    this.dimensions = dimensions;
  }

  @Override
  void measure(int[] ids, int begin, int end, float[] out) {
    MemorySegment[] segments = vectors.segments();
    int i = begin;
    for (; i + 4 <= end; i += 4) {
      int a = ids[i];
      int b = ids[i + 1];
      int c = ids[i + 2];
      int d = ids[i + 3];
      kernel.sums(
          from,
          at,
          segments[a >>> Nodes.CHUNK_SHIFT],
          vectors.offset(a),
          segments[b >>> Nodes.CHUNK_SHIFT],
          vectors.offset(b),
          segments[c >>> Nodes.CHUNK_SHIFT],
          vectors.offset(c),
          segments[d >>> Nodes.CHUNK_SHIFT],
          vectors.offset(d),
          dimensions,
          lanes,
          out,
          i);
    }
    for (; i < end; i++) {
      int a = ids[i];
      out[i] =
          kernel.sum(
              from, at, segments[a >>> Nodes.CHUNK_SHIFT], vectors.offset(a), dimensions, lanes);
    }
    finish(metric, ids, begin, end, out);
  }

  private float sum(int node) {
    return kernel.sum(from, at, vectors.segment(node), vectors.offset(node), dimensions, lanes);
  }

  @Override
  double exact(int node, float distance) {
    return switch (metric) {
      case L2 -> Math.sqrt((double) distance);
      case L2_SQUARED, L1, INNER_PRODUCT, NEGATIVE_INNER_PRODUCT -> distance;
      case COSINE, SPHERICAL -> Metric.cosineDistance(sum(node), square, vectors.square(node));
    };
  }
}
