package io.quarkgres.vector;

import io.quarkgres.engine.function.Call;
import io.quarkgres.engine.function.EvalContext;
import io.quarkgres.engine.function.ScalarKernel;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.DoubleColumn;
import io.quarkgres.spi.data.FloatArrayColumn;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.vector.kernel.Kernel;
import java.lang.foreign.MemorySegment;

/** Computes a distance for a block of pairs, straight from the columns' heaps. Thread: any. */
record DistanceKernel(Metric metric, Precision precision) implements ScalarKernel {
  @Override
  public Column apply(
      Call call, Column[] arguments, Selection rows, int size, EvalContext context) {
    FloatArrayColumn a = (FloatArrayColumn) arguments[0];
    FloatArrayColumn b = (FloatArrayColumn) arguments[1];
    checkDimensions(a.lengths(), b.lengths(), rows);
    Kernel kernel = Kernel.ofHeap(metric.sum(precision == Precision.HALF));
    double[] result = new double[size];
    if (metric == Metric.COSINE) {
      cosines(kernel, a, b, rows, result);
    } else {
      distances(kernel, a, b, rows, result);
    }
    return new DoubleColumn(result, null, size);
  }

  private void checkDimensions(int[] a, int[] b, Selection rows) {
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.position(i);
      if (a[p] != b[p]) {
        throw precision.differentDimensions(a[p], b[p]);
      }
    }
  }

  private void distances(
      Kernel kernel, FloatArrayColumn a, FloatArrayColumn b, Selection rows, double[] result) {
    MemorySegment x = MemorySegment.ofArray(a.heap());
    MemorySegment y = MemorySegment.ofArray(b.heap());
    float[] lanes = new float[Kernel.LANES_MAX];
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.position(i);
      float sum = kernel.sum(x, at(a.starts()[p]), y, at(b.starts()[p]), a.lengths()[p], lanes);
      result[p] = metric.ofSum(sum);
    }
  }

  /** The square of a value that all pairs share is added up once. */
  private static void cosines(
      Kernel kernel, FloatArrayColumn a, FloatArrayColumn b, Selection rows, double[] result) {
    MemorySegment x = MemorySegment.ofArray(a.heap());
    MemorySegment y = MemorySegment.ofArray(b.heap());
    float[] lanes = new float[Kernel.LANES_MAX];
    int lastA = -1;
    int lastB = -1;
    float aSquare = 0;
    float bSquare = 0;
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.position(i);
      int n = a.lengths()[p];
      long aAt = at(a.starts()[p]);
      long bAt = at(b.starts()[p]);
      if (i == 0 || a.starts()[p] != lastA) {
        lastA = a.starts()[p];
        aSquare = kernel.sum(x, aAt, x, aAt, n, lanes);
      }
      if (i == 0 || b.starts()[p] != lastB) {
        lastB = b.starts()[p];
        bSquare = kernel.sum(y, bAt, y, bAt, n, lanes);
      }
      result[p] = Metric.cosineDistance(kernel.sum(x, aAt, y, bAt, n, lanes), aSquare, bSquare);
    }
  }

  private static long at(int start) {
    return (long) Float.BYTES * start;
  }
}
