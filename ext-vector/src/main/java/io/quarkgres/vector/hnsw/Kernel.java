package io.quarkgres.vector.hnsw;

import io.quarkgres.vector.Metric;
import java.lang.foreign.MemorySegment;

/**
 * Adds up what a metric needs over two vectors that lie in memory segments. All kernels add in the
 * order of {@link io.quarkgres.vector.FloatSums}, so that what the graph measures is bit for bit
 * what the operators return, whichever kernel runs and whether or not it is compiled. Thread: any.
 */
abstract class Kernel {
  static final int LANES = 8;
  static final int HALF = 4;

  /** Which sum a metric is made of. */
  enum Sum {
    SQUARED_DIFFERENCES,
    PRODUCTS,
    FUSED_PRODUCTS,
    ABSOLUTE_DIFFERENCES
  }

  /** Returns the sum over {@code n} floats of {@code a} from byte {@code aAt} and {@code b}. */
  abstract float sum(MemorySegment a, long aAt, MemorySegment b, long bAt, int n);

  /** Puts the sums of one vector with four others into {@code out} from {@code at} on. */
  abstract void sums(
      MemorySegment a,
      long aAt,
      MemorySegment b,
      long bAt,
      MemorySegment c,
      long cAt,
      MemorySegment d,
      long dAt,
      MemorySegment e,
      long eAt,
      int n,
      float[] out,
      int at);

  /** Returns the fastest kernel of this machine. */
  static Kernel of(Metric metric) {
    return HasLanes.VALUE ? SimdKernel.of(sum(metric)) : new PlainKernel(sum(metric));
  }

  static Sum sum(Metric metric) {
    return switch (metric) {
      case L2, L2_SQUARED -> Sum.SQUARED_DIFFERENCES;
      case INNER_PRODUCT, NEGATIVE_INNER_PRODUCT -> Sum.PRODUCTS;
      case COSINE, SPHERICAL -> Sum.FUSED_PRODUCTS;
      case L1 -> Sum.ABSOLUTE_DIFFERENCES;
    };
  }

  /** Whether the process has the Vector API and the processor eight lanes of floats. */
  private static final class HasLanes {
    static final boolean VALUE =
        ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
            && SimdKernel.isSupported();
  }
}
