package io.quarkgres.vector.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;

/** The plain loops over halves; see {@link PlainKernel}. Thread: any. */
final class PlainHalves extends HalvesKernel {
  private static final Sum SUM = Specialised.sum(MethodHandles.lookup());
  private static final boolean IS_OF_DIFFERENCES = SUM.isOfDifferences;
  private static final boolean IS_ABSOLUTE = SUM.isAbsolute;
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

  PlainHalves() {}

  @Override
  public void join(MemorySegment from, long at, int pairs, MemorySegment to, long toAt) {
    long bytes = 4L * pairs;
    for (long i = 0; i < bytes; i += 4) {
      int upper = from.get(INT, at + i);
      int lower = from.get(INT, at + bytes + i);
      to.set(INT, toAt + i, (upper & UPPER) + (lower >> HALF_BITS));
      to.set(INT, toAt + bytes + i, (upper << HALF_BITS) + (short) lower);
    }
  }

  @Override
  public void round(MemorySegment from, long at, int pairs, MemorySegment to) {
    long bytes = 4L * pairs;
    for (long i = 0; i < bytes; i += 4) {
      int upper = from.get(INT, at + i);
      to.set(INT, i, upper & UPPER);
      to.set(INT, bytes + i, upper << HALF_BITS);
    }
  }

  @Override
  public void sums(
      long a, long b, long c, long d, long e, int pairs, float[] lanes, float[] out, int at) {
    out[at] = sum(a, b, pairs, lanes);
    out[at + 1] = sum(a, c, pairs, lanes);
    out[at + 2] = sum(a, d, pairs, lanes);
    out[at + 3] = sum(a, e, pairs, lanes);
  }

  private static float sum(long a, long b, int pairs, float[] lanes) {
    Arrays.fill(lanes, 0, LANES, 0);
    for (int i = 0; i < pairs; i += LANES) {
      for (int lane = 0; lane < LANES; lane++) {
        long at = 4L * (i + lane);
        int pair = Memory.ALL.get(INT, b + at);
        float s =
            term(Memory.ALL.get(FLOAT, a + at), Float.intBitsToFloat(pair & UPPER), lanes[lane]);
        float y = Memory.ALL.get(FLOAT, a + 4L * pairs + at);
        lanes[lane] = term(y, Float.intBitsToFloat(pair << HALF_BITS), s);
      }
    }
    return joined(lanes, 0);
  }

  private static float term(float x, float y, float s) {
    float left = IS_OF_DIFFERENCES ? x - y : x;
    float right = IS_OF_DIFFERENCES ? left : y;
    return IS_ABSOLUTE ? s + Math.abs(left) : Math.fma(left, right, s);
  }
}
