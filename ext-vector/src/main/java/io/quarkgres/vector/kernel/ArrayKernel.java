package io.quarkgres.vector.kernel;

import java.util.Map;

/**
 * Adds up a {@link Sum} over two vectors of floats that lie in arrays, in the order of {@link
 * Kernel}. Thread: any.
 */
public abstract class ArrayKernel {
  private static final Map<Sum, ArrayKernel> FASTEST =
      Specialised.fastest(ArrayKernel.class, "LaneArrays", "PlainArrays");

  /** Returns the fastest kernel of this machine. */
  public static ArrayKernel of(Sum sum) {
    return FASTEST.get(sum);
  }

  /** Returns the plain loops, for tests. */
  public static ArrayKernel plain(Sum sum) {
    return Specialised.of(ArrayKernel.class, "PlainArrays", sum);
  }

  /**
   * Returns the sum over {@code n} elements of {@code a} from {@code aAt} on and of {@code b}.
   *
   * @param lanes memory for sums on the way, {@link Kernel#LANES_MAX} floats of the calling thread
   */
  public abstract float sum(float[] a, int aAt, float[] b, int bAt, int n, float[] lanes);

  /** Puts the sums of one vector with four of another array into {@code out}. */
  public abstract void sums(
      float[] a,
      int aAt,
      float[] many,
      int at0,
      int at1,
      int at2,
      int at3,
      int n,
      float[] lanes,
      float[] out);

  /** Puts the sums of four vectors, each with itself, into {@code out}; for sums of products. */
  public abstract void squares(
      float[] many, int at0, int at1, int at2, int at3, int n, float[] lanes, float[] out);
}
