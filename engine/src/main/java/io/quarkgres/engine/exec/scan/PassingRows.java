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
 * The ids of the rows that pass a filter: read by a scan of the columns that it needs, or from an
 * index that knows them.
 *
 * @param rowIds ids, of which the first {@code count} count
 */
record PassingRows(long[] rowIds, int count) {
  /** Returns the rows that pass; {@code null} when they are too many to remember. */
  static PassingRows of(
      Plan.NearestScan plan, ExecutionContext context, NearestScanOperator.Filter filter) {
    int width = filter.columns().length;
    int[] projection = Arrays.copyOf(filter.columns(), width + 1);
    projection[width] = TableStore.ROW_ID;
    List<RangeFilter> ranges =
        plan.all() instanceof Plan.TableScan scan
            ? ZoneRanges.of(scan, context.frame())
            : List.of();
    Collector found = new Collector();
    try (BlockCursor cursor = plan.table().store().scan(context.snapshot(), projection, ranges)) {
      for (Block block = cursor.next(); block != null; block = cursor.next()) {
        if (!found.add(block, filter.passing(block), width)) {
          return null;
        }
      }
    }
    return found.rows();
  }

  /** Collects row ids. Used by one thread. */
  static final class Collector {
    /** So many take 8 MB. */
    private static final int MAX = 1 << 20;

    private long[] found = new long[Block.ROWS_MAX];
    private int count;

    /** Adds selected rows of a block; false when they become too many. */
    boolean add(Block block, Selection rows, int idColumn) {
      if (count + rows.count() > found.length) {
        if (found.length >= MAX) {
          return false;
        }
        found = Arrays.copyOf(found, 2 * found.length);
      }
      long[] ids = ((LongColumn) block.column(idColumn)).values();
      for (int i = 0; i < rows.count(); i++) {
        found[count++] = ids[rows.position(i)];
      }
      return true;
    }

    /** Adds all rows of a scan; false when they become too many. */
    boolean addAll(BlockCursor cursor, int idColumn, ExecutionContext context) {
      for (Block block = cursor.next(); block != null; block = cursor.next()) {
        context.checkInterruption();
        if (!add(block, block.selection(), idColumn)) {
          return false;
        }
      }
      return true;
    }

    PassingRows rows() {
      return new PassingRows(found, count);
    }
  }
}
