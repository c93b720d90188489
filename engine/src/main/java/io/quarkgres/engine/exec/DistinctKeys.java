package io.quarkgres.engine.exec;

import io.quarkgres.engine.expr.key.KeyTable;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.Selection;

/**
 * Finds the rows whose columns all come for the first time. Those that the table of seen ones has
 * no room for wait until the end. Used by one thread.
 */
public final class DistinctKeys {
  private static final Selection NONE = Selection.dense(0);

  private final SqlType[] types;
  private final MemoryAccount.Share share;
  private final Overflow overflow;
  private KeyTable seen;

  public DistinctKeys(SqlType[] types, ExecutionContext context) {
    this.types = types;
    this.share = context.memory().share();
    Layout[] layouts = new Layout[types.length];
    for (int i = 0; i < types.length; i++) {
      layouts[i] = types[i].layout();
    }
    this.overflow = new Overflow(types, context, layouts);
    this.seen = KeyTable.ofGroups(types);
  }

  /** Adds a block's rows; returns those that were not there, of which some may wait. */
  public Selection fresh(Block block) {
    if (overflow.isFull(share.bytes())) {
      Selection unknown = unknown(seen, block.columns(), block.selection(), block.positionCount());
      overflow.add(0, block.columns(), unknown, block.columns());
      return NONE;
    }
    Selection result = fresh(seen, block);
    share.set(seen.memoryBytes());
    return result;
  }

  /** Returns the next block with rows that waited and were not there; {@code null} at the end. */
  public Block waiting() {
    while (true) {
      Block block = overflow.next(0);
      if (block == null) {
        if (!overflow.nextPartition()) {
          return null;
        }
        seen = KeyTable.ofGroups(types);
        share.set(0);
        continue;
      }
      Selection fresh = fresh(block);
      if (fresh.count() > 0) {
        return block.select(fresh);
      }
    }
  }

  /** Returns the rows whose keys are not in a table. */
  public static Selection unknown(KeyTable table, Column[] keys, Selection rows, int positions) {
    int[] numbers = new int[positions];
    table.find(keys, rows, numbers);
    int[] kept = new int[rows.count()];
    int n = 0;
    for (int i = 0; i < rows.count(); i++) {
      int position = rows.position(i);
      kept[n] = position;
      n += numbers[position] == KeyTable.ABSENT ? 1 : 0;
    }
    return n == rows.count() ? rows : new Selection(kept, n);
  }

  /** Adds a block's rows to a table of seen ones; returns those that were not there. */
  public static Selection fresh(KeyTable seen, Block block) {
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

  public void describe(OperatorStatistics statistics) {
    overflow.describe(statistics, share.peak());
  }

  /** Lets go of everything. */
  public void close() {
    overflow.close();
    share.release();
  }
}
