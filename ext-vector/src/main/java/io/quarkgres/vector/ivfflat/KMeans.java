package io.quarkgres.vector.ivfflat;

import io.quarkgres.spi.index.BuildProgress;
import io.quarkgres.vector.FloatSums;
import io.quarkgres.vector.index.Parallel;
import io.quarkgres.vector.kernel.Sum;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;

/**
 * Finds centres among points: first ones by k-means++ (Arthur and Vassilvitskii, 2007), then
 * Lloyd's iterations, of which bounds leave out most distances (Hamerly, 2010). A seed makes it
 * repeatable. Used by one thread.
 */
final class KMeans {
  private static final int ITERATIONS_MAX = 20;

  /** Points a thread takes at once; with fewer than so many, threads do not pay. */
  private static final int SLICE = 512;

  private static final int SLICE_MIN = 4 * SLICE;

  private final float[][] points;
  private final SplittableRandom random;
  private final float[][] centres;
  private final int[] nearest;

  /** At least as far as the nearest centre is. */
  private final double[] upper;

  /** At most as far as the second nearest centre is. */
  private final double[] lower;

  private final int threads;
  private final BuildProgress progress;

  private KMeans(float[][] points, int count, long seed, int threads, BuildProgress progress) {
    this.points = points;
    this.threads = threads;
    this.progress = progress;
    this.random = new SplittableRandom(seed);
    this.centres = new float[count][];
    this.nearest = new int[points.length];
    this.upper = new double[points.length];
    this.lower = new double[points.length];
  }

  /**
   * Returns at most {@code count} centres; fewer when there are not so many different points. How
   * many threads share the work changes nothing.
   */
  static float[][] centres(
      float[][] points, int count, long seed, int threads, BuildProgress progress) {
    KMeans means = new KMeans(points, Math.min(count, points.length), seed, threads, progress);
    int found = means.choose();
    if (found < means.centres.length) {
      return Arrays.copyOf(means.centres, found);
    }
    means.refine();
    return means.centres;
  }

  /** Returns the centre nearest to a point. */
  static int nearest(float[][] centres, float[] point) {
    int best = 0;
    float bestSquare = Float.POSITIVE_INFINITY;
    for (int c = 0; c < centres.length; c++) {
      float square = square(centres[c], point);
      if (square < bestSquare) {
        bestSquare = square;
        best = c;
      }
    }
    return best;
  }

  static float square(float[] a, float[] b) {
    return FloatSums.sum(Sum.SQUARED_DIFFERENCES, a, 0, b, 0, a.length);
  }

  /** Draws centres, each point by the square of its distance from those there are. */
  private int choose() {
    double[] squares = new double[points.length];
    Arrays.fill(squares, Double.POSITIVE_INFINITY);
    int next = random.nextInt(points.length);
    for (int c = 0; c < centres.length; c++) {
      progress.check();
      float[] centre = points[next].clone();
      centres[c] = centre;
      forAll(i -> squares[i] = Math.min(squares[i], square(points[i], centre)));
      double total = 0;
      for (double square : squares) {
        total += square;
      }
      if (!(total > 0)) {
        return c + 1;
      }
      next = drawn(squares, random.nextDouble() * total);
    }
    return centres.length;
  }

  private static int drawn(double[] weights, double at) {
    int last = 0;
    double rest = at;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] > 0) {
        last = i;
        rest -= weights[i];
        if (rest < 0) {
          break;
        }
      }
    }
    return last;
  }

  private void refine() {
    forAll(this::assign);
    boolean hasChanged = true;
    for (int round = 0; hasChanged && round < ITERATIONS_MAX; round++) {
      progress.check();
      moveCentres();
      hasChanged = reassign();
    }
  }

  private boolean reassign() {
    double[] half = halfGaps();
    AtomicBoolean hasChanged = new AtomicBoolean();
    forAll(i -> {
      if (reassign(i, half[nearest[i]])) {
        hasChanged.set(true);
      }
    });
    return hasChanged.get();
  }

  private boolean reassign(int i, double half) {
    double bound = Math.max(half, lower[i]);
    if (upper[i] <= bound) {
      return false;
    }
    upper[i] = Math.sqrt(square(points[i], centres[nearest[i]]));
    int before = nearest[i];
    if (upper[i] > bound) {
      assign(i);
    }
    return before != nearest[i];
  }

  /** Does something with every point, which threads share. */
  private void forAll(IntConsumer each) {
    Parallel.run(
        points.length < SLICE_MIN ? 1 : threads,
        points.length,
        SLICE,
        () -> each,
        (with, begin, end) -> {
          progress.check();
          for (int i = begin; i < end; i++) {
            with.accept(i);
          }
        },
        with -> {});
  }

  /** Returns for each centre half the way to the centre nearest to it. */
  private double[] halfGaps() {
    double[] half = new double[centres.length];
    Arrays.fill(half, Double.POSITIVE_INFINITY);
    for (int a = 0; a < centres.length; a++) {
      for (int b = a + 1; b < centres.length; b++) {
        double gap = Math.sqrt(square(centres[a], centres[b])) / 2;
        half[a] = Math.min(half[a], gap);
        half[b] = Math.min(half[b], gap);
      }
    }
    return half;
  }

  private void assign(int i) {
    double first = Double.POSITIVE_INFINITY;
    double second = Double.POSITIVE_INFINITY;
    int best = 0;
    for (int c = 0; c < centres.length; c++) {
      double square = square(points[i], centres[c]);
      if (square < first) {
        second = first;
        first = square;
        best = c;
      } else if (square < second) {
        second = square;
      }
    }
    nearest[i] = best;
    upper[i] = Math.sqrt(first);
    lower[i] = Math.sqrt(second);
  }

  private void moveCentres() {
    int dimensions = points[0].length;
    double[][] sums = new double[centres.length][dimensions];
    int[] counts = new int[centres.length];
    for (int i = 0; i < points.length; i++) {
      double[] sum = sums[nearest[i]];
      for (int d = 0; d < dimensions; d++) {
        sum[d] += points[i][d];
      }
      counts[nearest[i]]++;
    }
    double[] moved = new double[centres.length];
    double mostMoved = 0;
    for (int c = 0; c < centres.length; c++) {
      if (counts[c] > 0) {
        float[] mean = new float[dimensions];
        for (int d = 0; d < dimensions; d++) {
          mean[d] = (float) (sums[c][d] / counts[c]);
        }
        moved[c] = Math.sqrt(square(mean, centres[c]));
        mostMoved = Math.max(mostMoved, moved[c]);
        centres[c] = mean;
      }
    }
    for (int i = 0; i < points.length; i++) {
      upper[i] += moved[nearest[i]];
      lower[i] -= mostMoved;
    }
  }
}
