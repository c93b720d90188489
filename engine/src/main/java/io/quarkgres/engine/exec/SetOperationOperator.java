package io.quarkgres.engine.exec;

import io.quarkgres.engine.expr.KeyTable;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Selection;
import java.util.Arrays;

/**
 * INTERSECT and EXCEPT, with or without ALL: the right side is counted in a hash table, then the
 * left side streams by.
 */
final class SetOperationOperator implements Operator {
  private final Operator left;
  private final Operator right;
  private final boolean isIntersect;
  private final boolean isAll;
  private final SqlType[] types;
  private final ExecutionContext context;
  private final MemoryAccount.Share share;
  private KeyTable table;
  private int[] counts = new int[64];

  SetOperationOperator(
      Operator left,
      Operator right,
      boolean isIntersect,
      boolean isAll,
      SqlType[] types,
      ExecutionContext context) {
    this.left = left;
    this.right = right;
    this.isIntersect = isIntersect;
    this.isAll = isAll;
    this.types = types;
    this.context = context;
    this.share = context.memory().share();
  }

  @Override
  public Block next() {
    if (table == null) {
      countRight();
    }
    while (true) {
      context.checkInterruption();
      Block block = left.next();
      if (block == null) {
        return null;
      }
      Selection kept = isIntersect ? intersect(block) : except(block);
      if (kept.count() > 0) {
        return block.select(kept);
      }
    }
  }

  private void countRight() {
    table = KeyTable.ofGroups(types);
    Arrays.fill(counts, 0);
    for (Block block = right.next(); block != null; block = right.next()) {
      context.checkInterruption();
      int[] numbers = assign(block);
      Selection rows = block.selection();
      for (int i = 0; i < rows.count(); i++) {
        counts[numbers[rows.position(i)]]++;
      }
    }
  }

  private int[] assign(Block block) {
    int[] numbers = new int[block.positionCount()];
    table.assign(block.columns(), block.selection(), numbers);
    if (table.count() > counts.length) {
      counts = Arrays.copyOf(counts, Math.max(table.count(), counts.length * 2));
    }
    share.set(table.memoryBytes() + 4L * counts.length);
    return numbers;
  }

  private Selection intersect(Block block) {
    Selection rows = block.selection();
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
    Selection rows = block.selection();
    int[] numbers = assign(block);
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

  @Override
  public void reset() {
    table = null;
    share.release();
    left.reset();
    right.reset();
  }

  @Override
  public void close() {
    table = null;
    share.release();
    left.close();
    right.close();
  }
}
