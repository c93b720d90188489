package io.quarkgres.engine.function.aggregate;

import io.quarkgres.engine.function.Accumulator;
import io.quarkgres.engine.function.MergeableAccumulator;
import io.quarkgres.engine.function.kernel.Columns;
import io.quarkgres.engine.function.number.Decimals;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.DecimalBuilder;
import io.quarkgres.spi.data.IntColumn;
import io.quarkgres.spi.data.Selection;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Sums integers exactly to numeric, those of 64 bits in 128 and smaller ones, of which 2^32 fit, in
 * 64 bits: sum(int8), avg(int2, int4, int8). Used by one thread at a time.
 */
final class WholeSumAccumulator implements MergeableAccumulator {
  private final boolean isAverage;
  private boolean isWide = true;
  private long[] high = {};
  private long[] low = {};
  private long[] counts = {};

  WholeSumAccumulator(boolean isAverage) {
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
    if (arguments[0] instanceof IntColumn ints) {
      addInts(ints.values(), rows, group);
    } else {
      addLongs(Columns.longs(arguments[0]), rows, group);
    }
  }

  private void addInts(int[] values, Selection rows, int[] group) {
    isWide = false;
    int[] positions = rows.positions();
    int n = rows.count();
    long[] sums = low;
    long[] seen = counts;
    if (positions == null) {
      for (int p = 0; p < n; p++) {
        int g = group[p];
        sums[g] += values[p];
        seen[g]++;
      }
    } else {
      for (int i = 0; i < n; i++) {
        int p = positions[i];
        int g = group[p];
        sums[g] += values[p];
        seen[g]++;
      }
    }
  }

  private void addLongs(long[] values, Selection rows, int[] group) {
    int n = rows.count();
    for (int i = 0; i < n; i++) {
      int p = rows.position(i);
      add(group[p], values[p]);
    }
  }

  private void add(int g, long value) {
    long sum = low[g] + value;
    high[g] += (value >> 63) + (Long.compareUnsigned(sum, value) < 0 ? 1 : 0);
    low[g] = sum;
    counts[g]++;
  }

  @Override
  public void merge(Accumulator other, int groups, int[] target) {
    WholeSumAccumulator more = (WholeSumAccumulator) other;
    isWide &= more.isWide;
    for (int g = 0; g < groups; g++) {
      int to = target[g];
      long sum = low[to] + more.low[g];
      high[to] += more.high[g] + (Long.compareUnsigned(sum, more.low[g]) < 0 ? 1 : 0);
      low[to] = sum;
      counts[to] += more.counts[g];
    }
  }

  @Override
  public Column results(int from, int to) {
    DecimalBuilder out = new DecimalBuilder(to - from);
    for (int g = from; g < to; g++) {
      if (counts[g] == 0) {
        out.appendNull();
      } else if (isAverage) {
        out.append(Decimals.divide(sum(g), BigDecimal.valueOf(counts[g])));
      } else {
        out.append(sum(g));
      }
    }
    return out.build();
  }

  private BigDecimal sum(int g) {
    if (!isWide || high[g] == low[g] >> 63) {
      return BigDecimal.valueOf(low[g]);
    }
    byte[] bytes = new byte[16];
    for (int i = 0; i < 8; i++) {
      bytes[i] = (byte) (high[g] >> (56 - 8 * i));
      bytes[8 + i] = (byte) (low[g] >> (56 - 8 * i));
    }
    return new BigDecimal(new BigInteger(bytes));
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
