package io.quarkgres.engine.exec;

import io.quarkgres.spi.data.Column;

/** Choices among columns, by number. Thread: any. */
public final class Columns {
  private Columns() {}

  /** Returns the numbers of all of {@code width} columns. */
  public static int[] all(int width) {
    int[] result = new int[width];
    for (int i = 0; i < width; i++) {
      result[i] = i;
    }
    return result;
  }

  /** Returns the columns of given numbers. */
  public static Column[] pick(Column[] columns, int[] numbers) {
    Column[] result = new Column[numbers.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = columns[numbers[i]];
    }
    return result;
  }
}
