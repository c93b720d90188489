package io.quarkgres.vector;

import io.quarkgres.engine.function.Accumulator;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.FloatArrayBuilder;
import io.quarkgres.spi.data.FloatArrayColumn;
import io.quarkgres.spi.data.Selection;
import java.util.Arrays;

/** sum(vector): adds floats in the order the rows come. Used by one thread at a time. */
final class VectorSum implements Accumulator {
  private final Precision precision;
  private float[][] sums = {};
  private long floats;

  VectorSum(Precision precision) {
    this.precision = precision;
  }

  @Override
  public void grow(int groups) {
    if (groups > sums.length) {
      sums = Arrays.copyOf(sums, Math.max(groups, 2 * sums.length));
    }
  }

  @Override
  public void add(Column[] arguments, Selection rows, int[] group) {
    FloatArrayColumn values = (FloatArrayColumn) arguments[0];
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.position(i);
      float[] sum = sums[group[p]];
      if (sum == null) {
        sums[group[p]] = values.copy(p);
        floats += values.lengths()[p];
      } else if (sum.length != values.lengths()[p]) {
        throw precision.differentDimensions(sum.length, values.lengths()[p]);
      } else {
        new VectorArithmetic(precision)
            .addTo(sum, 0, values.heap(), values.starts()[p], sum.length);
      }
    }
  }

  @Override
  public Column results(int from, int to) {
    FloatArrayBuilder out = new FloatArrayBuilder(to - from);
    for (int g = from; g < to; g++) {
      if (sums[g] == null) {
        out.appendNull();
      } else {
        out.append(sums[g]);
      }
    }
    return out.build();
  }

  @Override
  public void reset(int group) {
    if (sums[group] != null) {
      floats -= sums[group].length;
      sums[group] = null;
    }
  }

  @Override
  public long memoryBytes() {
    return 8L * sums.length + 4 * floats;
  }
}
