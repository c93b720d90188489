package io.quarkgres.vector;

import io.quarkgres.engine.function.Accumulator;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.FloatArrayBuilder;
import io.quarkgres.spi.data.FloatArrayColumn;
import io.quarkgres.spi.data.Selection;
import java.util.Arrays;

/** avg(vector): adds doubles, divides once at the end. Used by one thread at a time. */
final class VectorAverage implements Accumulator {
  private final Precision precision;
  private double[][] sums = {};
  private long[] counts = {};
  private long doubles;

  VectorAverage(Precision precision) {
    this.precision = precision;
  }

  @Override
  public void grow(int groups) {
    if (groups > sums.length) {
      int size = Math.max(groups, 2 * sums.length);
      sums = Arrays.copyOf(sums, size);
      counts = Arrays.copyOf(counts, size);
    }
  }

  @Override
  public void add(Column[] arguments, Selection rows, int[] group) {
    FloatArrayColumn values = (FloatArrayColumn) arguments[0];
    float[] heap = values.heap();
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.position(i);
      int n = values.lengths()[p];
      int start = values.starts()[p];
      double[] sum = sums[group[p]];
      if (sum == null) {
        // The first one is copied: added to zeros, it would lose the sign of its own.
        sum = new double[n];
        for (int j = 0; j < n; j++) {
          sum[j] = heap[start + j];
        }
        sums[group[p]] = sum;
        doubles += n;
      } else if (sum.length != n) {
        throw VectorErrors.unexpectedDimensions(sum.length, n);
      } else {
        for (int j = 0; j < n; j++) {
          sum[j] += heap[start + j];
        }
      }
      counts[group[p]]++;
    }
  }

  @Override
  public Column results(int from, int to) {
    FloatArrayBuilder out = new FloatArrayBuilder(to - from);
    for (int g = from; g < to; g++) {
      if (sums[g] == null) {
        out.appendNull();
      } else {
        out.append(average(sums[g], counts[g]));
      }
    }
    return out.build();
  }

  private float[] average(double[] sum, long count) {
    float[] result = new float[sum.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = precision.checked(precision.converted((float) (sum[i] / count)));
    }
    return result;
  }

  @Override
  public void reset(int group) {
    if (sums[group] != null) {
      doubles -= sums[group].length;
      sums[group] = null;
      counts[group] = 0;
    }
  }

  @Override
  public long memoryBytes() {
    return 16L * sums.length + 8 * doubles;
  }
}
