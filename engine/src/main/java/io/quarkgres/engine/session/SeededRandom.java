package io.quarkgres.engine.session;

import java.util.random.RandomGenerator;

/**
 * The random numbers that follow {@code setseed}: PostgreSQL 15's, so that a seed gives the same
 * values there and here. The generator is xoroshiro128** (Blackman and Vigna), started by splitmix64
 * from the seed's 52 leading bits. Used by one thread.
 */
final class SeededRandom implements RandomGenerator {
  private static final int MANTISSA_BITS = 52;
  private static final long GOLDEN_RATIO = 0x9e3779b97f4a7c15L;

  private long state0;
  private long state1;

  /**
   * Makes a generator.
   *
   * @param seed from -1 to 1
   */
  SeededRandom(double seed) {
    long start = (long) (((1L << MANTISSA_BITS) - 1) * seed);
    state0 = splitMix(start + GOLDEN_RATIO);
    state1 = splitMix(start + 2 * GOLDEN_RATIO);
    if (state0 == 0 && state1 == 0) {
      state0 = 0x5851f42d4c957f2dL;
      state1 = 0x14057b7ef767814fL;
    }
  }

  private static long splitMix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  @Override
  public long nextLong() {
    long s0 = state0;
    long sx = state1 ^ s0;
    long result = Long.rotateLeft(s0 * 5, 7) * 9;
    state0 = Long.rotateLeft(s0, 24) ^ sx ^ (sx << 16);
    state1 = Long.rotateLeft(sx, 37);
    return result;
  }

  @Override
  public double nextDouble() {
    return Math.scalb((double) (nextLong() >>> (Long.SIZE - MANTISSA_BITS)), -MANTISSA_BITS);
  }
}
