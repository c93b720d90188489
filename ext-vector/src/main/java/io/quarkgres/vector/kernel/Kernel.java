package io.quarkgres.vector.kernel;

import java.lang.foreign.MemorySegment;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Adds up a {@link Sum} over two vectors of floats that lie in memory segments, at any byte. All
 * kernels add in one order, so that a distance is the same bit for bit whichever kernel runs, with
 * which other rows it is asked, and whether or not the code is compiled. Thread: any.
 */
public abstract class Kernel {
  /** How many floats a caller has to provide for sums on the way. */
  public static final int LANES_MAX = 32;

  static final int LANES = 8;
  static final int HALF = 4;

  private static final Map<Sum, Kernel> NATIVE = all();
  private static final Map<Sum, Kernel> HEAP = all();

  /**
   * Returns the sum over {@code n} floats of {@code a} from byte {@code aAt} and {@code b}.
   *
   * @param lanes memory for sums on the way, {@link #LANES_MAX} floats of the calling thread
   */
  public abstract float sum(
      MemorySegment a, long aAt, MemorySegment b, long bAt, int n, float[] lanes);

  /** Puts the sums of one vector with four others into {@code out} from {@code at} on. */
  public abstract void sums(
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

  /** Puts the sums of four vectors of a segment, each with itself, into {@code out}. */
  public abstract void squares(
      MemorySegment a, long at0, long at1, long at2, long at3, int n, float[] lanes, float[] out);

  /** Returns the fastest kernel of this machine for vectors in memory outside the heap. */
  public static Kernel ofNative(Sum sum) {
    return NATIVE.get(sum);
  }

  /**
   * Returns the fastest kernel of this machine for vectors in arrays. It is another class than that
   * for native memory, so that each is compiled for the kind of segment it meets.
   */
  public static Kernel ofHeap(Sum sum) {
    return HEAP.get(sum);
  }

  /** Returns the plain loops, for tests. */
  public static Kernel plain(Sum sum) {
    return Specialised.of(Kernel.class, "PlainKernel", sum);
  }

  private static Map<Sum, Kernel> all() {
    Function<Sum, Kernel> make =
        Lanes.ARE_THERE ? sum -> Specialised.of(Kernel.class, "LaneKernel", sum) : Kernel::plain;
    Map<Sum, Kernel> result = new EnumMap<>(Sum.class);
    for (Sum sum : Sum.values()) {
      result.put(sum, make.apply(sum));
    }
    return result;
  }
}
