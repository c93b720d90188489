package io.quarkgres.vector.hnsw;

import io.quarkgres.vector.Metric;
import io.quarkgres.vector.kernel.CodeKernel;
import io.quarkgres.vector.kernel.Memory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Vectors as a byte a dimension. A vector has a scale of its own, so that nothing has to be known
 * of the others: element i is {@code middle + scale * code[i]}. The product of two vectors is then
 * a matter of the product of their codes, and so is any distance but the taxicab's.
 *
 * <p>Layout: scale, middle, sum of the codes, and the vector's product with itself, each a float;
 * then the codes, from -127 to 127. Thread: any.
 */
final class ByteCodec extends Codec {
  private static final int HEADER = 16;
  private static final int CODE_MAX = 127;
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

  private final Metric metric;
  private final int dimensions;

  ByteCodec(Metric metric, int dimensions) {
    this.metric = metric;
    this.dimensions = dimensions;
  }

  @Override
  int bytes() {
    return HEADER + dimensions;
  }

  @Override
  void encode(Object key, MemorySegment to, long at) {
    float[] values = (float[]) key;
    double least = values[0];
    double most = values[0];
    for (int i = 0; i < dimensions; i++) {
      least = Math.min(least, values[i]);
      most = Math.max(most, values[i]);
    }
    float middle = (float) ((least + most) / 2);
    float scale = (float) ((most - least) / (2 * CODE_MAX));
    int sum = 0;
    double square = 0;
    for (int i = 0; i < dimensions; i++) {
      long nearest = scale == 0 ? 0 : Math.round((values[i] - (double) middle) / scale);
      int code = Math.clamp(nearest, -CODE_MAX, CODE_MAX);
      to.set(ValueLayout.JAVA_BYTE, at + HEADER + i, (byte) code);
      sum += code;
      double value = middle + (double) scale * code;
      square += value * value;
    }
    to.set(FLOAT, at, scale);
    to.set(FLOAT, at + 4, middle);
    to.set(FLOAT, at + 8, sum);
    to.set(FLOAT, at + 12, (float) square);
  }

  @Override
  Distances distances(PackedVectors vectors) {
    return new ByteDistances(vectors);
  }

  /** Distances of what the codes stand for. */
  private final class ByteDistances extends PackedDistances {
    ByteDistances(PackedVectors vectors) {
      super(vectors, ByteCodec.this);
    }

    @Override
    void measure(int[] ids, int begin, int end, float[] out) {
      MemorySegment all = Memory.ALL;
      double scale = all.get(FLOAT, target);
      double middle = all.get(FLOAT, target + 4);
      double sum = all.get(FLOAT, target + 8);
      double ownSquare = all.get(FLOAT, target + 12);
      // The part of a product that the other vector's codes do not change.
      double base = dimensions * middle + scale * sum;
      for (int i = begin; i < end; i++) {
        long other = starts[i - begin];
        int codes = CodeKernel.FASTEST.products(target + HEADER, other + HEADER, dimensions);
        double otherScale = all.get(FLOAT, other);
        double product =
            base * all.get(FLOAT, other + 4)
                + otherScale * (middle * all.get(FLOAT, other + 8) + scale * codes);
        out[i] = distance(product, ownSquare, all.get(FLOAT, other + 12));
      }
    }

    private float distance(double product, double aSquare, double bSquare) {
      return switch (metric) {
        case L2, L2_SQUARED -> (float) Math.max(0, aSquare + bSquare - 2 * product);
        case INNER_PRODUCT, NEGATIVE_INNER_PRODUCT -> (float) -product;
        case COSINE, SPHERICAL -> (float) Metric.cosineDistance(product, aSquare, bSquare);
        case L1 -> throw new IllegalStateException("no codes for the taxicab distance");
      };
    }

    @Override
    double exact(int node, float distance) {
      return metric == Metric.L2 ? Math.sqrt((double) distance) : distance;
    }
  }
}
