package io.quarkgres.engine.exec.aggregate;

import io.quarkgres.engine.exec.DistinctKeys;
import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.exec.MemoryAccount;
import io.quarkgres.engine.exec.Operator;
import io.quarkgres.engine.exec.OperatorStatistics;
import io.quarkgres.engine.exec.Overflow;
import io.quarkgres.engine.expr.key.KeyTable;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.Selection;
import java.util.Arrays;

/**
 * INTERSECT and EXCEPT, with or without ALL: the right side is counted in a hash table, then the
 * left side streams by. Rows of both sides that the table has no room for wait, see {@link
 * Overflow}.
 */
public final class SetOperationOperator implements Operator {
  private static final int LEFT = 0;
  private static final int RIGHT = 1;

  private final Operator left;
  private final Operator right;
  private final boolean isIntersect;
  private final boolean isAll;
  private final SqlType[] types;
  private final OperatorStatistics statistics;
  private final ExecutionContext context;
  private final MemoryAccount.Share share;
  private final Overflow overflow;
  private KeyTable table;
  private boolean isInPartition;
  private int[] counts = new int[64];

  public SetOperationOperator(
      Operator left,
      Operator right,
      boolean isIntersect,
      boolean isAll,
      SqlType[] types,
      OperatorStatistics statistics,
      ExecutionContext context) {
    this.left = left;
    this.right = right;
    this.isIntersect = isIntersect;
    this.isAll = isAll;
    this.types = types;
    this.statistics = statistics;
    this.context = context;
    this.share = context.memory().share();
    Layout[] layouts = new Layout[types.length];
    for (int i = 0; i < layouts.length; i++) {
      layouts[i] = types[i].layout();
    }
    this.overflow = new Overflow(types, context, layouts, layouts);
  }

  @Override
  public Block next() {
    if (table == null) {
      countRight();
    }
    while (true) {
      context.checkInterruption();
      Block block = isInPartition ? overflow.next(LEFT) : left.next();
      if (block == null) {
        if (!overflow.nextPartition()) {
          overflow.describe(statistics, share.peak());
          return null;
        }
        isInPartition = true;
        countRight();
        continue;
      }
      Selection kept = isIntersect ? intersect(block) : except(block);
      if (kept.count() > 0) {
        return block.select(kept);
      }
    }
  }

  private Block nextRight() {
    return isInPartition ? overflow.next(RIGHT) : right.next();
  }

  private void countRight() {
    table = KeyTable.ofGroups(types);
    share.set(0);
    Arrays.fill(counts, 0);
    for (Block block = nextRight(); block != null; block = nextRight()) {
      context.checkInterruption();
      Selection rows = withRoom(RIGHT, block);
      int[] numbers = assign(block, rows);
      for (int i = 0; i < rows.count(); i++) {
        counts[numbers[rows.position(i)]]++;
      }
    }
  }

  /** Returns the rows that the table has or has room for; the others wait. */
  private Selection withRoom(int side, Block block) {
    Selection rows = block.selection();
    if (!overflow.isFull(share.bytes())) {
      return rows;
    }
    Selection unknown = DistinctKeys.unknown(table, block.columns(), rows, block.positionCount());
    overflow.add(side, block.columns(), unknown, block.columns());
    return GroupingSet.without(rows, unknown);
  }

  private int[] assign(Block block, Selection rows) {
    int[] numbers = new int[block.positionCount()];
    table.assign(block.columns(), rows, numbers);
    if (table.count() > counts.length) {
      counts = Arrays.copyOf(counts, Math.max(table.count(), counts.length * 2));
    }
    share.set(table.memoryBytes() + 4L * counts.length);
    return numbers;
  }

  private Selection intersect(Block block) {
    Selection rows = overflow.hasWaiting() ? withRoom(LEFT, block) : block.selection();
    int[] numbers = new int[block.positionCount()];
    table.find(block.columns(), rows, numbers);
    int[] kept = new int[rows.count()];
    int n = 0;
    for (int i = 0; i < rows.count(); i++) {
      int position = rows.position(i);
      int number = numbers[position];
      if (number >= 0 && counts[number] > 0) {
        kept[n++] = position;
        counts[number] = isAll ? counts[number] - 1 : 0;
      }
    }
    return new Selection(kept, n);
  }

  private Selection except(Block block) {
    Selection rows = withRoom(LEFT, block);
    int[] numbers = assign(block, rows);
    int[] kept = new int[rows.count()];
    int n = 0;
    for (int i = 0; i < rows.count(); i++) {
      int position = rows.position(i);
      int number = numbers[position];
      if (counts[number] == 0) {
        kept[n++] = position;
        counts[number] = isAll ? 0 : 1;
      } else if (isAll) {
        counts[number]--;
      }
    }
    return new Selection(kept, n);
  }

  private void forget() {
    table = null;
    isInPartition = false;
    overflow.close();
    share.release();
  }

  @Override
  public void reset() {
    forget();
    left.reset();
    right.reset();
  }

  @Override
  public void close() {
    forget();
    left.close();
    right.close();
  }
}
