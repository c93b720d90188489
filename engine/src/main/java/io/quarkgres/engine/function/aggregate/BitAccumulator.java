package io.quarkgres.engine.function.aggregate;

import io.quarkgres.engine.function.Accumulator;
import io.quarkgres.engine.function.kernel.Columns;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.IntBuilder;
import io.quarkgres.spi.data.IntColumn;
import io.quarkgres.spi.data.LongColumn;
import io.quarkgres.spi.data.Selection;
import java.util.Arrays;

/** bit_and, bit_or and bit_xor of integers. Used by one thread at a time. */
final class BitAccumulator implements Accumulator {
  /** Which operator joins the values. */
  enum Operator {
    /** Bits set in all. */
    AND,
    /** Bits set in any. */
    OR,
    /** Bits set in an odd number. */
    XOR
  }

  private final Operator operator;
  private final boolean isWide;
  private long[] states = {};
  private boolean[] hasValue = {};

  BitAccumulator(Operator operator, boolean isWide) {
    this.operator = operator;
    this.isWide = isWide;
  }

  @Override
  public void grow(int groups) {
    states = Growth.longs(states, groups);
    hasValue = Growth.booleans(hasValue, groups);
  }

  @Override
  public void add(Column[] arguments, Selection rows, int[] group) {
    int n = rows.count();
    for (int i = 0; i < n; i++) {
      int p = rows.position(i);
      int g = group[p];
      long value =
          arguments[0] instanceof IntColumn ints
              ? ints.values()[p]
              : Columns.longs(arguments[0])[p];
      states[g] = hasValue[g] ? join(states[g], value) : value;
      hasValue[g] = true;
    }
  }

  private long join(long state, long value) {
    return switch (operator) {
      case AND -> state & value;
      case OR -> state | value;
      case XOR -> state ^ value;
    };
  }

  @Override
  public Column results(int from, int to) {
    if (isWide) {
      return new LongColumn(
          Arrays.copyOfRange(states, from, to), Growth.nullsOf(hasValue, from, to), to - from);
    }
    IntBuilder out = new IntBuilder(to - from);
    for (int g = from; g < to; g++) {
      if (hasValue[g]) {
        out.append((int) states[g]);
      } else {
        out.appendNull();
      }
    }
    return out.build();
  }

  @Override
  public void reset(int group) {
    hasValue[group] = false;
  }

  @Override
  public long memoryBytes() {
    return 9L * states.length;
  }
}
