package io.quarkgres.engine.expr;

import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.IntColumn;
import io.quarkgres.spi.data.LongColumn;
import java.util.Arrays;

/** Makes columns that hold one value at every position, and say so. Thread: any. */
public final class Broadcast {
  private Broadcast() {}

  /** Returns a column of {@code size} positions that all have the value at position 0. */
  public static Column to(Column one, int size) {
    if (one instanceof IntColumn ints && !one.isNull(0)) {
      int value = ints.values()[0];
      int[] values = new int[size];
      Arrays.fill(values, value);
      return new IntColumn(values, null, size, value, value);
    }
    if (one instanceof LongColumn longs && !one.isNull(0)) {
      long value = longs.values()[0];
      long[] values = new long[size];
      Arrays.fill(values, value);
      return new LongColumn(values, null, size, value, value);
    }
    return one.gather(new int[size], size);
  }

  /** Returns a column of one position, the value at {@code position}. */
  public static Column one(Column values, int position) {
    return values.gather(new int[] {position}, 1);
  }
}
