package io.quarkgres.engine.exec.scan;

import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.plan.Plan;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.LongColumn;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.store.BlockCursor;
import io.quarkgres.spi.store.RangeFilter;
import io.quarkgres.spi.store.TableStore;
import java.util.Arrays;
import java.util.List;

/**
 * The ids of the rows that pass a filter, read by a scan of the columns that the filter needs.
 *
 * @param rowIds ids, of which the first {@code count} count
 */
record PassingRows(long[] rowIds, int count) {
  /** So many take 8 MB. */
  private static final int MAX = 1 << 20;

  /** Returns the rows that pass; {@code null} when they are too many to remember. */
  static PassingRows of(
      Plan.NearestScan plan, ExecutionContext context, NearestScanOperator.Filter filter) {
    int width = filter.columns().length;
    int[] projection = Arrays.copyOf(filter.columns(), width + 1);
    projection[width] = TableStore.ROW_ID;
    long[] found = new long[Block.ROWS_MAX];
    int count = 0;
    List<RangeFilter> ranges =
        plan.all() instanceof Plan.TableScan scan
            ? ZoneRanges.of(scan, context.frame())
            : List.of();
    try (BlockCursor cursor = plan.table().store().scan(context.snapshot(), projection, ranges)) {
      for (Block block = cursor.next(); block != null; block = cursor.next()) {
        Selection passing = filter.passing(block);
        if (count + passing.count() > found.length) {
          if (found.length >= MAX) {
            return null;
          }
          found = Arrays.copyOf(found, 2 * found.length);
        }
        long[] ids = ((LongColumn) block.column(width)).values();
        for (int i = 0; i < passing.count(); i++) {
          found[count++] = ids[passing.position(i)];
        }
      }
    }
    return new PassingRows(found, count);
  }
}
