package io.quarkgres.vector.hnsw;

import io.quarkgres.vector.Metric;
import io.quarkgres.vector.kernel.Kernel;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Vectors as they are, four bytes a dimension. Thread: any. */
final class FloatCodec extends Codec {
  private final Metric metric;
  private final int dimensions;
  private final Kernel kernel;

  FloatCodec(Metric metric, int dimensions, Kernel kernel) {
    this.metric = metric;
    this.dimensions = dimensions;
    this.kernel = kernel;
  }

  @Override
  int bytes() {
    return Float.BYTES * dimensions;
  }

  @Override
  void encode(float[] heap, int start, MemorySegment to, long at) {
    MemorySegment.copy(heap, start, to, ValueLayout.JAVA_FLOAT, at, dimensions);
  }

  @Override
  Distances distances(Nodes nodes) {
    return new FloatDistances(metric, nodes, kernel, dimensions);
  }

  @Override
  boolean hasSquares() {
    return metric == Metric.COSINE;
  }

  @Override
  boolean isExact() {
    return true;
  }
}
