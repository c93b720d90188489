package io.quarkgres.engine.function.aggregate;

import io.quarkgres.engine.function.Accumulator;
import io.quarkgres.engine.function.kernel.Columns;
import io.quarkgres.engine.function.time.Intervals;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.data.WideBuilder;
import io.quarkgres.spi.data.WideColumn;

/** Sums or averages intervals. Used by one thread at a time. */
final class IntervalSumAccumulator implements Accumulator {
  private final boolean isAverage;
  private long[] high = {};
  private long[] low = {};
  private long[] counts = {};

  IntervalSumAccumulator(boolean isAverage) {
    this.isAverage = isAverage;
  }

  @Override
  public void grow(int groups) {
    high = Growth.longs(high, groups);
    low = Growth.longs(low, groups);
    counts = Growth.longs(counts, groups);
  }

  @Override
  public void add(Column[] arguments, Selection rows, int[] group) {
    WideColumn values = Columns.wides(arguments[0]);
    int n = rows.count();
    for (int i = 0; i < n; i++) {
      int p = rows.position(i);
      int g = group[p];
      Intervals sum =
          Intervals.of(high[g], low[g]).plus(Intervals.of(values.high()[p], values.low()[p]));
      high[g] = sum.micros();
      low[g] = sum.low();
      counts[g]++;
    }
  }

  @Override
  public Column results(int from, int to) {
    WideBuilder out = new WideBuilder(to - from);
    for (int g = from; g < to; g++) {
      if (counts[g] == 0) {
        out.appendNull();
        continue;
      }
      Intervals sum = Intervals.of(high[g], low[g]);
      Intervals result = isAverage ? sum.dividedBy(counts[g]) : sum;
      out.append(result.micros(), result.low());
    }
    return out.build();
  }

  @Override
  public void reset(int group) {
    high[group] = 0;
    low[group] = 0;
    counts[group] = 0;
  }

  @Override
  public long memoryBytes() {
    return 24L * counts.length;
  }
}
