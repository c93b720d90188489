package io.quarkgres.engine.exec;

import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.engine.expr.KeyTable;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Selection;

/**
 * Left rows for which {@code x NOT IN (right)} is true: all of them when the right side is empty;
 * none when it has a NULL; otherwise those whose key is neither NULL nor on the right.
 */
final class NullAwareAntiJoinOperator implements Operator {
  private final Operator left;
  private final Operator right;
  private final Evaluator leftKey;
  private final Evaluator rightKey;
  private final SqlType keyType;
  private final int[] outputs;
  private final boolean isRightFixed;
  private final ExecutionContext context;
  private final MemoryAccount.Share share;
  private KeyTable table;
  private boolean isRightEmpty;
  private boolean hasNull;

  NullAwareAntiJoinOperator(
      Operator left,
      Operator right,
      Evaluator leftKey,
      Evaluator rightKey,
      SqlType keyType,
      int[] outputs,
      boolean isRightFixed,
      ExecutionContext context) {
    this.left = left;
    this.right = right;
    this.leftKey = leftKey;
    this.rightKey = rightKey;
    this.keyType = keyType;
    this.outputs = outputs;
    this.isRightFixed = isRightFixed;
    this.context = context;
    this.share = context.memory().share();
  }

  @Override
  public Block next() {
    if (table == null) {
      build();
    }
    while (!hasNull) {
      context.checkInterruption();
      Block block = left.next();
      if (block == null) {
        return null;
      }
      Selection kept = isRightEmpty ? block.selection() : unmatched(block);
      if (kept.count() > 0) {
        Column[] columns = new Column[outputs.length];
        for (int i = 0; i < columns.length; i++) {
          columns[i] = block.column(outputs[i]);
        }
        return new Block(columns, block.positionCount(), kept);
      }
    }
    return null;
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
      table.assign(new Column[] {key}, rows, new int[block.positionCount()]);
      share.set(table.memoryBytes());
    }
  }

  private Selection unmatched(Block block) {
    Column key = leftKey.evaluate(block, block.selection(), context.frame());
    Selection rows = block.selection().withoutNulls(key.nulls());
    int[] numbers = new int[block.positionCount()];
    table.find(new Column[] {key}, rows, numbers);
    int[] kept = new int[rows.count()];
    int n = 0;
    for (int i = 0; i < rows.count(); i++) {
      int position = rows.position(i);
      kept[n] = position;
      n += numbers[position] == KeyTable.ABSENT ? 1 : 0;
    }
    return new Selection(kept, n);
  }

  @Override
  public void reset() {
    left.reset();
    if (!isRightFixed) {
      right.reset();
      table = null;
      share.release();
    }
  }

  @Override
  public void close() {
    table = null;
    share.release();
    left.close();
    right.close();
  }
}
