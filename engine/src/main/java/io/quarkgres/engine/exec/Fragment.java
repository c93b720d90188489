package io.quarkgres.engine.exec;

import io.quarkgres.engine.plan.Plan;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.store.BlockCursor;
import io.quarkgres.spi.store.RangeFilter;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the operator trees of several workers share that run one part of a plan side by side: the
 * morsels of the table at its bottom, of which each worker takes the next that is left, and the
 * hash tables of the joins on the way up, which are built before. Thread: any, once it is shared.
 */
final class Fragment {
  /** Rows of a morsel: small enough that workers end together, large enough to be worth taking. */
  private static final int MORSEL_ROWS = 1 << 14;

  private final Plan.TableScan scan;
  private final List<Plan.HashJoin> plans;
  private final HashJoinOperator[] joins;
  private final AtomicInteger nextMorsel = new AtomicInteger();
  private long[] bounds;

  /** Makes a fragment over a table; {@code plans} are the joins on the way up, topmost first. */
  Fragment(Plan.TableScan scan, List<Plan.HashJoin> plans) {
    this.scan = scan;
    this.plans = plans;
    this.joins = new HashJoinOperator[plans.size()];
  }

  /** Notes the join of the tree that the others follow, if it is one on the way up. */
  void note(Plan.HashJoin plan, HashJoinOperator join) {
    for (int i = 0; i < joins.length; i++) {
      joins[i] = plans.get(i) == plan ? join : joins[i];
    }
  }

  /** Returns the noted join of a plan, or {@code null}. */
  HashJoinOperator join(Plan.HashJoin plan) {
    for (int i = 0; i < joins.length; i++) {
      if (plans.get(i) == plan) {
        return joins[i];
      }
    }
    return null;
  }

  /** Tells whether a scan is the one at the bottom. */
  boolean isScan(Plan.TableScan plan) {
    return plan == scan;
  }

  /** Splits the table anew; returns into how many morsels. */
  int split() {
    bounds = scan.table().store().morsels(MORSEL_ROWS);
    nextMorsel.set(0);
    return bounds.length - 1;
  }

  /** Builds the hash tables of the joins, the topmost first as without workers. */
  void buildJoins() {
    for (HashJoinOperator join : joins) {
      join.prepare();
    }
  }

  /** Tells whether the hash tables of all joins are in memory, so that others can probe them. */
  boolean areJoinsWhole() {
    for (HashJoinOperator join : joins) {
      if (!join.isWhole()) {
        return false;
      }
    }
    return true;
  }

  /** Leaves no morsel to take: a worker has failed. */
  void stop() {
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
