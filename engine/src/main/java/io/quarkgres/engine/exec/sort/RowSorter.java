package io.quarkgres.engine.exec.sort;

import io.quarkgres.engine.exec.Columns;
import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.exec.MemoryAccount;
import io.quarkgres.engine.exec.OperatorStatistics;
import io.quarkgres.engine.exec.RowBuffer;
import io.quarkgres.engine.exec.RowOrder;
import io.quarkgres.engine.exec.RowOutput;
import io.quarkgres.engine.exec.SpilledInput;
import io.quarkgres.engine.spill.SpilledRows;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.store.BlockCursor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Sorts rows stably. What fits into working memory is sorted there; beyond that, sorted runs go to
 * temporary files and are merged as the rows are taken. Used by one thread.
 */
public final class RowSorter {
  /** More runs are merged into one before, so that few blocks are held while merging. */
  private static final int MERGED_RUNS_MAX = 64;

  private final Layout[] layouts;
  private final int[] keys;
  private final RowOrder order;
  private final ExecutionContext context;
  private final MemoryAccount.Share share;

  /** The runs by how often they were merged, oldest first; those of higher levels are older. */
  private final List<List<SpilledRows>> levels = new ArrayList<>();

  private RowBuffer buffer;
  private long diskBytes;

  /** Sorts rows of some layouts by the columns at {@code keys}. */
  public RowSorter(Layout[] layouts, int[] keys, RowOrder order, ExecutionContext context) {
    this.layouts = layouts;
    this.keys = keys;
    this.order = order;
    this.context = context;
    this.share = context.memory().share();
    this.buffer = new RowBuffer(layouts, share);
  }

  /** Adds the selected rows of columns. */
  public void add(Column[] columns, Selection rows) {
    buffer.append(columns, rows);
    long bytes = share.bytes() + Sorter.BYTES_PER_ROW * buffer.count();
    if (bytes > context.memory().sortBytes()) {
      spill();
    }
  }

  /** Tells whether rows lie in temporary files. */
  boolean isSpilled() {
    return !levels.isEmpty();
  }

  /** Ends the input; returns the rows in order, as one block if they are all in memory. */
  public BlockCursor finishWhole() {
    if (isSpilled()) {
      return finish(layouts.length);
    }
    int n = buffer.count();
    share.grow(Sorter.BYTES_PER_ROW * n);
    Column[] all = buffer.build();
    Block whole = new Block(n, RowOutput.gather(all, sorted(all, n), n));
    Deque<Block> blocks = new ArrayDeque<>(n == 0 ? List.of() : List.of(whole));
    return blocks::poll;
  }

  /** Ends the input; returns the first {@code width} columns of the rows in order. */
  public BlockCursor finish(int width) {
    if (!isSpilled()) {
      int n = buffer.count();
      share.grow(Sorter.BYTES_PER_ROW * n);
      Column[] all = buffer.build();
      return new RowOutput(Arrays.copyOf(all, width), sorted(all, n), 0, n);
    }
    List<BlockCursor> runs = new ArrayList<>();
    for (List<SpilledRows> level : levels.reversed()) {
      level.forEach(run -> runs.add(new SpilledInput(run, context)::next));
    }
    if (buffer.count() > 0) {
      int n = buffer.count();
      Column[] all = buffer.build();
      runs.add(new RowOutput(all, sorted(all, n), 0, n));
    }
    return merge(runs, width);
  }

  private int[] sorted(Column[] all, int n) {
    return Sorter.sort(Columns.pick(all, keys), order, n);
  }

  private RunMerge merge(List<BlockCursor> runs, int width) {
    return new RunMerge(runs, Arrays.copyOf(layouts, width), keys, order, context);
  }

  private void spill() {
    int n = buffer.count();
    Column[] all = buffer.build();
    write(new RowOutput(all, sorted(all, n), 0, n), 0);
    share.release();
    buffer = new RowBuffer(layouts, share);
  }

  private void write(BlockCursor sorted, int level) {
    SpilledRows run = new SpilledRows(context.spillFile(), layouts);
    if (level == levels.size()) {
      levels.add(new ArrayList<>());
    }
    levels.get(level).add(run);
    for (Block block = sorted.next(); block != null; block = sorted.next()) {
      context.checkInterruption();
      run.append(block.columns(), block.selection());
    }
    run.finish();
    diskBytes += run.bytes();
    if (levels.get(level).size() == MERGED_RUNS_MAX) {
      mergeLevel(level);
    }
  }

  private void mergeLevel(int level) {
    List<SpilledRows> merged = List.copyOf(levels.get(level));
    List<BlockCursor> runs = new ArrayList<>();
    merged.forEach(run -> runs.add(new SpilledInput(run, context)::next));
    write(merge(runs, layouts.length), level + 1);
    for (SpilledRows run : merged) {
      diskBytes -= run.bytes();
      run.release();
    }
    levels.get(level).clear();
  }

  /** Says how the rows were sorted; {@code inMemory} names the way when no file was needed. */
  public void describe(OperatorStatistics statistics, String inMemory) {
    if (statistics != null) {
      boolean isSpilled = isSpilled();
      statistics.sorted(
          isSpilled ? "external merge" : inMemory,
          isSpilled ? diskBytes : share.peak(),
          isSpilled ? "Disk" : "Memory");
    }
  }

  /** Lets go of all rows. */
  public void close() {
    for (List<SpilledRows> level : levels) {
      level.forEach(SpilledRows::release);
    }
    levels.clear();
    share.release();
  }
}
