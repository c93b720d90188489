package io.quarkgres.vector.hnsw;

/**
 * A node and its distance in one long, whose order is that of the distances and, among equal ones,
 * of the nodes. NaN comes last. Thread: any.
 */
final class Ranked {
  private Ranked() {}

  static long of(float distance, int node) {
    int bits = Float.floatToIntBits(distance);
    return (long) (bits ^ (bits >> 31 & Integer.MAX_VALUE)) << 32 | node;
  }

  static int node(long ranked) {
    return (int) ranked;
  }

  static float distance(long ranked) {
    int bits = (int) (ranked >> 32);
    return Float.intBitsToFloat(bits ^ (bits >> 31 & Integer.MAX_VALUE));
  }
}
