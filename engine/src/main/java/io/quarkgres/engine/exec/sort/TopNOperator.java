package io.quarkgres.engine.exec.sort;

import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.exec.GatheringOperator;
import io.quarkgres.engine.exec.LimitOperator;
import io.quarkgres.engine.exec.MemoryAccount;
import io.quarkgres.engine.exec.Operator;
import io.quarkgres.engine.exec.OperatorStatistics;
import io.quarkgres.engine.exec.RowBuffer;
import io.quarkgres.engine.exec.RowOrder;
import io.quarkgres.engine.exec.RowOutput;
import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.IntColumn;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.store.BlockCursor;
import java.util.Arrays;

/**
 * The first rows of a stable sort. Of the first block only as many are kept; candidates among the
 * others collect in a buffer, if they are before the last one left, and when it is full it is
 * sorted and cut. So a row costs one comparison with the limit, and sorting costs O(n log) of what
 * passes; wide rows, such as those with vectors, are hardly ever copied.
 */
public final class TopNOperator extends GatheringOperator {
  private static final int CANDIDATES_MIN = 2048;

  private final Layout[] layouts;
  private final KeyColumns keys;
  private final Evaluator count;
  private final Evaluator offset;
  private final boolean isPart;
  private final OperatorStatistics statistics;
  private final ExecutionContext context;
  private final MemoryAccount.Share share;
  private BlockCursor output;
  private RowBuffer buffer;
  private Column[] limitKeys;
  private RowSorter sorter; // of what is left when even the wanted rows do not fit

  /**
   * Makes the operator.
   *
   * @param isPart whether the rows are only those of one of several workers: then those that the
   *     offset skips are yielded too
   */
  public TopNOperator(
      Operator input,
      Layout[] layouts,
      Evaluator[] keys,
      RowOrder order,
      Evaluator count,
      Evaluator offset,
      boolean isPart,
      OperatorStatistics statistics,
      ExecutionContext context) {
    super(input);
    this.layouts = layouts;
    this.keys = new KeyColumns(layouts, keys, order);
    this.count = count;
    this.offset = offset;
    this.isPart = isPart;
    this.statistics = statistics;
    this.context = context;
    this.share = context.memory().share();
  }

  @Override
  public Block next() {
    if (output == null) {
      output = collect();
    }
    return output.next();
  }

  private BlockCursor collect() {
    long offsetRows = LimitOperator.offset(offset, context);
    long wanted = LimitOperator.count(count, context);
    if (wanted == 0) {
      return new RowOutput(new Column[0], 0);
    }
    long kept = wanted > Long.MAX_VALUE - offsetRows ? Long.MAX_VALUE : wanted + offsetRows;
    long skip = isPart ? 0 : offsetRows;
    long capacity = kept > Integer.MAX_VALUE / 2 ? Integer.MAX_VALUE : CANDIDATES_MIN + 2 * kept;
    limitKeys = null;
    buffer = new RowBuffer(keys.bufferLayouts(), share);
    for (Block block = input.next(); block != null; block = input.next()) {
      context.checkInterruption();
      Column[] columns = keys.bufferColumns(block, context.frame());
      Selection rows = block.selection();
      if (limitKeys == null && sorter == null && buffer.count() == 0 && rows.count() > kept) {
        rows = firstOf(keys.keysOf(columns), rows, (int) kept);
      } else if (limitKeys != null) {
        rows = beforeLimit(keys.keysOf(columns), rows);
        if (rows.count() == 0) {
          continue;
        }
      }
      add(columns, rows, kept, capacity);
    }
    if (sorter != null) {
      sorter.describe(statistics, "quicksort");
      return new Window(sorter.finish(layouts.length), skip, kept - skip);
    }
    if (statistics != null) {
      statistics.sorted("top-N heapsort", share.peak(), "Memory");
    }
    int n = buffer.count();
    Column[] all = buffer.build();
    buffer = null;
    int[] order = Sorter.sort(keys.keysOf(all), keys.order(), n);
    int to = (int) Math.min(n, kept);
    int from = (int) Math.min(skip, to);
    return new RowOutput(Arrays.copyOf(all, layouts.length), order, from, to);
  }

  private void add(Column[] columns, Selection rows, long kept, long capacity) {
    if (sorter != null) {
      sorter.add(columns, rows);
      return;
    }
    buffer.append(columns, rows);
    long most = context.memory().sortBytes();
    if (buffer.count() >= capacity || share.bytes() > most && buffer.count() > kept) {
      cut((int) kept);
    }
    if (share.bytes() > most / 2 && kept > CANDIDATES_MIN || share.bytes() > most) {
      sorter = keys.sorter(context);
      int n = buffer.count();
      RowOutput all = new RowOutput(buffer.build(), n);
      buffer = null;
      share.release();
      for (Block block = all.next(); block != null; block = all.next()) {
        sorter.add(block.columns(), block.selection());
      }
    }
  }

