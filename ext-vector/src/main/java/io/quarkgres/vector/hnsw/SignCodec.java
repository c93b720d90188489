package io.quarkgres.vector.hnsw;

import io.quarkgres.vector.Metric;
import io.quarkgres.vector.kernel.CodeKernel;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The signs of vectors, a bit a dimension, in longs. The more signs differ, the larger is the angle
 * of two vectors in all likelihood; it stands for every metric. Thread: any.
 */
final class SignCodec extends Codec {
  private final Metric metric;
  private final int dimensions;
  private final int words;

  SignCodec(Metric metric, int dimensions) {
    this.metric = metric;
    this.dimensions = dimensions;
    this.words = (dimensions + Long.SIZE - 1) / Long.SIZE;
  }

  @Override
  int bytes() {
    return Long.BYTES * words;
  }

  @Override
  void encode(Object key, MemorySegment to, long at) {
    float[] values = (float[]) key;
    for (int word = 0; word < words; word++) {
      long bits = 0;
      int end = Math.min(dimensions, (word + 1) * Long.SIZE);
      for (int i = word * Long.SIZE; i < end; i++) {
        bits |= values[i] > 0 ? 1L << i : 0;
      }
      to.set(ValueLayout.JAVA_LONG_UNALIGNED, at + (long) Long.BYTES * word, bits);
    }
  }

  @Override
  Distances distances(PackedVectors vectors) {
    return new SignDistances(vectors);
  }

  /** How many signs differ. */
  private final class SignDistances extends PackedDistances {
    SignDistances(PackedVectors vectors) {
      super(vectors, SignCodec.this);
    }

    @Override
    void measure(int[] ids, int begin, int end, float[] out) {
      for (int i = begin; i < end; i++) {
        out[i] = CodeKernel.FASTEST.differing(target, starts[i - begin], words);
      }
    }

    /** Signs tell the angle; what the other metrics are is not known at all. */
    @Override
    double exact(int node, float distance) {
      double part = distance / dimensions;
      return metric == Metric.COSINE ? 1 - Math.cos(Math.PI * part) : part;
    }
  }
}
