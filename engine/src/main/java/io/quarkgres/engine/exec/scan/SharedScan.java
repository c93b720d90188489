package io.quarkgres.engine.exec.scan;

import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.plan.Plan;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.store.BlockCursor;
import io.quarkgres.spi.store.RangeFilter;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The scan of a table that several workers share: each takes the next morsel of rows that is left.
 * Thread: any.
 */
public final class SharedScan {
  /** Rows of a morsel: small enough that workers end together, large enough to be worth taking. */
  private static final int MORSEL_ROWS = 1 << 14;

  private final Plan.TableScan scan;
  private final AtomicInteger nextMorsel = new AtomicInteger();
  private long[] bounds;

  public SharedScan(Plan.TableScan scan) {
    this.scan = scan;
  }

  /** Tells whether it is the scan of a plan. */
  public boolean isOf(Plan.TableScan plan) {
    return plan == scan;
  }

  /** Splits the table anew; returns into how many morsels. */
  public int split() {
    bounds = scan.table().store().morsels(MORSEL_ROWS);
    nextMorsel.set(0);
    return bounds.length - 1;
  }

  /** Leaves no morsel to take: a worker has failed. */
  public void stop() {
    nextMorsel.set(bounds.length);
  }

  /**
   * Opens the cursor of one worker over the morsels it takes; of one over the whole table, when it
   * was not split.
   */
  BlockCursor open(ExecutionContext context, int[] projection) {
    if (bounds == null) {
      return scan.table()
          .store()
          .scan(context.snapshot(), projection, ZoneRanges.of(scan, context.frame()));
    }
    return new Morsels(context, projection);
  }

  /** Reads one morsel after the other. Used by one thread. */
  private final class Morsels implements BlockCursor {
    private final ExecutionContext context;
    private final int[] projection;
    private final List<RangeFilter> ranges;
    private BlockCursor current;

    private Morsels(ExecutionContext context, int[] projection) {
      this.context = context;
      this.projection = projection;
      this.ranges = ZoneRanges.of(scan, context.frame());
    }

    @Override
    public Block next() {
      while (true) {
        Block block = current == null ? null : current.next();
        if (block != null) {
          return block;
        }
        close();
        int morsel = nextMorsel.getAndIncrement();
        if (morsel >= bounds.length - 1) {
          nextMorsel.set(bounds.length);
          return null;
        }
        current =
            scan.table()
                .store()
                .scanRange(
                    context.snapshot(), projection, ranges, bounds[morsel], bounds[morsel + 1]);
      }
    }

    @Override
    public void close() {
      if (current != null) {
        current.close();
        current = null;
      }
    }
  }
}
