package io.quarkgres.vector.hnsw;

import io.quarkgres.vector.Metric;
import io.quarkgres.vector.index.KeySpace;
import io.quarkgres.vector.kernel.Kernel;
import io.quarkgres.vector.kernel.Sums;
import java.lang.foreign.MemorySegment;

/**
 * Distances to nodes that have their vectors whole, as floats that order as the metric does: the
 * squared sum for L2, the distance itself for the others. They are added up in the order that is
 * fastest, so that the last digits may differ from the operator's. Used by one thread.
 */
final class FloatDistances extends PackedDistances {
  private final Metric metric;
  private final Sums fastest;
  private final Kernel kernel;
  private final int dimensions;
  private final float[] lanes = new float[Sums.LANES_MAX];
  private final float[] four = new float[4];

  FloatDistances(PackedVectors vectors, FloatCodec codec, KeySpace.Dense space) {
    super(vectors, codec);
    this.metric = space.metric();
    this.fastest = Kernel.fastest(metric.sum(space.isHalf()));
    this.kernel = Kernel.ofNative(metric.sum(space.isHalf()));
    this.dimensions = space.dimensions();
  }

  @Override
  void of(int[] ids, int n, float[] out) {
    MemorySegment[] segments = vectors.segments();
    for (int i = 0; i < n; i += 4) {
      int a = ids[i];
      if (i + 1 == n) {
        out[i] =
            fastest.sum(
                from, at, segments[a >>> Nodes.CHUNK_SHIFT], vectors.offset(a), dimensions, lanes);
        break;
      }
      // Of less than four the last stands for the rest, which is in the cache then.
      int b = ids[i + 1];
      int c = ids[Math.min(i + 2, n - 1)];
      int d = ids[Math.min(i + 3, n - 1)];
      fastest.sums(
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
          four,
          0);
      System.arraycopy(four, 0, out, i, Math.min(4, n - i));
    }
    finish(ids, n, out);
  }

  private void finish(int[] ids, int n, float[] out) {
    switch (metric) {
      case L2, L2_SQUARED, L1 -> {}
      case INNER_PRODUCT, NEGATIVE_INNER_PRODUCT -> {
        for (int i = 0; i < n; i++) {
          out[i] = -out[i];
        }
      }
      case COSINE, SPHERICAL -> {
        for (int i = 0; i < n; i++) {
          out[i] = (float) Metric.cosineDistance(out[i], square, vectors.square(ids[i]));
        }
      }
    }
  }

  @Override
  double exact(int node, float distance) {
    float sum =
        kernel.sum(from, at, vectors.segment(node), vectors.offset(node), dimensions, lanes);
    return switch (metric) {
      case L2 -> Math.sqrt((double) sum);
      case L2_SQUARED, L1 -> sum;
      case INNER_PRODUCT, NEGATIVE_INNER_PRODUCT -> -sum;
      case COSINE, SPHERICAL -> Metric.cosineDistance(sum, square, vectors.square(node));
    };
  }
}
