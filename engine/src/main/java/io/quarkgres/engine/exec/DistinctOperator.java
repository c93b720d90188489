package io.quarkgres.engine.exec;

import io.quarkgres.engine.expr.KeyTable;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Selection;

/** Distinct rows by all columns, in order of first appearance, as the input yields them. */
final class DistinctOperator implements Operator {
  private final Operator input;
  private final SqlType[] types;
  private final ExecutionContext context;
  private final MemoryAccount.Share share;
  private KeyTable seen;

  DistinctOperator(Operator input, SqlType[] types, ExecutionContext context) {
    this.input = input;
    this.types = types;
    this.context = context;
    this.share = context.memory().share();
  }

  @Override
  public Block next() {
    if (seen == null) {
      seen = KeyTable.ofGroups(types);
    }
    while (true) {
      context.checkInterruption();
      Block block = input.next();
      if (block == null) {
        return null;
      }
      Selection fresh = fresh(seen, block);
      share.set(seen.memoryBytes());
      if (fresh.count() > 0) {
        return block.select(fresh);
      }
    }
  }

  /** Adds a block's rows to a table of seen ones; returns those that were not there. */
  static Selection fresh(KeyTable seen, Block block) {
    Selection rows = block.selection();
    int[] numbers = new int[block.positionCount()];
    int known = seen.count();
    seen.assign(block.columns(), rows, numbers);
    int[] kept = new int[rows.count()];
    int n = 0;
    for (int i = 0; i < rows.count(); i++) {
      int position = rows.position(i);
      if (numbers[position] == known) {
        kept[n++] = position;
        known++;
      }
    }
    return n == rows.count() ? rows : new Selection(kept, n);
  }

  @Override
  public void reset() {
    seen = null;
    share.release();
    input.reset();
  }

  @Override
  public void close() {
    seen = null;
    share.release();
    input.close();
  }
}
