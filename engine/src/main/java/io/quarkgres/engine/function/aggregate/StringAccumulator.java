package io.quarkgres.engine.function.aggregate;

import io.quarkgres.engine.function.Accumulator;
import io.quarkgres.engine.function.kernel.Columns;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.BytesBuilder;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Selection;

/**
 * string_agg of text or bytea: values that are NULL are left out, a NULL delimiter is empty. Used
 * by one thread at a time.
 */
final class StringAccumulator implements Accumulator {
  private static final ByteSink[] NONE = {};
  private static final int FIRST_BYTES = 32;

  private ByteSink[] states = NONE;
  private long bytes;

  @Override
  public void grow(int groups) {
    states = Growth.objects(states, groups);
  }

  @Override
  public void add(Column[] arguments, Selection rows, int[] group) {
    BytesColumn values = Columns.bytes(arguments[0]);
    BytesColumn delimiters = Columns.bytes(arguments[1]);
    int n = rows.count();
    for (int i = 0; i < n; i++) {
      int p = rows.position(i);
      if (values.isNull(p)) {
        continue;
      }
      ByteSink state = states[group[p]];
      if (state == null) {
        state = new ByteSink(FIRST_BYTES);
        states[group[p]] = state;
      } else if (!delimiters.isNull(p)) {
        state.put(delimiters.heap(), delimiters.starts()[p], delimiters.lengths()[p]);
        bytes += delimiters.lengths()[p];
      }
      state.put(values.heap(), values.starts()[p], values.lengths()[p]);
      bytes += values.lengths()[p];
    }
  }

  @Override
  public Column results(int from, int to) {
    BytesBuilder out = new BytesBuilder(to - from);
    for (int g = from; g < to; g++) {
      if (states[g] == null) {
        out.appendNull();
      } else {
        out.append(states[g]);
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
    return 2 * bytes + 64L * states.length;
  }
}
