package io.quarkgres.vector.hnsw;

import io.quarkgres.vector.FloatSums;
import io.quarkgres.vector.Metric;
import io.quarkgres.vector.index.KeySpace;
import io.quarkgres.vector.kernel.HalvesKernel;
import io.quarkgres.vector.kernel.Kernel;
import io.quarkgres.vector.kernel.Sum;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;

/**
 * Vectors as they are, four bytes a dimension, the upper halves of all numbers before the lower
 * ones: who looks for the way through a graph reads the upper ones only. Thread: any.
 */
final class HalvesCodec extends Codec {
  private static final int ROWS = 4;

  /** Vectors with fewer dimensions are measured as fast by upper halves as by codes. */
  private static final int DRAFT_MIN = 256;

  private final KeySpace.Dense space;
  private final Metric metric;
  private final int dimensions;
  private final int pairs;
  private final Kernel kernel;
  private final HalvesKernel halves;

  /** Whether upper halves are numbers; it ends with a vector that has one near to the greatest. */
  private volatile boolean hasGuides = true;

  HalvesCodec(KeySpace.Dense space, Kernel kernel) {
    this.space = space;
    this.metric = space.metric();
    this.dimensions = space.dimensions();
    this.pairs = HalvesKernel.pairs(dimensions);
    this.kernel = kernel;
    this.halves = HalvesKernel.of(sum());
  }

  private Sum sum() {
    return metric.sum(space.isHalf());
  }

  @Override
  int bytes() {
    return 2 * upperBytes();
  }

  private int upperBytes() {
    return Integer.BYTES * pairs;
  }

  @Override
  void encode(Object key, MemorySegment to, long at) {
    if (!HalvesKernel.split((float[]) key, to, at, pairs)) {
      hasGuides = false;
    }
  }

  @Override
  boolean isExact() {
    return true;
  }

  @Override
  boolean hasSquares() {
    return metric == Metric.COSINE;
  }

  @Override
  float square(Object key) {
    float[] values = (float[]) key;
    return FloatSums.sum(sum(), values, 0, values, 0, dimensions);
  }

  @Override
  Distances distances(PackedVectors vectors) {
    return new WholeDistances(vectors);
  }

  @Override
  boolean hasGuides() {
    return hasGuides;
  }

  @Override
  Distances guides(PackedVectors vectors) {
    return new UpperDistances(vectors);
  }

  @Override
  Codec draft() {
    boolean isWorthIt = dimensions >= DRAFT_MIN && metric != Metric.L1;
    return isWorthIt ? new ByteCodec(metric, dimensions) : null;
  }

  /** Distances from a target that lies as floats. */
  private abstract class FloatTarget extends PackedDistances {
    final float[] lanes = new float[Kernel.LANES_MAX];

    FloatTarget(PackedVectors vectors) {
      super(vectors, HalvesCodec.this);
      target = own.address();
    }

    @Override
    final void take(Object key) {
      MemorySegment.copy((float[]) key, 0, own, ValueLayout.JAVA_FLOAT, 0, dimensions);
    }
  }

  /** Distances of the vectors. */
  private final class WholeDistances extends FloatTarget {
    private final MemorySegment rows = PackedVectors.allocate((long) ROWS * bytes());
    private final float[] sums = new float[ROWS];

    WholeDistances(PackedVectors vectors) {
      super(vectors);
    }

    @Override
    void take(int node) {
      halves.join(vectors.segment(node), vectors.offset(node), pairs, own, 0);
    }

    @Override
    void measure(int[] ids, int begin, int end, float[] out) {
      long row = bytes();
      long first = rows.address();
      for (int i = begin; i < end; i += ROWS) {
        int count = Math.min(ROWS, end - i);
        for (int j = 0; j < count; j++) {
          join(ids[i + j], j * row);
        }
        kernel.sums(
            target,
            first,
            first + row,
            first + 2 * row,
            first + 3 * row,
            dimensions,
            lanes,
            sums,
            0);
        System.arraycopy(sums, 0, out, i, count);
      }
      finish(metric, ids, begin, end, out);
    }

    private void join(int node, long at) {
      halves.join(vectors.segment(node), vectors.offset(node), pairs, rows, at);
    }

    @Override
    double exact(int node, float distance) {
      return switch (metric) {
        case L2 -> Math.sqrt((double) distance);
        case L2_SQUARED, L1, INNER_PRODUCT, NEGATIVE_INNER_PRODUCT -> distance;
        case COSINE, SPHERICAL -> {
          join(node, 0);
          float product = kernel.sum(target, rows.address(), dimensions, lanes);
          Reference.reachabilityFence(this);
          yield Metric.cosineDistance(product, square, vectors.square(node));
        }
      };
    }
  }

  /** Distances of the upper halves, from a target that is whole unless it is a node's vector. */
  private final class UpperDistances extends FloatTarget {
    private final float[] sums = new float[ROWS];

    UpperDistances(PackedVectors vectors) {
      super(vectors);
    }

    @Override
    void take(int node) {
      halves.round(vectors.segment(node), vectors.offset(node), pairs, own);
    }

    @Override
    void measure(int[] ids, int begin, int end, float[] out) {
      int n = end - begin;
      for (int i = 0; i < n; i += ROWS) {
        int last = Math.min(ROWS, n - i) - 1;
        // The last nodes are fewer than four: one of them stands in for the others.
        long a = starts[i];
        long b = starts[i + Math.min(1, last)];
        long c = starts[i + Math.min(2, last)];
        long d = starts[i + last];
        halves.sums(target, a, b, c, d, pairs, lanes, sums, 0);
        System.arraycopy(sums, 0, out, begin + i, last + 1);
      }
      finish(metric, ids, begin, end, out);
    }

    @Override
    int bytesRead() {
      return upperBytes();
    }

    @Override
    double exact(int node, float distance) {
      throw new IllegalStateException("upper halves are not exact");
    }
  }
}
