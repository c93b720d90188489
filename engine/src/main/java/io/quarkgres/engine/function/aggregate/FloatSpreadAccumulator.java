package io.quarkgres.engine.function.aggregate;

import io.quarkgres.engine.function.Accumulator;
import io.quarkgres.engine.function.kernel.Columns;
import io.quarkgres.engine.function.number.NumberErrors;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.DoubleBuilder;
import io.quarkgres.spi.data.Selection;

/**
 * Averages and spreads of floats by Youngs and Cramer's updating formula: count, sum, and sum of
 * squared differences from the mean. Used by one thread at a time.
 */
final class FloatSpreadAccumulator implements Accumulator {
  private final Spread spread;
  private double[] counts = {};
  private double[] sums = {};
  private double[] squares = {};

  /** Makes an accumulator of a spread, or of the average when {@code spread} is {@code null}. */
  FloatSpreadAccumulator(Spread spread) {
    this.spread = spread;
  }

  @Override
  public void grow(int groups) {
    counts = Growth.doubles(counts, groups);
    sums = Growth.doubles(sums, groups);
    squares = Growth.doubles(squares, groups);
  }

  @Override
  public void add(Column[] arguments, Selection rows, int[] group) {
    double[] values = Columns.doubles(arguments[0]);
    int n = rows.count();
    for (int i = 0; i < n; i++) {
      int p = rows.position(i);
      add(group[p], values[p]);
    }
  }

  private void add(int g, double value) {
    double before = counts[g];
    double count = before + 1;
    double sum = sums[g] + value;
    if (before > 0) {
      double distance = value * count - sum;
      squares[g] += distance * distance / (count * before);
      if (Double.isInfinite(sum) || Double.isInfinite(squares[g])) {
        if (!Double.isInfinite(sums[g]) && !Double.isInfinite(value)) {
          throw NumberErrors.floatOverflow();
        }
        squares[g] = Double.NaN;
      }
    } else if (!Double.isFinite(value)) {
      squares[g] = Double.NaN;
    }
    counts[g] = count;
    sums[g] = sum;
  }

  @Override
  public Column results(int from, int to) {
    DoubleBuilder out = new DoubleBuilder(to - from);
    for (int g = from; g < to; g++) {
      double count = counts[g];
      if (count < (spread == null ? 1 : spread.countMin())) {
        out.appendNull();
      } else if (spread == null) {
        out.append(sums[g] / count);
      } else {
        double variance = squares[g] / (spread.isSample() ? count - 1 : count);
        out.append(spread.isRoot() ? Math.sqrt(variance) : variance);
      }
    }
    return out.build();
  }

  @Override
  public void reset(int group) {
    counts[group] = 0;
    sums[group] = 0;
    squares[group] = 0;
  }

  @Override
  public long memoryBytes() {
    return 24L * counts.length;
  }
}
