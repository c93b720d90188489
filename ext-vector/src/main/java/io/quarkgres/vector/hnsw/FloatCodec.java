package io.quarkgres.vector.hnsw;

import io.quarkgres.vector.FloatSums;
import io.quarkgres.vector.Metric;
import io.quarkgres.vector.index.KeySpace;
import io.quarkgres.vector.kernel.Kernel;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Vectors as they are, four bytes a dimension. Thread: any. */
final class FloatCodec extends Codec {
  private final KeySpace.Dense space;
  private final int dimensions;
  private final Kernel kernel;

  FloatCodec(KeySpace.Dense space, Kernel kernel) {
    this.space = space;
    this.dimensions = space.dimensions();
    this.kernel = kernel;
  }

  @Override
  int bytes() {
    return Float.BYTES * dimensions;
  }

  @Override
  void encode(Object key, MemorySegment to, long at) {
    MemorySegment.copy((float[]) key, 0, to, ValueLayout.JAVA_FLOAT, at, dimensions);
  }

  @Override
  Distances distances(PackedVectors vectors) {
    return new FloatDistances(vectors, this, space.metric(), kernel, dimensions);
  }

  @Override
  boolean hasSquares() {
    return space.metric() == Metric.COSINE;
  }

  @Override
  float square(Object key) {
    float[] values = (float[]) key;
    return FloatSums.sum(space.metric().sum(space.isHalf()), values, 0, values, 0, dimensions);
  }

  @Override
  boolean isExact() {
    return true;
  }
}
