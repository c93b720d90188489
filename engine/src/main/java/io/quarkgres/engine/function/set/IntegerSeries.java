package io.quarkgres.engine.function.set;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.IntColumn;
import io.quarkgres.spi.data.LongColumn;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.store.BlockCursor;

/** generate_series of int4 and int8, from start to stop by a step. Used by one thread at a time. */
final class IntegerSeries implements BlockCursor {
  private final boolean isWide;
  private final long stop;
  private final long step;
  private long next;
  private boolean isOver;

  IntegerSeries(boolean isWide, long start, long stop, long step) {
    if (step == 0) {
      throw zeroStep();
    }
    this.isWide = isWide;
    this.next = start;
    this.stop = stop;
    this.step = step;
    this.isOver = isBeyond(start);
  }

  static SqlException zeroStep() {
    return new SqlException(SqlState.INVALID_PARAMETER_VALUE, "step size cannot equal zero");
  }

  private boolean isBeyond(long value) {
    return step > 0 ? value > stop : value < stop;
  }

  @Override
  public Block next() {
    if (isOver) {
      return null;
    }
    long[] values = new long[Block.ROWS_MAX];
    int n = 0;
    while (n < values.length && !isOver) {
      values[n++] = next;
      long following = next + step;
      // an overflow lies beyond any stop
      isOver = ((next ^ following) & (step ^ following)) < 0 || isBeyond(following);
      next = following;
    }
    return new Block(n, isWide ? new LongColumn(values, null, n) : narrowed(values, n));
  }

  private static Column narrowed(long[] values, int n) {
    int[] result = new int[n];
    for (int i = 0; i < n; i++) {
      result[i] = (int) values[i];
    }
    return new IntColumn(result, null, n);
  }
}
