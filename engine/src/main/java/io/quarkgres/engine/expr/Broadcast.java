package io.quarkgres.engine.expr;

import io.quarkgres.spi.data.Column;

/** Makes columns that hold one value at every position. Thread: any. */
public final class Broadcast {
  private Broadcast() {}

  /** Returns a column of {@code size} positions that all have the value at position 0. */
  public static Column to(Column one, int size) {
    return one.gather(new int[size], size);
  }

  /** Returns a column of one position, the value at {@code position}. */
  public static Column one(Column values, int position) {
    return values.gather(new int[] {position}, 1);
  }
}
