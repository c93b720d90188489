package io.quarkgres.vector;

import io.quarkgres.engine.function.Call;
import io.quarkgres.engine.function.EvalContext;
import io.quarkgres.engine.function.ScalarKernel;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.DoubleColumn;
import io.quarkgres.spi.data.FloatArrayColumn;
import io.quarkgres.spi.data.Selection;

/** Computes a distance for a block of pairs, straight from the columns' heaps. Thread: any. */
record DistanceKernel(Metric metric, Precision precision) implements ScalarKernel {
  @Override
  public Column apply(
      Call call, Column[] arguments, Selection rows, int size, EvalContext context) {
    FloatArrayColumn a = (FloatArrayColumn) arguments[0];
    FloatArrayColumn b = (FloatArrayColumn) arguments[1];
    double[] result = new double[size];
    int n = rows.count();
    for (int i = 0; i < n; i++) {
      int p = rows.position(i);
      int dimensions = a.lengths()[p];
      if (dimensions != b.lengths()[p]) {
        throw precision.differentDimensions(dimensions, b.lengths()[p]);
      }
      result[p] =
          switch (precision) {
            case SINGLE ->
                metric.distance(a.heap(), a.starts()[p], b.heap(), b.starts()[p], dimensions);
            case HALF ->
                metric.halfDistance(a.heap(), a.starts()[p], b.heap(), b.starts()[p], dimensions);
          };
    }
    return new DoubleColumn(result, null, size);
  }
}
