package io.quarkgres.engine.exec.scan;

import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.exec.LimitOperator;
import io.quarkgres.engine.exec.Operator;
import io.quarkgres.engine.exec.OperatorStatistics;
import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.engine.plan.Plan;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Datums;
import io.quarkgres.spi.data.DoubleColumn;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.index.DistanceIndex;
import io.quarkgres.spi.store.NearestCursor;
import io.quarkgres.spi.store.RowPredicate;
import io.quarkgres.spi.store.TableIndex;
import io.quarkgres.spi.store.TableStore;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Reads the rows that a filter leaves and that are nearest. Where the filter leaves few, it is
 * cheaper to measure all of them than to look for them through the index: so the operator looks at
 * a sample of rows first, and changes its mind when the index has cost more than all of them would,
 * or when rows near the query pass less often than others. Then it finds out which rows pass and
 * has the index measure these, or yields all of them, in any order; the plan above sorts.
 */
public final class NearestScanOperator implements Operator {
  /** A filter passes near the query less often than elsewhere when so many times more are met. */
  private static final double EXAMINED_MAX = 3;

  /** Measuring all that pass is worth so many searches through the graph that finds them badly. */
  private static final double PATIENCE = 8;

  private final Plan.NearestScan plan;
  private final ExecutionContext context;
  private final Evaluator query;
  private final Filter filter;
  private final Bound bound;
  private final Operator all;
  private final Operator few;
  private final FilterIndex filterIndex;
  private final Evaluator count;
  private final Evaluator offset;
  private final OperatorStatistics statistics;
  private final int[] projection;
  private final Deque<Block> found = new ArrayDeque<>();
  private FilterSample sample;
  private NearestCursor cursor;
  private boolean isOpen;

  /** How many rows to take for the plan above to order anew, where the index does not measure. */
  private long reranked;

  /** What yields the rows in place of the index, or {@code null}. */
  private Operator reader;

  /** The filter over the columns that it needs; {@code null} in place of it for none. */
  public record Filter(Evaluator evaluator, int[] columns, ExecutionContext context)
      implements RowPredicate {
    @Override
    public Selection passing(Block rows) {
      context.checkInterruption();
      return evaluator.select(rows, rows.selection(), context.frame());
    }
  }

  /** What {@link Plan.DistanceBound} says; a filter of {@code null} drops nothing. */
  public record Bound(Evaluator query, Evaluator distance, Filter others) {}

  /**
   * Makes the operator.
   *
   * @param all yields the rows that pass the filter by another way, or {@code null}
   * @param few does so at less cost if they are few, or {@code null}
   * @param filterIndex an index that knows which rows pass, or {@code null}
   * @param count how many rows will be taken; {@code null} when that is not known
   * @param statistics where to note what was done, or {@code null}
   */
  public NearestScanOperator(
      Plan.NearestScan plan,
      ExecutionContext context,
      Evaluator query,
      Filter filter,
      Bound bound,
      Operator all,
      Operator few,
      FilterIndex filterIndex,
      Evaluator count,
      Evaluator offset,
      OperatorStatistics statistics) {
    this.plan = plan;
    this.context = context;
    this.query = query;
    this.filter = filter;
    this.bound = bound;
    this.all = all;
    this.few = few;
    this.filterIndex = filterIndex;
    this.count = count;
    this.offset = offset;
    this.statistics = statistics;
    this.projection = TableScanOperator.projection(plan.table(), plan.outputs());
  }

  @Override
  public Block next() {
    if (!isOpen) {
      isOpen = true;
      search();
    }
    if (reader != null) {
      return reader.next();
    }
    return found.isEmpty() && cursor != null ? nextFound() : found.poll();
  }

  private Block nextFound() {
    context.checkInterruption();
    return cursor.next();
  }

  private void search() {
    long wanted = wanted();
    Column value = query.single(context.frame());
    double most = distanceMax(value);
    // A filter by distance would measure all rows only to find out which pass.
    boolean isApart = most == Double.POSITIVE_INFINITY;
    boolean hasChoice = filter != null && all != null;
    FilterSample known = hasChoice ? whatPasses(isApart) : FilterSample.NONE;
    double part = known.share();
    NearestCosts costs = hasChoice ? NearestCosts.of(plan, known, isApart) : NearestCosts.NONE;
    DistanceIndex.SearchOptions freely = options(wanted, part, Long.MAX_VALUE, most);
    double walk = index().searchCost(freely);
    reranked = index().rerankCount(freely);
    if (walk > costs.least()) {
      measureAll(costs, known, value, wanted, most, "");
      return;
    }
    cursor =
        index()
            .nearest(
                context.snapshot(),
                value,
                options(wanted, part, (long) costs.least(), most),
                filter,
                projection);
    if (wanted == Long.MAX_VALUE) {
      note("index");
      return;
    }
    // Where the filter drops more near the query than elsewhere, the graph finds what passes badly.
    double examinedMax =
        costs.least() < PATIENCE * walk
            ? EXAMINED_MAX * Math.max(wanted, reranked) / part + FilterSample.ROWS
            : Double.MAX_VALUE;
    long rows = collect(wanted, costs.least(), examinedMax);
    if (rows >= wanted || cursor.hasPassedMax() || !hasChoice) {
      note("index");
      end();
    } else {
      end();
      found.clear();
      measureAll(costs, known, value, wanted, most, "index, then ");
    }
  }

