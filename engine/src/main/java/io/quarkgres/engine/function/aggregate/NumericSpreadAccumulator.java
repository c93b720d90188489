package io.quarkgres.engine.function.aggregate;

import io.quarkgres.engine.function.Accumulator;
import io.quarkgres.engine.function.number.NumericRoots;
import io.quarkgres.spi.data.BooleanColumn;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.DecimalBuilder;
import io.quarkgres.spi.data.DecimalColumn;
import io.quarkgres.spi.data.DoubleColumn;
import io.quarkgres.spi.data.FloatArrayColumn;
import io.quarkgres.spi.data.IntColumn;
import io.quarkgres.spi.data.LongColumn;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.data.WideColumn;
import java.math.BigDecimal;

/**
 * Variances and standard deviations of integers and numerics from exact sums of the values and of
 * their squares. Used by one thread at a time.
 */
final class NumericSpreadAccumulator implements Accumulator {
  private final Spread spread;
  private final DecimalSums sums = new DecimalSums();
  private final DecimalSums squares = new DecimalSums();
  private final Specials specials = new Specials();
  private long[] counts = {};

  NumericSpreadAccumulator(Spread spread) {
    this.spread = spread;
  }

  @Override
  public void grow(int groups) {
    sums.grow(groups);
    squares.grow(groups);
    specials.grow(groups);
    counts = Growth.longs(counts, groups);
  }

  @Override
  public void add(Column[] arguments, Selection rows, int[] group) {
    int n = rows.count();
    for (int i = 0; i < n; i++) {
      int p = rows.position(i);
      int g = group[p];
      counts[g]++;
      switch (arguments[0]) {
        case IntColumn c -> add(g, c.values()[p], 0);
        case LongColumn c -> add(g, c.values()[p], 0);
        case DecimalColumn c when c.scales()[p] >= 0 -> add(g, c.unscaled()[p], c.scales()[p]);
        case DecimalColumn c when c.scales()[p] == DecimalColumn.BIG -> addBig(g, c.big()[p]);
        case DecimalColumn c -> specials.add(g, c.scales()[p]);
        case BooleanColumn _, DoubleColumn _, WideColumn _, BytesColumn _, FloatArrayColumn _ ->
            throw new IllegalStateException("no number");
      }
    }
  }

  private void add(int g, long value, int scale) {
    sums.add(g, value, scale);
    long square = value * value;
    if (Math.multiplyHigh(value, value) == 0 && square >= 0) {
      squares.add(g, square, 2 * scale);
    } else {
      BigDecimal big = BigDecimal.valueOf(value, scale);
      squares.addBig(g, big.multiply(big));
    }
  }

  private void addBig(int g, BigDecimal value) {
    sums.addBig(g, value);
    squares.addBig(g, value.multiply(value));
  }

  @Override
  public Column results(int from, int to) {
    DecimalBuilder out = new DecimalBuilder(to - from);
    for (int g = from; g < to; g++) {
      if (counts[g] < spread.countMin()) {
        out.appendNull();
      } else if (specials.any(g)) {
        out.appendSpecial(DecimalColumn.NAN);
      } else {
        out.append(result(g));
      }
    }
    return out.build();
  }

  private BigDecimal result(int g) {
    BigDecimal count = BigDecimal.valueOf(counts[g]);
    BigDecimal sum = sums.get(g);
    BigDecimal dividend = count.multiply(squares.get(g)).subtract(sum.multiply(sum));
    if (dividend.signum() <= 0) {
      return BigDecimal.ZERO;
    }
    BigDecimal divisor = count.multiply(spread.isSample() ? count.subtract(BigDecimal.ONE) : count);
    return spread.isRoot()
        ? NumericRoots.rootOfQuotient(dividend, divisor)
        : NumericRoots.quotient(dividend, divisor);
  }

  @Override
  public void reset(int group) {
    sums.reset(group);
    squares.reset(group);
    specials.reset(group);
    counts[group] = 0;
  }

  @Override
  public long memoryBytes() {
    return sums.memoryBytes() + squares.memoryBytes() + 9L * counts.length;
  }
}
