package io.quarkgres.vector.kernel;

import java.lang.foreign.MemorySegment;

/**
 * All memory there is, by its addresses. Loops over vectors that lie far apart read it: a segment
 * for each of them would have to be looked up and checked, which takes longer than the sum. Whoever
 * passes an address on sees to it that the segment which it is from is not freed meanwhile, and
 * that all that is read lies in it. Thread: any.
 */
public final class Memory {
  /** From address 0 on. */
  @SuppressWarnings("restricted")
  public static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  private Memory() {}
}
