package io.quarkgres.engine.exec.window;

import io.quarkgres.engine.exec.Columns;
import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.exec.MemoryAccount;
import io.quarkgres.engine.exec.RowBuffer;
import io.quarkgres.engine.exec.RowOrder;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.store.BlockCursor;
import java.util.Arrays;

/**
 * Cuts sorted rows into blocks of whole partitions, each as large as working memory allows; such a
 * block may have more rows than others. Used by one thread.
 */
final class PartitionBatches {
  private final BlockCursor rows;
  private final Layout[] layouts;
  private final int[] keys;
  private final RowOrder order;
  private final ExecutionContext context;
  private final MemoryAccount.Share share;
  private Block pending;
  private boolean isDone;

  /** Cuts rows that are sorted by the columns at {@code keys} first. */
  PartitionBatches(
      BlockCursor rows, Layout[] layouts, int[] keys, RowOrder order, ExecutionContext context) {
    this.rows = rows;
    this.layouts = layouts;
    this.keys = keys;
    this.order = order;
    this.context = context;
    this.share = context.memory().share();
  }

  /** Returns the next whole partitions, or {@code null} at the end. */
  Block next() {
    if (isDone) {
      return null;
    }
    Block first = pending == null ? rows.next() : pending;
    pending = null;
    Block second = first == null ? null : rows.next();
    if (second == null) {
      isDone = true;
      return first == null ? null : first.compact();
    }
    share.release();
    RowBuffer buffer = new RowBuffer(layouts, share);
    buffer.append(first);
    Block last = first;
    for (Block block = second; block != null; block = rows.next()) {
      if (share.bytes() > context.memory().sortBytes() / 2) {
        int border = border(last, block);
        if (border >= 0) {
          buffer.append(block.columns(), part(block.selection(), 0, border));
          pending = block.select(part(block.selection(), border, block.rowCount()));
          return built(buffer);
        }
      }
      buffer.append(block);
      last = block;
    }
    isDone = true;
    return built(buffer);
  }

  private static Block built(RowBuffer buffer) {
    int n = buffer.count();
    return new Block(n, buffer.build());
  }

  private static Selection part(Selection rows, int from, int to) {
    int[] positions = Arrays.copyOfRange(rows.toPositions(), from, to);
    return new Selection(positions, to - from);
  }

  /** Returns which row of a block begins its last partition, -1 if that is the one before it. */
  private int border(Block before, Block block) {
    Column[] values = Columns.pick(block.columns(), keys);
    Selection rows = block.selection();
    for (int i = rows.count() - 1; i > 0; i--) {
      if (order.compare(values, rows.position(i), values, rows.position(i - 1)) != 0) {
        return i;
      }
    }
    Column[] last = Columns.pick(before.columns(), keys);
    int end = before.selection().position(before.rowCount() - 1);
    return order.compare(last, end, values, rows.position(0)) == 0 ? -1 : 0;
  }

  /** Lets go of the rows. */
  void close() {
    share.release();
  }
}
