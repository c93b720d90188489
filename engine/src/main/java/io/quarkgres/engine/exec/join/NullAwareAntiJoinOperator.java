package io.quarkgres.engine.exec.join;

import io.quarkgres.engine.exec.ComputedColumns;
import io.quarkgres.engine.exec.DistinctKeys;
import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.exec.MemoryAccount;
import io.quarkgres.engine.exec.Operator;
import io.quarkgres.engine.exec.Overflow;
import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.engine.expr.key.KeyTable;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.Selection;

/**
 * Left rows for which {@code x NOT IN (right)} is true: all of them when the right side is empty;
 * none when it has a NULL; otherwise those whose key is neither NULL nor on the right. Where the
 * right keys do not fit, those that have no room wait, and so do left rows whose key is not there,
 * see {@link Overflow}.
 */
public final class NullAwareAntiJoinOperator implements Operator {
  private static final int LEFT = 0;
  private static final int RIGHT = 1;

  private final Operator left;
  private final Operator right;
  private final Evaluator rightKey;
  private final SqlType keyType;
  private final int[] outputs;
  private final boolean isRightFixed;
  private final ExecutionContext context;
  private final MemoryAccount.Share share;
  private final Overflow overflow;
  private final ComputedColumns kept;
  private final int keyPlace;
  private KeyTable table;
  private boolean isInPartition;
  private boolean isRightEmpty;
  private boolean hasNull;

  public NullAwareAntiJoinOperator(
      Operator left,
      Operator right,
      Evaluator leftKey,
      Evaluator rightKey,
      SqlType leftType,
      SqlType keyType,
      Layout[] leftLayouts,
      int[] outputs,
      boolean isRightFixed,
      ExecutionContext context) {
    this.left = left;
    this.right = right;
    this.rightKey = rightKey;
    this.keyType = keyType;
    this.outputs = outputs;
    this.isRightFixed = isRightFixed;
    this.context = context;
    this.share = context.memory().share();
    this.kept = new ComputedColumns(leftLayouts);
    this.keyPlace = kept.add(leftKey, leftType.layout());
    SqlType[] types = {keyType};
    this.overflow = new Overflow(types, context, kept.layouts(), new Layout[] {keyType.layout()});
  }

  @Override
  public Block next() {
    if (table == null) {
      build();
    }
    while (!hasNull) {
      context.checkInterruption();
      Block block = nextLeft();
      if (block == null) {
        if (!overflow.nextPartition()) {
          return null;
        }
        isInPartition = true;
        readWaiting();
        continue;
      }
      Selection rows = isRightEmpty ? block.selection() : unmatched(block);
      if (rows.count() > 0) {
        Column[] columns = new Column[outputs.length];
        for (int i = 0; i < columns.length; i++) {
          columns[i] = block.column(outputs[i]);
        }
        return new Block(columns, block.positionCount(), rows);
      }
    }
    return null;
  }

  /** Returns the next block of left rows, with their computed keys. */
  private Block nextLeft() {
    if (isInPartition) {
      return overflow.next(LEFT);
    }
    Block block = left.next();
    return block == null
        ? null
        : new Block(kept.of(block, context.frame()), block.positionCount(), block.selection());
  }

  private void build() {
    table = KeyTable.of(new SqlType[] {keyType}, new boolean[1]);
    isRightEmpty = true;
    hasNull = false;
    for (Block block = right.next(); block != null && !hasNull; block = right.next()) {
      context.checkInterruption();
      isRightEmpty = false;
      Selection rows = block.selection();
      Column key = rightKey.evaluate(block, rows, context.frame());
      hasNull = rows.withoutNulls(key.nulls()).count() < rows.count();
      assign(new Column[] {key}, rows, block.positionCount());
    }
  }

  /** Fills the table with the right keys of a partition. */
  private void readWaiting() {
    table = KeyTable.of(new SqlType[] {keyType}, new boolean[1]);
    share.set(0);
    for (Block block = overflow.next(RIGHT); block != null; block = overflow.next(RIGHT)) {
      assign(block.columns(), block.selection(), block.positionCount());
    }
  }

  private void assign(Column[] keys, Selection rows, int positions) {
    if (overflow.isFull(share.bytes())) {
      overflow.add(RIGHT, keys, DistinctKeys.unknown(table, keys, rows, positions), keys);
    } else {
      table.assign(keys, rows, new int[positions]);
      share.set(table.memoryBytes());
    }
  }

  /** Returns the rows that are sure to have no match; those that may have one wait. */
  private Selection unmatched(Block block) {
    Column[] keys = {block.column(keyPlace)};
    Selection rows = block.selection().withoutNulls(keys[0].nulls());
    Selection unknown = DistinctKeys.unknown(table, keys, rows, block.positionCount());
    if (!overflow.hasWaiting()) {
      return unknown;
    }
    overflow.add(LEFT, block.columns(), unknown, keys);
    return Selection.dense(0);
  }

  @Override
  public void reset() {
    left.reset();
    if (!isRightFixed || isInPartition || overflow.hasWaiting()) {
      right.reset();
      forget();
    }
  }

  private void forget() {
    table = null;
    isInPartition = false;
    overflow.close();
    share.release();
  }

  @Override
  public void close() {
    forget();
    left.close();
    right.close();
  }
}
