package io.quarkgres.engine.exec.scan;

import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.store.TableStore;
import java.util.SplittableRandom;

/**
 * What some rows of a table, or an index, tell about a filter. Thread: any.
 *
 * @param share about which part of all rows passes
 * @param isLong whether the filter looks at values of any length
 * @param isKnown whether an index knows which rows pass
 */
record FilterSample(double share, boolean isLong, boolean isKnown) {
  /** What is known where there is no filter. */
  static final FilterSample NONE = new FilterSample(1, false, false);

  /** Counting so many entries of an index takes less time than looking at a sample. */
  private static final int COUNTED_MAX = 1_024;

  /** So many rows are looked at. */
  static final int ROWS = 128;

  /** Rows at equal distances would be alike where numbers recur at such distances. */
  private static final long SEED = 1;

  /** Asks a filter, or {@code null}, for a sample of the rows that are seen. */
  static FilterSample of(
      TableStore store, ExecutionContext context, NearestScanOperator.Filter filter) {
    if (filter == null) {
      return NONE;
    }
    long[] bounds = store.morsels(Integer.MAX_VALUE);
    long[] rows = rows(bounds[bounds.length - 1]);
    Block sample = store.fetch(context.snapshot(), rows, rows.length, filter.columns());
    boolean isLong = false;
    for (Column column : sample.columns()) {
      isLong |= isLong(column.layout());
    }
    int seen = sample.rowCount();
    int passed = seen == 0 ? 0 : filter.passing(sample).count();
    // Of none that passed among those seen, some may pass among the others.
    return new FilterSample((passed + 0.5) / (seen + 1.0), isLong, false);
  }

  /** Counts what passes, or returns {@code null} when it is much. */
  static FilterSample counted(TableStore store, FilterIndex index) {
    int count = index.count(COUNTED_MAX);
    if (count == COUNTED_MAX) {
      return null;
    }
    // An index has entries of rows that are gone, too, for those who still see them.
    double share = Math.min(1, (count + 0.5) / (store.rowCountEstimate() + 1.0));
    return new FilterSample(share, false, index.isExact());
  }

  private static boolean isLong(Layout layout) {
    return switch (layout) {
      case BOOLEAN, INT32, INT64, INT128, FLOAT64 -> false;
      default -> true;
    };
  }

  /** Chooses rows below an end, ascending, one at random out of each of as many equal parts. */
  static long[] rows(long end) {
    long[] rows = new long[(int) Math.min(ROWS, end)];
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < rows.length; i++) {
      rows[i] = random.nextLong(i * end / rows.length, (i + 1) * end / rows.length);
    }
    return rows;
  }
}
