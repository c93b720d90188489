package io.quarkgres.engine.function.aggregate;

import io.quarkgres.engine.function.Accumulator;
import io.quarkgres.engine.function.kernel.Columns;
import io.quarkgres.spi.data.BooleanColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Selection;
import java.util.Arrays;

/** bool_and, every and bool_or. Used by one thread at a time. */
final class BoolAccumulator implements Accumulator {
  private final boolean isAnd;
  private boolean[] states = {};
  private boolean[] hasValue = {};

  BoolAccumulator(boolean isAnd) {
    this.isAnd = isAnd;
  }

  @Override
  public void grow(int groups) {
    states = Growth.booleans(states, groups);
    hasValue = Growth.booleans(hasValue, groups);
  }

  @Override
  public void add(Column[] arguments, Selection rows, int[] group) {
    boolean[] values = Columns.booleans(arguments[0]);
    int n = rows.count();
    for (int i = 0; i < n; i++) {
      int p = rows.position(i);
      int g = group[p];
      if (!hasValue[g] || values[p] != isAnd) {
        states[g] = values[p];
        hasValue[g] = true;
      }
    }
  }

  @Override
  public Column results(int from, int to) {
    return new BooleanColumn(
        Arrays.copyOfRange(states, from, to), Growth.nullsOf(hasValue, from, to), to - from);
  }

  @Override
  public void reset(int group) {
    hasValue[group] = false;
  }

  @Override
  public long memoryBytes() {
    return 2L * states.length;
  }
}
