package io.quarkgres.vector.hnsw;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether searches, or new nodes, are to be guided by what is shorter to read than vectors. When
 * that could not tell near from far, it is left alone for a while. Thread: any.
 */
final class Guidance {
  private static final int REST = 10_000;

  /** Guides are of use as long as they are off by less than this part of the range of distances. */
  private static final double ERROR_MAX = 0.05;

  /** Fewer distances than this say nothing. */
  private static final int JUDGED_MIN = 16;

  private final Vectors vectors;
  private final AtomicInteger rest = new AtomicInteger();

  Guidance(Vectors vectors) {
    this.vectors = vectors;
  }

  /** Tells whether so many searches that begin now should be guided. */
  boolean isTrusted(int searches) {
    if (rest.get() > 0) {
      rest.addAndGet(-searches);
      return false;
    }
    return vectors.hasGuides();
  }

  /** Says that a guided search was led astray. */
  void lost() {
    rest.set(REST);
  }

  /**
   * Tells whether distances by guides order as the true ones do, but for what matters little. What
   * they all are off by alike does no harm.
   */
  static boolean isSure(float[] near, float[] exact, int n) {
    if (n < JUDGED_MIN) {
      return true;
    }
    double shift = 0;
    double least = exact[0];
    double most = exact[0];
    for (int i = 0; i < n; i++) {
      shift += (double) near[i] - exact[i];
      least = Math.min(least, exact[i]);
      most = Math.max(most, exact[i]);
    }
    shift /= n;
    double error = 0;
    for (int i = 0; i < n; i++) {
      error += Math.abs((double) near[i] - exact[i] - shift);
    }
    return error <= ERROR_MAX * (most - least) * n;
  }
}
