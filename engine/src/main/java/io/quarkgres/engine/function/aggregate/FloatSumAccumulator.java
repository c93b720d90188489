package io.quarkgres.engine.function.aggregate;

import io.quarkgres.engine.function.Accumulator;
import io.quarkgres.engine.function.kernel.Columns;
import io.quarkgres.engine.function.number.NumberErrors;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.DoubleColumn;
import io.quarkgres.spi.data.Selection;
import java.util.Arrays;

/**
 * Sums floats in the order they come; float4 rounds after every addition, as PostgreSQL's does.
 * Used by one thread at a time.
 */
final class FloatSumAccumulator implements Accumulator {
  private final boolean isSingle;
  private double[] sums = {};
  private boolean[] hasValue = {};

  FloatSumAccumulator(boolean isSingle) {
    this.isSingle = isSingle;
  }

  @Override
  public void grow(int groups) {
    sums = Growth.doubles(sums, groups);
    hasValue = Growth.booleans(hasValue, groups);
  }

  @Override
  public void add(Column[] arguments, Selection rows, int[] group) {
    double[] values = Columns.doubles(arguments[0]);
    int n = rows.count();
    for (int i = 0; i < n; i++) {
      int p = rows.position(i);
      int g = group[p];
      double exact = hasValue[g] ? sums[g] + values[p] : values[p];
      double sum = isSingle ? (float) exact : exact;
      if (Double.isInfinite(sum) && !Double.isInfinite(sums[g]) && !Double.isInfinite(values[p])) {
        throw NumberErrors.floatOverflow();
      }
      sums[g] = sum;
      hasValue[g] = true;
    }
  }

  @Override
  public Column results(int from, int to) {
    return new DoubleColumn(
        Arrays.copyOfRange(sums, from, to), Growth.nullsOf(hasValue, from, to), to - from);
  }

  @Override
  public void reset(int group) {
    sums[group] = 0;
    hasValue[group] = false;
  }

  @Override
  public long memoryBytes() {
    return 9L * sums.length;
  }
}
