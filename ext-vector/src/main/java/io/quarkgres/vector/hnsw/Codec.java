package io.quarkgres.vector.hnsw;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.vector.Metric;
import io.quarkgres.vector.kernel.Kernel;
import java.lang.foreign.MemorySegment;

/** How the vectors of an index lie in memory. Thread: any. */
abstract class Codec {
  static Codec of(Quantization quantization, Metric metric, int dimensions, Kernel kernel) {
    return switch (quantization) {
      case NONE -> new FloatCodec(metric, dimensions, kernel);
      case SQ8 -> new ByteCodec(supported(metric), dimensions);
      case BQ -> new BitCodec(supported(metric), dimensions);
    };
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

  /** Writes a vector to memory. */
  abstract void encode(float[] heap, int start, MemorySegment to, long at);

  /** Makes what measures distances to nodes. */
  abstract Distances distances(Nodes nodes);

  /** Tells whether the vector's product with itself is kept beside it. */
  boolean hasSquares() {
    return false;
  }

  /** Tells whether distances are those of the operator, so that none has to be measured again. */
  boolean isExact() {
    return false;
  }
}
