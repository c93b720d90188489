package io.quarkgres.vector.hnsw;

/**
 * Draws the levels of nodes, each m-th time one higher; the same for a seed. Used under the lock of
 * the index.
 */
final class HnswLevels {
  /** The seed of all indexes, so that the same rows make the same graph. */
  static final long SEED = 0x51a7_6c1e_5eedL;

  private final double scale;
  private long state;

  HnswLevels(int m, long seed) {
    this.scale = 1 / Math.log(m);
    this.state = seed;
  }

  int next() {
    // The generator SplitMix64; its upper 53 bits make a number in (0, 1].
    state += 0x9e3779b97f4a7c15L;
    long z = state;
    z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    z ^= z >>> 31;
    double uniform = ((z >>> 11) + 1) * 0x1p-53;
    return (int) (-Math.log(uniform) * scale);
  }
}
