package io.quarkgres.engine.function.window;

import io.quarkgres.engine.function.WindowKernel.Partition;
import io.quarkgres.engine.function.kernel.Columns;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;

/** lag and lead: the value some rows before or behind, by the partition. Thread: any. */
final class Neighbours {
  private Neighbours() {}

  /**
   * Returns shifted values.
   *
   * @param arguments the values; how far (1 when absent); what stands beyond the partition (NULL
   *     when absent), both as of the current row
   * @param direction -1 for lag, 1 for lead
   */
  static Column shifted(Column[] arguments, int direction, Partition partition) {
    Column values = arguments[0];
    Column offsets = arguments.length > 1 ? arguments[1] : null;
    Column defaults = arguments.length > 2 ? arguments[2] : null;
    int rows = partition.rowCount();
    ColumnBuilder out = ColumnBuilder.of(values.layout(), rows);
    for (int row = 0; row < rows; row++) {
      if (offsets != null && offsets.isNull(row)) {
        out.appendNull();
        continue;
      }
      long offset = offsets == null ? 1 : Columns.ints(offsets)[row];
      long target = row + direction * offset;
      if (target >= 0 && target < rows) {
        out.append(values, (int) target);
      } else if (defaults != null) {
        out.append(defaults, row);
      } else {
        out.appendNull();
      }
    }
    return out.build();
  }
}
