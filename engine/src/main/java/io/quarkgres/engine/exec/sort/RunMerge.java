package io.quarkgres.engine.exec.sort;

import io.quarkgres.engine.exec.Columns;
import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.exec.RowOrder;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.store.BlockCursor;
import java.util.List;

/**
 * Merges sorted runs: a heap of the runs' next rows. Rows of equal keys come in the order of the
 * runs, so that sorting by runs is stable. Used by one thread.
 */
final class RunMerge implements BlockCursor {
  private final Layout[] layouts;
  private final int[] keys;
  private final RowOrder order;
  private final ExecutionContext context;
  private final boolean isByNumber;
  private final Head[] heap;
  private int size;

  /** Merges runs, whose first columns are of the given layouts, by the columns at {@code keys}. */
  RunMerge(
      List<BlockCursor> runs,
      Layout[] layouts,
      int[] keys,
      RowOrder order,
      ExecutionContext context) {
    this.layouts = layouts;
    this.keys = keys;
    this.order = order;
    this.context = context;
    this.isByNumber = SortValues.isNumber(order.type(0));
    this.heap = new Head[runs.size()];
    for (BlockCursor run : runs) {
      Head head = new Head(run, size);
      if (head.load()) {
        heap[size++] = head;
      }
    }
    for (int i = size / 2 - 1; i >= 0; i--) {
      sink(i);
    }
  }

  /** The next row of a run. */
  private final class Head {
    private final BlockCursor run;
    private final int number;
    private Block block;
    private Column[] keyColumns;
    private long[] codes; // of the first key where comparing numbers is enough, or null
    private int index;
    private int position;

    private Head(BlockCursor run, int number) {
      this.run = run;
      this.number = number;
    }

    private boolean load() {
      block = run.next();
      if (block == null) {
        return false;
      }
      keyColumns = Columns.pick(block.columns(), keys);
      codes = isByNumber && keyColumns[0].nulls() == null ? codes(keyColumns[0]) : null;
      index = 0;
      position = block.selection().position(0);
      return true;
    }

    private long[] codes(Column key) {
      long[] values = SortValues.numbers(key, key.count());
      for (int i = 0; order.isDescending(0) && i < values.length; i++) {
        values[i] = ~values[i];
      }
      return values;
    }

    private boolean advance() {
      if (++index == block.rowCount()) {
        return load();
      }
      position = block.selection().position(index);
      return true;
    }

    private boolean isBefore(Head other) {
      if (codes != null && other.codes != null) {
        long mine = codes[position];
        long its = other.codes[other.position];
        if (mine != its) {
          return mine < its;
        }
      }
      int result = order.compare(keyColumns, position, other.keyColumns, other.position);
      return result == 0 ? number < other.number : result < 0;
    }
  }

  private void sink(int start) {
    Head head = heap[start];
    int i = start;
    while (true) {
      int child = 2 * i + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size && heap[child + 1].isBefore(heap[child])) {
        child++;
      }
      if (!heap[child].isBefore(head)) {
        break;
      }
      heap[i] = heap[child];
      i = child;
    }
    heap[i] = head;
  }

  @Override
  public Block next() {
    context.checkInterruption();
    if (size == 0) {
      return null;
    }
    ColumnBuilder[] builders = new ColumnBuilder[layouts.length];
    for (int c = 0; c < builders.length; c++) {
      builders[c] = ColumnBuilder.of(layouts[c], Block.ROWS_MAX);
    }
    int n = 0;
    while (n < Block.ROWS_MAX && size > 0) {
      Head first = heap[0];
      for (int c = 0; c < builders.length; c++) {
        builders[c].append(first.block.column(c), first.position);
      }
      n++;
      if (!first.advance()) {
        heap[0] = heap[--size];
        heap[size] = null;
      }
      if (size > 0) {
        sink(0);
      }
    }
    Column[] columns = new Column[builders.length];
    for (int c = 0; c < columns.length; c++) {
      columns[c] = builders[c].build();
    }
    return new Block(n, columns);
  }
}
