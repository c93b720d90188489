package io.quarkgres.vector.hnsw;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Vectors that all take the same number of bytes, off the heap, a segment for each chunk of nodes.
 * Thread: see {@link Vectors}.
 */
final class PackedVectors extends Vectors {
  /** Rows of at least so many bytes begin at a multiple of 32, so that no load is split. */
  private static final int ALIGNED_MIN = 128;

  private static final int ALIGNMENT = 32;

  private final Codec codec;
  private final int bytes;
  private final int stride;

  /** A vector as it would be kept; used under the monitor. */
  private final MemorySegment scratch;

  /** Replaced as a whole when it grows; a place in it is set once. */
  private volatile MemorySegment[] segments = {};

  /** The addresses of the segments; as those are. */
  private volatile long[] addresses = {};

  /** The products of vectors with themselves, for a codec that has them; as the segments are. */
  private volatile float[][] squares = {};

  /**
   * The same vectors in a shorter form, which leads while a graph is built; or {@code null}. Set
   * and taken away by the one who builds.
   */
  private volatile PackedVectors draft;

  private long draftBytes;

  PackedVectors(Codec codec) {
    this.codec = codec;
    this.bytes = codec.bytes();
    this.stride = bytes < ALIGNED_MIN ? bytes : (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    this.scratch = allocate(bytes);
  }

  @Override
  void beginBuild() {
    Codec shorter = codec.draft();
    draft = shorter == null ? null : new PackedVectors(shorter);
  }

  @Override
  boolean isBuilding() {
    return draft != null;
  }

  @Override
  long endBuild() {
    draft = null;
    long freed = draftBytes;
    draftBytes = 0;
    return freed;
  }

  @Override
  long requireChunk(int chunk) {
    PackedVectors shorter = draft;
    if (shorter == null) {
      return requireOwnChunk(chunk);
    }
    long size = shorter.requireChunk(chunk);
    long own = requireOwnChunk(chunk);
    draftBytes += size;
    return size + own;
  }

  private long requireOwnChunk(int chunk) {
    MemorySegment[] all = segments;
    if (chunk == all.length) {
      int length = Math.max(4, chunk + (chunk >> 1));
      all = Arrays.copyOf(all, length);
      addresses = Arrays.copyOf(addresses, length);
      squares = Arrays.copyOf(squares, length);
    }
    if (all[chunk] != null) {
      return 0;
    }
    long size = (long) stride << Nodes.CHUNK_SHIFT;
    all[chunk] = allocate(size);
    if (codec.hasSquares()) {
      float[][] more = squares;
      more[chunk] = new float[Nodes.CHUNK];
      squares = more;
      size += (long) Float.BYTES << Nodes.CHUNK_SHIFT;
    }
    long[] starts = addresses;
    starts[chunk] = all[chunk].address();
    addresses = starts;
    segments = all;
    return size;
  }

  /** Allocates memory that is freed with the last reader of it. The process has a limit for it. */
  static MemorySegment allocate(long size) {
    try {
      return Arena.ofAuto().allocate(size, 64);
    } catch (OutOfMemoryError e) {
      throw new SqlException(
          SqlState.OUT_OF_MEMORY,
          "out of memory",
          "Failed on request of size " + size + " for the vectors of an hnsw index.",
          "Memory outside the heap is limited by -XX:MaxDirectMemorySize.");
    }
  }

  @Override
  long put(int node, Object key) {
    PackedVectors shorter = draft;
    if (shorter != null) {
      shorter.put(node, key);
    }
    codec.encode(key, segment(node), offset(node));
    if (codec.hasSquares()) {
      squares[node >>> Nodes.CHUNK_SHIFT][node & Nodes.IN_CHUNK] = codec.square(key);
    }
    return 0;
  }

  @Override
  long clear(int node) {
    return 0;
  }

  /** Returns the segment that a node's vector lies in, at {@link #offset}. */
  MemorySegment segment(int node) {
    return segments[node >>> Nodes.CHUNK_SHIFT];
  }

  long offset(int node) {
    return (long) (node & Nodes.IN_CHUNK) * stride;
  }

  /** Returns the address of a node's vector; it is good as long as this is. */
  long address(int node) {
    return segment(node).address() + offset(node);
  }

  /** Puts the addresses of nodes' vectors into {@code into}; they are good as long as this is. */
  void addresses(int[] ids, int from, int n, long[] into) {
    long[] all = addresses;
    for (int i = 0; i < n; i++) {
      int node = ids[from + i];
      long start = all[node >>> Nodes.CHUNK_SHIFT];
      if (start == 0) {
        throw new IllegalStateException("no memory for node " + node);
      }
      into[i] = start + offset(node);
    }
  }

  /** Returns the product of a node's vector with itself, which the codec has to have. */
  float square(int node) {
    return squares[node >>> Nodes.CHUNK_SHIFT][node & Nodes.IN_CHUNK];
  }

  @Override
  boolean has(int node, Object key) {
    codec.encode(key, scratch, 0);
    long at = offset(node);
    return MemorySegment.mismatch(scratch, 0, bytes, segment(node), at, at + bytes) < 0;
  }

  @Override
  int hash(int node) {
    return hash(segment(node), offset(node));
  }

  @Override
  int hash(Object key) {
    codec.encode(key, scratch, 0);
    return hash(scratch, 0);
  }

  private int hash(MemorySegment segment, long offset) {
    int hash = 1;
    for (int i = 0; i < bytes; i++) {
      hash = 31 * hash + segment.get(ValueLayout.JAVA_BYTE, offset + i);
    }
    return hash;
  }

  @Override
  Distances distances() {
    return codec.distances(this);
  }

  @Override
  boolean hasGuides() {
    return draft != null || codec.hasGuides();
  }

  @Override
  Distances guides() {
    PackedVectors shorter = draft;
    return shorter == null ? codec.guides(this) : shorter.distances();
  }

  @Override
  boolean isExact() {
    return codec.isExact();
  }
}
