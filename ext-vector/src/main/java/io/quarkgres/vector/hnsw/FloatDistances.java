package io.quarkgres.vector.hnsw;

import io.quarkgres.vector.Metric;
import io.quarkgres.vector.kernel.Kernel;
import java.lang.ref.Reference;

/**
 * Distances to nodes that have their vectors whole, as floats that order as the metric does: the
 * squared sum for L2, the distance itself for the others. Used by one thread.
 */
final class FloatDistances extends PackedDistances {
  private static final int ROWS = 4;

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
    int n = end - begin;
    int i = 0;
    for (; i + ROWS <= n; i += ROWS) {
      kernel.sums(
          target,
          starts[i],
          starts[i + 1],
          starts[i + 2],
          starts[i + 3],
          dimensions,
          lanes,
          out,
          begin + i);
    }
    for (; i < n; i++) {
      out[begin + i] = kernel.sum(target, starts[i], dimensions, lanes);
    }
    finish(metric, ids, begin, end, out);
  }

  private float sum(int node) {
    float sum = kernel.sum(target, vectors.address(node), dimensions, lanes);
    Reference.reachabilityFence(this);
    return sum;
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