  /** Counts the rows that pass if they are few and an index knows them, or looks at a sample. */
  private FilterSample whatPasses(boolean isApart) {
    TableStore store = plan.table().store();
    FilterSample counted =
        isApart && filterIndex != null ? FilterSample.counted(store, filterIndex) : null;
    if (counted != null) {
      return counted;
    }
    if (sample == null) {
      sample = FilterSample.of(store, context, isApart ? filter : bound.others());
    }
    return sample;
  }

  private TableIndex index() {
    return plan.index().index();
  }

  /** Notes what the search did and closes it. */
  private void end() {
    noteCandidates();
    closeCursor();
  }

  /** Measures all rows that pass the filter, in the index or as they come from the table. */
  private void measureAll(
      NearestCosts costs,
      FilterSample known,
      Column value,
      long wanted,
      double most,
      String after) {
    if (costs.ofPassing() < Math.min(costs.ofAll(), costs.ofFew()) && wanted < Long.MAX_VALUE) {
      PassingRows passing =
          known.isKnown() ? filterIndex.rows() : PassingRows.of(plan, context, filter);
      if (passing != null) {
        DistanceIndex.SearchOptions options = options(wanted, 1, Long.MAX_VALUE, most);
        cursor =
            index()
                .nearestAmong(
                    context.snapshot(),
                    value,
                    options,
                    passing.rowIds(),
                    passing.count(),
                    projection);
        long rows = collect(wanted, Double.MAX_VALUE, Double.MAX_VALUE);
        boolean isWhole = rows >= wanted || rows == passing.count() || cursor.hasPassedMax();
        end();
        if (isWhole) {
          note(after + (known.isKnown() ? "other index, then index" : "filter, then index"));
          return;
        }
        // An index has no NULLs.
        found.clear();
      }
    }
    reader = costs.ofFew() < costs.ofAll() ? few : all;
    note(after + "exact");
  }

  /**
   * Reads as many rows as are wanted; fewer when there are not so many in the index, or when it has
   * cost more, or looked at more rows, than it may. Returns how many.
   */
  private long collect(long wanted, double measuredMax, double examinedMax) {
    long rows = 0;
    long taken = Math.max(wanted, reranked);
    while (rows < taken
        && cursor.measuredCount() <= measuredMax
        && cursor.examinedCount() <= examinedMax) {
      Block block = nextFound();
      if (block == null) {
        break;
      }
      found.add(block);
      rows += block.rowCount();
    }
    if (statistics != null && reranked > 0) {
      statistics.count("Candidates Re-ranked", rows);
    }
    return rows;
  }

  /** Returns how many rows will be taken. */
  private long wanted() {
    if (plan.count() == null) {
      return Long.MAX_VALUE;
    }
    long taken = LimitOperator.count(count, context);
    long skipped = LimitOperator.offset(offset, context);
    return taken > Long.MAX_VALUE - skipped ? Long.MAX_VALUE : taken + skipped;
  }

  /** Returns the greatest distance that passes, if it is measured from the same query. */
  private double distanceMax(Column value) {
    if (bound == null || value.isNull(0)) {
      return Double.POSITIVE_INFINITY;
    }
    Column other = bound.query().single(context.frame());
    Column distance = bound.distance().single(context.frame());
    boolean isSame = !other.isNull(0) && !distance.isNull(0) && isSame(value, other);
    return isSame ? ((DoubleColumn) distance).values()[0] : Double.POSITIVE_INFINITY;
  }

  private static boolean isSame(Column a, Column b) {
    ByteSink first = new ByteSink(64);
    ByteSink second = new ByteSink(64);
    Datums.write(a, 0, first);
    Datums.write(b, 0, second);
    return Arrays.equals(first.toByteArray(), second.toByteArray());
  }

  private DistanceIndex.SearchOptions options(
      long wanted, double part, long measuredMax, double distanceMax) {
    return new DistanceIndex.SearchOptions() {
      @Override
      public double share() {
        return part;
      }

      @Override
      public int wanted() {
        return wanted == Long.MAX_VALUE
            ? DistanceIndex.SearchOptions.super.wanted()
            : (int) Math.min(Block.ROWS_MAX, Math.ceil(wanted / part));
      }

      @Override
      public long measuredMax() {
        return measuredMax;
      }

      @Override
      public double distanceMax() {
        return distanceMax;
      }

      @Override
      public int integer(String setting) {
        return Integer.parseInt(text(setting));
      }

      @Override
      public String text(String setting) {
        return context.evaluation().setting(setting);
      }
    };
  }

  private void note(String way) {
    if (statistics != null) {
      statistics.note("Search", way);
    }
  }

  private void noteCandidates() {
    if (statistics != null && cursor != null) {
      statistics.count("Distances Measured", cursor.measuredCount());
    }
  }

  private void closeCursor() {
    cursor.close();
    cursor = null;
  }

  @Override
  public void reset() {
    if (cursor != null) {
      noteCandidates();
      closeCursor();
    }
    found.clear();
    isOpen = false;
    reader = null;
    if (all != null) {
      all.reset();
    }
    if (few != null) {
      few.reset();
    }
  }

  @Override
  public void close() {
    if (cursor != null) {
      noteCandidates();
      closeCursor();
    }
    found.clear();
    if (all != null) {
      all.close();
    }
    if (few != null) {
      few.close();
    }
  }
}
