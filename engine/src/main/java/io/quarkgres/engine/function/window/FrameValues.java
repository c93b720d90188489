package io.quarkgres.engine.function.window;

import io.quarkgres.engine.function.WindowKernel.Partition;
import io.quarkgres.engine.function.kernel.Columns;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/** The first, last and n-th value of a row's frame; NULL where there is none. Thread: any. */
final class FrameValues {
  private static final int NONE = -1;

  private FrameValues() {}

  static Column first(Column values, Partition partition) {
    int[] picked = new int[partition.rowCount()];
    for (int row = 0; row < picked.length; row++) {
      picked[row] = nthRow(partition, row, 1);
    }
    return values.gather(picked, picked.length);
  }

  static Column last(Column values, Partition partition) {
    int[] picked = new int[partition.rowCount()];
    for (int row = 0; row < picked.length; row++) {
      int start = partition.frameStart(row);
      int candidate = partition.frameEnd(row) - 1;
      while (candidate >= start && partition.isExcluded(row, candidate)) {
        candidate--;
      }
      picked[row] = candidate >= start ? candidate : NONE;
    }
    return values.gather(picked, picked.length);
  }

  static Column nth(Column values, Column numbers, Partition partition) {
    int[] picked = new int[partition.rowCount()];
    for (int row = 0; row < picked.length; row++) {
      if (numbers.isNull(row)) {
        picked[row] = NONE;
        continue;
      }
      int number = Columns.ints(numbers)[row];
      if (number <= 0) {
        throw new SqlException(
            SqlState.INVALID_ARGUMENT_FOR_NTH_VALUE,
            "argument of nth_value must be greater than zero");
      }
      picked[row] = nthRow(partition, row, number);
    }
    return values.gather(picked, picked.length);
  }

  /** Returns the n-th row of the frame that is not excluded, or {@link #NONE}. */
  private static int nthRow(Partition partition, int row, int n) {
    int end = partition.frameEnd(row);
    int left = n;
    for (int candidate = partition.frameStart(row); candidate < end; candidate++) {
      if (!partition.isExcluded(row, candidate) && --left == 0) {
        return candidate;
      }
    }
    return NONE;
  }
}
