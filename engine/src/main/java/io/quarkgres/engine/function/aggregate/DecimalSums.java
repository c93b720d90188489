package io.quarkgres.engine.function.aggregate;

import io.quarkgres.engine.function.number.Decimals;
import io.quarkgres.spi.data.DecimalColumn;
import java.math.BigDecimal;

/**
 * Exact decimal sums of many groups: 64 bits and a scale as long as they suffice, BigDecimal
 * beyond. The scale of a sum is the largest that was added. Used by one thread at a time.
 */
final class DecimalSums {
  private static final BigDecimal[] NO_BIG = {};

  private long[] unscaled = {};
  private short[] scales = {};
  private BigDecimal[] big = NO_BIG;

  void grow(int groups) {
    unscaled = Growth.longs(unscaled, groups);
    scales = Growth.shorts(scales, groups);
    if (big.length > 0) {
      big = Growth.objects(big, groups);
    }
  }

  /** Adds a finite number. */
  void add(int g, DecimalColumn column, int p) {
    int scale = column.scales()[p];
    if (scale >= 0) {
      add(g, column.unscaled()[p], scale);
    } else {
      addBig(g, column.big()[p]);
    }
  }

  /** Adds {@code value * 10^-scale}. */
  void add(int g, long value, int scale) {
    if (scales[g] == scale) {
      long sum = unscaled[g] + value;
      if (((unscaled[g] ^ sum) & (value ^ sum)) >= 0) {
        unscaled[g] = sum;
        return;
      }
    } else if (scales[g] >= 0 && addRescaled(g, value, scale)) {
      return;
    }
    addBig(g, BigDecimal.valueOf(value, scale));
  }

  private boolean addRescaled(int g, long value, int scale) {
    int common = Math.max(scale, scales[g]);
    if (common - Math.min(scale, scales[g]) > Decimals.POWER_MAX) {
      return false;
    }
    long valuePower = Decimals.power10(common - scale);
    long sumPower = Decimals.power10(common - scales[g]);
    long v = value * valuePower;
    long s = unscaled[g] * sumPower;
    if (Math.multiplyHigh(value, valuePower) != v >> 63
        || Math.multiplyHigh(unscaled[g], sumPower) != s >> 63) {
      return false;
    }
    long sum = s + v;
    if (((s ^ sum) & (v ^ sum)) < 0) {
      return false;
    }
    unscaled[g] = sum;
    scales[g] = (short) common;
    return true;
  }

  /** Adds a number of any size. */
  void addBig(int g, BigDecimal value) {
    BigDecimal sum = get(g).add(value);
    if (big.length == 0) {
      big = new BigDecimal[unscaled.length];
    }
    big[g] = sum;
    scales[g] = DecimalColumn.BIG;
  }

  BigDecimal get(int g) {
    return scales[g] == DecimalColumn.BIG ? big[g] : BigDecimal.valueOf(unscaled[g], scales[g]);
  }

  void reset(int g) {
    unscaled[g] = 0;
    scales[g] = 0;
  }

  long memoryBytes() {
    return 10L * unscaled.length + 64L * big.length;
  }
}
