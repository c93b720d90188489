package io.quarkgres.vector.hnsw;

import io.quarkgres.vector.index.KeySpace;
import io.quarkgres.vector.kernel.CodeKernel;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;

/** Bit strings as they are, filled up with zeros to whole longs. Thread: any. */
final class BitCodec extends Codec {
  private final boolean isJaccard;
  private final int words;

  BitCodec(KeySpace.Bits space) {
    this.isJaccard = space.isJaccard();
    this.words = (space.length() + Long.SIZE - 1) / Long.SIZE;
  }

  @Override
  int bytes() {
    return Long.BYTES * words;
  }

  @Override
  void encode(Object key, MemorySegment to, long at) {
    byte[] bits = (byte[]) key;
    MemorySegment.copy(bits, 0, to, ValueLayout.JAVA_BYTE, at, bits.length);
    to.asSlice(at + bits.length, (long) bytes() - bits.length).fill((byte) 0);
  }

  @Override
  Distances distances(PackedVectors vectors) {
    return isJaccard ? new Jaccard(vectors) : new Hamming(vectors);
  }

  @Override
  boolean isExact() {
    return true;
  }

  /** How many bits differ. */
  private final class Hamming extends PackedDistances {
    Hamming(PackedVectors vectors) {
      super(vectors, BitCodec.this);
    }

    @Override
    void measure(int[] ids, int begin, int end, float[] out) {
      for (int i = begin; i < end; i++) {
        out[i] = CodeKernel.FASTEST.differing(target, starts[i - begin], words);
      }
    }

    @Override
    double exact(int node, float distance) {
      return distance;
    }
  }

  /** Which part of the bits that are set in one are not set in the other. */
  private final class Jaccard extends PackedDistances {
    Jaccard(PackedVectors vectors) {
      super(vectors, BitCodec.this);
    }

    @Override
    void measure(int[] ids, int begin, int end, float[] out) {
      for (int i = begin; i < end; i++) {
        out[i] = (float) distance(starts[i - begin]);
      }
    }

    @Override
    double exact(int node, float distance) {
      double result = distance(vectors.address(node));
      Reference.reachabilityFence(this);
      return result;
    }

    private double distance(long other) {
      int both = CodeKernel.FASTEST.common(target, other, words);
      int differing = CodeKernel.FASTEST.differing(target, other, words);
      return both == 0 ? 1 : 1 - both / (double) (both + differing);
    }
  }
}
