package io.quarkgres.vector.kernel;

import java.util.Map;

/**
 * Adds up a {@link Sum} over two vectors of floats that lie at addresses of {@link Memory}, of any
 * alignment. All kernels, those for arrays too, add in one order, so that a distance is the same
 * bit for bit whichever kernel runs, with which other rows it is asked, and whether or not the code
 * is compiled. Thread: any.
 */
public abstract class Kernel {
  /** How many floats a caller has to provide for sums on the way. */
  public static final int LANES_MAX = 32;

  static final int LANES = 8;
  static final int HALF = 4;

  private static final Map<Sum, Kernel> FASTEST =
      Specialised.fastest(Kernel.class, "LaneKernel", "PlainKernel");

  /** Returns the fastest kernel of this machine. */
  public static Kernel of(Sum sum) {
    return FASTEST.get(sum);
  }

  /** Returns the plain loops, for tests. */
  public static Kernel plain(Sum sum) {
    return Specialised.of(Kernel.class, "PlainKernel", sum);
  }

  /**
   * Returns the sum over {@code n} floats from address {@code a} and {@code b} on.
   *
   * @param lanes memory for sums on the way, {@link #LANES_MAX} floats of the calling thread
   */
  public abstract float sum(long a, long b, int n, float[] lanes);

  /** Puts the sums of one vector with four others into {@code out} from {@code at} on. */
  public abstract void sums(
      long a, long b, long c, long d, long e, int n, float[] lanes, float[] out, int at);
}
