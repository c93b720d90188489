package io.quarkgres.engine.function.bits;

import io.quarkgres.engine.function.Accumulator;
import io.quarkgres.spi.data.BytesBuilder;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Selection;
import java.util.Arrays;

/** bit_and, bit_or and bit_xor of bit strings. Used by one thread at a time. */
final class BitAggregate implements Accumulator {
  private static final boolean[][] NONE = {};

  private final BitOperator operator;
  private boolean[][] states = NONE;
  private long bytes;

  BitAggregate(BitOperator operator) {
    this.operator = operator;
  }

  @Override
  public void grow(int groups) {
    if (groups > states.length) {
      states = Arrays.copyOf(states, Math.max(groups, 2 * states.length));
    }
  }

  @Override
  public void add(Column[] arguments, Selection rows, int[] group) {
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.position(i);
      int g = group[p];
      boolean[] value = BitStrings.read(arguments[0], p);
      bytes += states[g] == null ? value.length : 0;
      states[g] = states[g] == null ? value : operator.apply(states[g], value);
    }
  }

  @Override
  public Column results(int from, int to) {
    BytesBuilder out = new BytesBuilder(to - from);
    for (int g = from; g < to; g++) {
      if (states[g] == null) {
        out.appendNull();
      } else {
        BitStrings.append(states[g], out);
      }
    }
    return out.build();
  }

  @Override
  public void reset(int group) {
    states[group] = null;
  }

  @Override
  public long memoryBytes() {
    return bytes + 24L * states.length;
  }
}
