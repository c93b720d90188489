package io.quarkgres.engine.exec.scan;

import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.plan.Plan;
import io.quarkgres.spi.index.KeyRange;
import io.quarkgres.spi.store.BlockCursor;
import io.quarkgres.spi.store.TableIndex;
import io.quarkgres.spi.store.TableStore;

/** An ordered index that knows which rows pass a filter, or hardly more. Used by one thread. */
public final class FilterIndex {
  private static final int[] ROW_ID = {TableStore.ROW_ID};

  private final Plan.IndexScan plan;
  private final ExecutionContext context;
  private final IndexRanges bounds;

  /** Makes one of a scan that yields the rows which pass. */
  public FilterIndex(Plan.IndexScan plan, ExecutionContext context, IndexRanges bounds) {
    this.plan = plan;
    this.context = context;
    this.bounds = bounds;
  }

  /** Returns how many entries it has of rows that pass, and of others that it cannot tell apart. */
  int count(int max) {
    int n = 0;
    for (KeyRange range : bounds.compute(context)) {
      if (n < max) {
        n += index().entryCount(range, max - n);
      }
    }
    return n;
  }

  /** Tells whether it knows without looking at rows. */
  boolean isExact() {
    return plan.filter() == null;
  }

  /** Returns the rows that pass, or {@code null} when they are too many to remember. */
  PassingRows rows() {
    PassingRows.Collector found = new PassingRows.Collector();
    for (KeyRange range : bounds.compute(context)) {
      try (BlockCursor cursor = index().scan(context.snapshot(), range, false, ROW_ID)) {
        if (!found.addAll(cursor, 0, context)) {
          return null;
        }
      }
    }
    return found.rows();
  }

  private TableIndex index() {
    return plan.index().index();
  }
}
