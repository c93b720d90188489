package io.quarkgres.vector.kernel;

import java.lang.foreign.MemorySegment;

/**
 * Adds up a {@link Sum} over vectors of floats that lie in memory segments, at any byte. A {@link
 * Kernel} adds in the order whose results are shown; what only chooses among vectors may take what
 * {@link Kernel#fastest} returns. Either way a sum does not depend on which others are asked with
 * it. Thread: any.
 */
public interface Sums {
  /** How many floats a caller has to provide for sums on the way. */
  int LANES_MAX = 32;

  /**
   * Returns the sum over {@code n} floats of {@code a} from byte {@code aAt} and {@code b}.
   *
   * @param lanes memory for sums on the way, {@link #LANES_MAX} floats of the calling thread
   */
  float sum(MemorySegment a, long aAt, MemorySegment b, long bAt, int n, float[] lanes);

  /** Puts the sums of one vector with four others into {@code out} from {@code at} on. */
  void sums(
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
      float[] lanes,
      float[] out,
      int at);
}
