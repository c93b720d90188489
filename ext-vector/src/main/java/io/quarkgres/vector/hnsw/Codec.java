package io.quarkgres.vector.hnsw;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.vector.Metric;
import io.quarkgres.vector.index.KeySpace;
import io.quarkgres.vector.kernel.Kernel;
import java.lang.foreign.MemorySegment;

/** How the vectors of an index lie in memory, all in the same number of bytes. Thread: any. */
abstract class Codec {
  private static final int HALVES_MIN = 64;

  static Codec of(Quantization quantization, KeySpace.Dense space, Kernel kernel) {
    return switch (quantization) {
      case NONE -> whole(space, kernel);
      case SQ8 -> new ByteCodec(supported(space.metric()), space.dimensions());
      case BQ -> new SignCodec(supported(space.metric()), space.dimensions());
    };
  }

  /** Short vectors are read as fast whole as by halves. */
  private static Codec whole(KeySpace.Dense space, Kernel kernel) {
    return space.dimensions() < HALVES_MIN
        ? new FloatCodec(space, kernel)
        : new HalvesCodec(space, kernel);
  }

  private static Metric supported(Metric metric) {
    if (metric == Metric.L1) {
      throw new SqlException(
          SqlState.FEATURE_NOT_SUPPORTED, "quantization is not supported for taxicab distance");
    }
    return metric;
  }

  /** Returns how many bytes a vector takes. */
  abstract int bytes();

  /** Writes a key to memory. */
  abstract void encode(Object key, MemorySegment to, long at);

  /** Makes what measures distances to nodes. */
  abstract Distances distances(PackedVectors vectors);

  /** Tells whether {@link #guides} reads less than {@link #distances}. */
  boolean hasGuides() {
    return false;
  }

  /** Makes what measures distances to nodes nearly. */
  Distances guides(PackedVectors vectors) {
    return distances(vectors);
  }

  /** Returns what is shorter still, good enough to build a graph by, or {@code null}. */
  Codec draft() {
    return null;
  }

  /** Tells whether the vector's product with itself is kept beside it. */
  boolean hasSquares() {
    return false;
  }

  /** Returns the vector's product with itself. */
  float square(Object key) {
    return 0;
  }

  /** Tells whether distances are those of the operator, so that none has to be measured again. */
  boolean isExact() {
    return false;
  }
}
