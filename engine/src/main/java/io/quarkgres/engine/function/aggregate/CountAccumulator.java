package io.quarkgres.engine.function.aggregate;

import io.quarkgres.engine.function.Accumulator;
import io.quarkgres.engine.function.MergeableAccumulator;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.LongColumn;
import io.quarkgres.spi.data.Selection;
import java.util.Arrays;

/** Counts rows. Used by one thread at a time. */
final class CountAccumulator implements MergeableAccumulator {
  private long[] counts = {};

  @Override
  public void grow(int groups) {
    counts = Growth.longs(counts, groups);
  }

  @Override
  public void add(Column[] arguments, Selection rows, int[] group) {
    int n = rows.count();
    if (counts.length == 1) {
      counts[0] += n;
      return;
    }
    int[] positions = rows.positions();
    long[] seen = counts;
    if (positions == null) {
      for (int p = 0; p < n; p++) {
        seen[group[p]]++;
      }
    } else {
      for (int i = 0; i < n; i++) {
        seen[group[positions[i]]]++;
      }
    }
  }

  @Override
  public void merge(Accumulator other, int groups, int[] target) {
    long[] more = ((CountAccumulator) other).counts;
    for (int g = 0; g < groups; g++) {
      counts[target[g]] += more[g];
    }
  }

  @Override
  public Column results(int from, int to) {
    return new LongColumn(Arrays.copyOfRange(counts, from, to), null, to - from);
  }

  @Override
  public void reset(int group) {
    counts[group] = 0;
  }

  @Override
  public long memoryBytes() {
    return 8L * counts.length;
  }
}