  /** Keeps the first {@code kept} candidates and sets the limit to the last of them. */
  private void cut(int kept) {
    int n = buffer.count();
    Column[] all = buffer.build();
    Column[] keyColumns = keys.keysOf(all);
    int[] order = Sorter.sort(keyColumns, keys.order(), n);
    share.release();
    // sorted candidates stay sorted: equal rows that come later are behind them
    Column[] best = RowOutput.gather(all, order, kept);
    limitKeys = RowOutput.gather(keyColumns, new int[] {order[kept - 1]}, 1);
    buffer = new RowBuffer(keys.bufferLayouts(), share);
    buffer.append(best, Selection.dense(kept));
  }

  /** Returns the first {@code kept} of a block's rows, in order, and sets the limit to the last. */
  private Selection firstOf(Column[] keyColumns, Selection rows, int kept) {
    int n = rows.count();
    Column[] block =
        rows.isDense() ? keyColumns : RowOutput.gather(keyColumns, rows.toPositions(), n);
    int[] order = Sorter.sort(block, keys.order(), n);
    int[] result = new int[kept];
    for (int i = 0; i < kept; i++) {
      result[i] = rows.position(order[i]);
    }
    limitKeys = RowOutput.gather(keyColumns, new int[] {result[kept - 1]}, 1);
    return new Selection(result, kept);
  }

  private Selection beforeLimit(Column[] keyColumns, Selection rows) {
    RowOrder order = keys.order();
    Selection near = rows;
    if (SortValues.isNumber(order.type(0))
        && keyColumns[0].nulls() == null
        && !limitKeys[0].isNull(0)) {
      near = notBehind(keyColumns[0], limitKeys[0], order.isDescending(0), rows);
    }
    int[] result = new int[near.count()];
    int n = 0;
    for (int i = 0; i < near.count(); i++) {
      int position = near.position(i);
      result[n] = position;
      n += order.compare(keyColumns, position, limitKeys, 0) < 0 ? 1 : 0;
    }
    return new Selection(result, n);
  }

  /** Returns the rows whose first key, none of which is NULL, is not behind the limit's. */
  private static Selection notBehind(
      Column key, Column limit, boolean isDescending, Selection rows) {
    // with all bits turned over, a number is as far below others as it was above
    int flip = isDescending ? -1 : 0;
    int[] kept = new int[rows.count()];
    int n;
    if (key instanceof IntColumn ints) {
      n = notAbove(ints.values(), ((IntColumn) limit).values()[0], flip, rows, kept);
    } else {
      long last = SortValues.numbers(limit, 1)[0];
      n = notAbove(SortValues.numbers(key, key.count()), last, flip, rows, kept);
    }
    return new Selection(kept, n);
  }

  private static int notAbove(int[] values, int last, int flip, Selection rows, int[] kept) {
    int most = last ^ flip;
    int n = 0;
    for (int i = 0; i < rows.count(); i++) {
      int position = rows.position(i);
      kept[n] = position;
      n += (values[position] ^ flip) <= most ? 1 : 0;
    }
    return n;
  }

  private static int notAbove(long[] values, long last, int flip, Selection rows, int[] kept) {
    long most = last ^ flip;
    int n = 0;
    for (int i = 0; i < rows.count(); i++) {
      int position = rows.position(i);
      kept[n] = position;
      n += (values[position] ^ flip) <= most ? 1 : 0;
    }
    return n;
  }

  /** The rows of a cursor behind the first {@code skip}, at most {@code count}. */
  private static final class Window implements BlockCursor {
    private final BlockCursor rows;
    private long skip;
    private long count;

    private Window(BlockCursor rows, long skip, long count) {
      this.rows = rows;
      this.skip = skip;
      this.count = count;
    }

    @Override
    public Block next() {
      while (count > 0) {
        Block block = rows.next();
        if (block == null) {
          return null;
        }
        int from = (int) Math.min(skip, block.rowCount());
        int to = (int) Math.min(block.rowCount(), from + count);
        skip -= from;
        if (to > from) {
          count -= to - from;
          int[] positions = Arrays.copyOfRange(block.selection().toPositions(), from, to);
          return block.select(new Selection(positions, to - from));
        }
      }
      return null;
    }
  }

  @Override
  protected void forget() {
    output = null;
    buffer = null;
    share.release();
    if (sorter != null) {
      sorter.close();
      sorter = null;
    }
  }
}
