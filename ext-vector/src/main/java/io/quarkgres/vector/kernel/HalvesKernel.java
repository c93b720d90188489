package io.quarkgres.vector.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;

/**
 * Takes floats apart into upper and lower halves of 16 bits, and adds up a {@link Sum} over floats
 * and the upper halves of others: half as much memory to read for nearly the same sum. An upper
 * half is the float rounded to eight binary digits; the lower half is what is missing, so that both
 * together are the float, bit for bit.
 *
 * <p>Halves lie in pairs: int i of {@code pairs} ints has the halves of float i in its upper 16
 * bits and those of float {@code pairs + i} in its lower ones; what is beyond the last float is 0.
 * The ints of upper halves come first, then as many of lower halves. All kernels add in one order.
 * Thread: any.
 */
public abstract class HalvesKernel {
  /** The number of pairs is a multiple of this. */
  static final int LANES = 8;

  static final int HALF_BITS = 16;
  static final int UPPER = 0xffff0000;
  private static final int ROUNDING = 0x8000;
  private static final int EXPONENT = 0x7f80;
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;

  private static final Map<Sum, HalvesKernel> FASTEST =
      Specialised.fastest(HalvesKernel.class, "LaneHalves", "PlainHalves");

  /** Returns the fastest kernel of this machine. */
  public static HalvesKernel of(Sum sum) {
    return FASTEST.get(sum);
  }

  /** Returns the plain loops, for tests. */
  public static HalvesKernel plain(Sum sum) {
    return Specialised.of(HalvesKernel.class, "PlainHalves", sum);
  }

  /** Returns how many pairs {@code n} floats make. */
  public static int pairs(int n) {
    int half = (n + 1) / 2;
    return (half + LANES - 1) / LANES * LANES;
  }

  /**
   * Takes floats apart; returns false when one is so great that its upper half is infinite.
   *
   * @param to takes {@code 2 * pairs} ints from byte {@code at} on
   */
  public static boolean split(float[] from, MemorySegment to, long at, int pairs) {
    boolean isFinite = true;
    for (int i = 0; i < pairs; i++) {
      int a = bits(from, i);
      int b = bits(from, pairs + i);
      int aUpper = a + ROUNDING >>> HALF_BITS;
      int bUpper = b + ROUNDING >>> HALF_BITS;
      isFinite &= (aUpper & EXPONENT) != EXPONENT && (bUpper & EXPONENT) != EXPONENT;
      to.set(INT, at + 4L * i, aUpper << HALF_BITS | bUpper);
      to.set(INT, at + 4L * (pairs + i), a << HALF_BITS | b & ~UPPER);
    }
    return isFinite;
  }

  private static int bits(float[] from, int i) {
    return i < from.length ? Float.floatToRawIntBits(from[i]) : 0;
  }

  /** Puts the {@code 2 * pairs} floats that lie in halves at byte {@code at} together. */
  public abstract void join(MemorySegment from, long at, int pairs, MemorySegment to, long toAt);

  /** Puts what the upper halves alone stand for into {@code to}. */
  public abstract void round(MemorySegment from, long at, int pairs, MemorySegment to);

  /**
   * Puts the sums of floats with the upper halves of four vectors into {@code out}.
   *
   * @param a the address in {@link Memory#ALL} of {@code 2 * pairs} floats; the others are those of
   *     upper halves
   * @param lanes memory for sums on the way, {@link Kernel#LANES_MAX} floats of the calling thread
   */
  public abstract void sums(
      long a, long b, long c, long d, long e, int pairs, float[] lanes, float[] out, int at);

  /** Joins eight sums in the order of {@link Sum}. */
  static float joined(float[] lanes, int at) {
    float s0 = lanes[at] + lanes[at + 4];
    float s1 = lanes[at + 1] + lanes[at + 5];
    float s2 = lanes[at + 2] + lanes[at + 6];
    float s3 = lanes[at + 3] + lanes[at + 7];
    return (s0 + s2) + (s1 + s3);
  }
}
