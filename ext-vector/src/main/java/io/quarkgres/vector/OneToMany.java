package io.quarkgres.vector;

import io.quarkgres.spi.data.FloatArrayColumn;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.vector.kernel.ArrayKernel;
import io.quarkgres.vector.kernel.Kernel;
import io.quarkgres.vector.kernel.Sum;

/**
 * Distances from one value of a column to many of another, which is what a search without an index
 * is made of. Four rows at once: one sum alone waits for each addition before the next, four keep
 * the processor busy. Every distance is what {@link Metric#distance} gives. Used by one thread.
 */
final class OneToMany {
  private static final int FOUR = 4;

  private final Metric metric;
  private final ArrayKernel kernel;
  private final float[] one;
  private final int oneAt;
  private final int length;
  private final float[] lanes = new float[Kernel.LANES_MAX];
  private final int[] at = new int[FOUR];
  private final float[] sums = new float[FOUR];
  private final float[] squares = new float[FOUR];

  OneToMany(Metric metric, Sum sum, FloatArrayColumn one, int position) {
    this.metric = metric;
    this.kernel = ArrayKernel.of(sum);
    this.one = one.heap();
    this.oneAt = one.starts()[position];
    this.length = one.lengths()[position];
  }

  /** Puts the distances of the selected values, all as long as the one, into {@code result}. */
  void distances(FloatArrayColumn many, Selection rows, double[] result) {
    float[] heap = many.heap();
    int[] starts = many.starts();
    boolean isCosine = metric == Metric.COSINE;
    float square = isCosine ? kernel.sum(one, oneAt, one, oneAt, length, lanes) : 0;
    int count = rows.count();
    int part = (count + FOUR - 1) / FOUR;
    for (int i = 0; i < part; i++) {
      for (int j = 0; j < FOUR; j++) {
        // The last part may have fewer rows: the first one's stands in.
        int row = i + j * part;
        at[j] = starts[rows.position(row < count ? row : i)];
      }
      kernel.sums(one, oneAt, heap, at[0], at[1], at[2], at[3], length, lanes, sums);
      if (isCosine) {
        kernel.squares(heap, at[0], at[1], at[2], at[3], length, lanes, squares);
      }
      for (int j = 0, row = i; row < count; j++, row += part) {
        result[rows.position(row)] =
            isCosine ? Metric.cosineDistance(sums[j], square, squares[j]) : metric.ofSum(sums[j]);
      }
    }
  }
}
