package io.quarkgres.vector;

import io.quarkgres.engine.function.Call;
import io.quarkgres.engine.function.EvalContext;
import io.quarkgres.engine.function.ScalarKernel;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.DoubleColumn;
import io.quarkgres.spi.data.FloatArrayColumn;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.vector.kernel.Sum;

/** Computes a distance for a block of pairs, straight from the columns' heaps. Thread: any. */
record DistanceKernel(Metric metric, Precision precision) implements ScalarKernel {
  @Override
  public Column apply(
      Call call, Column[] arguments, Selection rows, int size, EvalContext context) {
    FloatArrayColumn a = (FloatArrayColumn) arguments[0];
    FloatArrayColumn b = (FloatArrayColumn) arguments[1];
    checkDimensions(a.lengths(), b.lengths(), rows);
    double[] result = new double[size];
    if (isOne(a, rows)) {
      new OneToMany(metric, sum(), a, rows.position(0)).distances(b, rows, result);
    } else if (isOne(b, rows)) {
      new OneToMany(metric, sum(), b, rows.position(0)).distances(a, rows, result);
    } else {
      pairs(a, b, rows, result);
    }
    return new DoubleColumn(result, null, size);
  }

  private Sum sum() {
    return metric.sum(precision == Precision.HALF);
  }

  private void checkDimensions(int[] a, int[] b, Selection rows) {
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.position(i);
      if (a[p] != b[p]) {
        throw precision.differentDimensions(a[p], b[p]);
      }
    }
  }

  /** Tells whether all rows have one value, as those of a constant do. */
  private static boolean isOne(FloatArrayColumn column, Selection rows) {
    int[] starts = column.starts();
    boolean isOne = rows.count() > 0;
    for (int i = 1; isOne && i < rows.count(); i++) {
      isOne = starts[rows.position(i)] == starts[rows.position(0)];
    }
    return isOne;
  }

  private void pairs(FloatArrayColumn a, FloatArrayColumn b, Selection rows, double[] result) {
    boolean isHalf = precision == Precision.HALF;
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.position(i);
      result[p] =
          metric.distance(isHalf, a.heap(), a.starts()[p], b.heap(), b.starts()[p], a.lengths()[p]);
    }
  }
}
