package io.quarkgres.engine.function.aggregate;

import io.quarkgres.engine.function.Accumulator;
import io.quarkgres.engine.function.kernel.Columns;
import io.quarkgres.engine.function.number.Decimals;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.DecimalBuilder;
import io.quarkgres.spi.data.DecimalColumn;
import io.quarkgres.spi.data.Selection;
import java.math.BigDecimal;

/** Sums or averages numerics exactly. Used by one thread at a time. */
final class NumericSumAccumulator implements Accumulator {
  private final boolean isAverage;
  private final DecimalSums sums = new DecimalSums();
  private final Specials specials = new Specials();
  private long[] counts = {};

  NumericSumAccumulator(boolean isAverage) {
    this.isAverage = isAverage;
  }

  @Override
  public void grow(int groups) {
    sums.grow(groups);
    specials.grow(groups);
    counts = Growth.longs(counts, groups);
  }

  @Override
  public void add(Column[] arguments, Selection rows, int[] group) {
    DecimalColumn values = Columns.decimals(arguments[0]);
    short[] scales = values.scales();
    int n = rows.count();
    for (int i = 0; i < n; i++) {
      int p = rows.position(i);
      int g = group[p];
      counts[g]++;
      if (scales[p] >= DecimalColumn.BIG) {
        sums.add(g, values, p);
      } else {
        specials.add(g, scales[p]);
      }
    }
  }

  @Override
  public Column results(int from, int to) {
    DecimalBuilder out = new DecimalBuilder(to - from);
    for (int g = from; g < to; g++) {
      if (counts[g] == 0) {
        out.appendNull();
      } else if (specials.any(g)) {
        out.appendSpecial(specials.sum(g));
      } else if (isAverage) {
        out.append(Decimals.divide(sums.get(g), BigDecimal.valueOf(counts[g])));
      } else {
        out.append(sums.get(g));
      }
    }
    return out.build();
  }

  @Override
  public void reset(int group) {
    sums.reset(group);
    specials.reset(group);
    counts[group] = 0;
  }

  @Override
  public long memoryBytes() {
    return sums.memoryBytes() + 9L * counts.length;
  }
}
