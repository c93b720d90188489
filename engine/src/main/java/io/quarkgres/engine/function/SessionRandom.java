package io.quarkgres.engine.function;

import java.util.random.RandomGenerator;

/**
 * The random numbers of a session. Those of {@code random()} come from xoroshiro128**, as in
 * PostgreSQL 15, so that {@code setseed} leads to the same ones; others come from the source that
 * was given, which no seed repeats. Used by one thread at a time.
 */
public final class SessionRandom implements RandomGenerator {
  private static final int SPARE_BITS = 12;
  private static final double UNIT = 0x1p-52;
  private static final long SEED_MAX = (1L << 52) - 1;

  private final RandomGenerator source;
  private long state0;
  private long state1;
  private long seeding;

  /** Makes a generator with an arbitrary seed. */
  public SessionRandom(RandomGenerator source) {
    this.source = source;
    seed(source.nextLong());
  }

  /** Starts a sequence of {@code random()}; the seed is in [-1, 1]. */
  public void setSeed(double seed) {
    seed((long) (SEED_MAX * seed));
  }

  private void seed(long seed) {
    seeding = seed;
    state0 = split();
    state1 = split();
  }

  /** One step of splitmix64. */
  private long split() {
    seeding += 0x9e3779b97f4a7c15L;
    long value = seeding;
    value = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
    value = (value ^ value >>> 27) * 0x94d049bb133111ebL;
    return value ^ value >>> 31;
  }

  @Override
  public long nextLong() {
    return source.nextLong();
  }

  /** Returns the next of {@code random()}, in [0, 1). */
  @Override
  public double nextDouble() {
    long result = Long.rotateLeft(state0 * 5, 7) * 9;
    long mixed = state1 ^ state0;
    state0 = Long.rotateLeft(state0, 24) ^ mixed ^ mixed << 16;
    state1 = Long.rotateLeft(mixed, 37);
    return (result >>> SPARE_BITS) * UNIT;
  }
}
