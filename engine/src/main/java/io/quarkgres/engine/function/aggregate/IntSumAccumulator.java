package io.quarkgres.engine.function.aggregate;

import io.quarkgres.engine.function.Accumulator;
import io.quarkgres.engine.function.MergeableAccumulator;
import io.quarkgres.engine.function.kernel.Columns;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.LongColumn;
import io.quarkgres.spi.data.Selection;
import java.util.Arrays;

/** Sums int2 or int4 to int8. Used by one thread at a time. */
final class IntSumAccumulator implements MergeableAccumulator {
  private long[] sums = {};
  private boolean[] hasValue = {};

  @Override
  public void grow(int groups) {
    sums = Growth.longs(sums, groups);
    hasValue = Growth.booleans(hasValue, groups);
  }

  @Override
  public void add(Column[] arguments, Selection rows, int[] group) {
    int[] values = Columns.ints(arguments[0]);
    int n = rows.count();
    if (sums.length == 1) {
      sums[0] += total(values, rows.positions(), n);
      hasValue[0] |= n > 0;
      return;
    }
    add(values, rows.positions(), n, group, sums, hasValue);
  }

  private static void add(
      int[] values, int[] positions, int n, int[] group, long[] sums, boolean[] hasValue) {
    if (positions == null) {
      for (int p = 0; p < n; p++) {
        int g = group[p];
        sums[g] += values[p];
        hasValue[g] = true;
      }
    } else {
      for (int i = 0; i < n; i++) {
        int p = positions[i];
        int g = group[p];
        sums[g] += values[p];
        hasValue[g] = true;
      }
    }
  }

  private static long total(int[] values, int[] positions, int n) {
    long sum = 0;
    if (positions == null) {
      for (int p = 0; p < n; p++) {
        sum += values[p];
      }
    } else {
      for (int i = 0; i < n; i++) {
        sum += values[positions[i]];
      }
    }
    return sum;
  }

  @Override
  public void merge(Accumulator other, int groups, int[] target) {
    IntSumAccumulator more = (IntSumAccumulator) other;
    for (int g = 0; g < groups; g++) {
      sums[target[g]] += more.sums[g];
      hasValue[target[g]] |= more.hasValue[g];
    }
  }

  @Override
  public Column results(int from, int to) {
    return new LongColumn(
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
