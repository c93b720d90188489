package io.quarkgres.vector.kernel;

import java.lang.foreign.MemorySegment;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Adds up a {@link Sum} over two vectors of floats. All kernels add in one order, so that a
 * distance is the same bit for bit whichever kernel runs, with which other rows it is asked, and
 * whether or not the code is compiled. Thread: any.
 */
public abstract class Kernel implements Sums {
  static final int LANES = 8;
  static final int HALF = 4;

  private static final Map<Sum, Kernel> NATIVE = all();
  private static final Map<Sum, Kernel> HEAP = all();

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
    return (Kernel) Specialised.of("PlainKernel", sum);
  }

  /**
   * Returns what adds fastest on this machine, in an order of its own, for vectors in memory
   * outside the heap.
   */
  public static Sums fastest(Sum sum) {
    return Fastest.OF.get(sum);
  }

  private static Map<Sum, Kernel> all() {
    String template = Lanes.ARE_THERE ? "LaneKernel" : "PlainKernel";
    return all(sum -> (Kernel) Specialised.of(template, sum));
  }

  private static <S> Map<Sum, S> all(Function<Sum, S> make) {
    Map<Sum, S> result = new EnumMap<>(Sum.class);
    for (Sum sum : Sum.values()) {
      result.put(sum, make.apply(sum));
    }
    return result;
  }

  /** Loaded when it is needed first. */
  private static final class Fastest {
    static final Map<Sum, Sums> OF =
        Lanes.ARE_WIDE ? all(sum -> Specialised.of("WideSums", sum)) : all(NATIVE::get);
  }
}
