package io.quarkgres.engine.exec.modify;

import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.exec.Columns;
import io.quarkgres.engine.exec.DistinctKeys;
import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.exec.RestartStatement;
import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.engine.expr.key.KeyTable;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.store.IsolationLevel;
import io.quarkgres.spi.store.RowLockMode;
import io.quarkgres.spi.store.Snapshot;
import io.quarkgres.spi.store.WaitPolicy;
import java.util.ArrayList;
import java.util.List;

/**
 * Locks the rows that an UPDATE or DELETE is to change, each once, and re-reads and re-checks those
 * that changed while it waited (manual, section 13.2.1). Used by one thread.
 */
final class RowLocker {
  private final TableEntry table;
  private final TargetRows target;
  private final RowLockMode mode;
  private final boolean isRecheckable;
  private final Evaluator recheck;
  private final ExecutionContext context;
  private final KeyTable seen;

  RowLocker(
      TableEntry table,
      TargetRows target,
      RowLockMode mode,
      boolean isRecheckable,
      Evaluator recheck,
      ExecutionContext context) {
    this.table = table;
    this.target = target;
    this.mode = mode;
    this.isRecheckable = isRecheckable;
    this.recheck = recheck;
    this.context = context;
    SqlType rowId = context.catalog().types().byOid(Oids.INT8);
    this.seen = KeyTable.of(new SqlType[] {rowId}, new boolean[1]);
  }

  /** Returns dense blocks of source rows whose target rows are locked, as they are now. */
  List<Block> lock(Block block) {
    Selection rows = fresh(block);
    long[] rowIds = target.rowIds(block);
    int[] locked = new int[rows.count()];
    int n = 0;
    List<Block> changed = new ArrayList<>(0);
    for (int i = 0; i < rows.count(); i++) {
      int position = rows.position(i);
      long rowId = rowIds[position];
      switch (table
          .store()
          .lock(context.transaction(), context.snapshot(), rowId, mode, WaitPolicy.WAIT)) {
        case LOCKED -> locked[n++] = position;
        case CHANGED -> {
          Block newest = newest(block, position, rowId);
          if (newest != null) {
            changed.add(newest);
          }
        }
        case DELETED -> {
          if (context.transaction().isolation() != IsolationLevel.READ_COMMITTED) {
            throw ConstraintErrors.concurrentDelete();
          }
          if (!isRecheckable) {
            throw new RestartStatement();
          }
        }
        case SELF_MODIFIED, SKIPPED -> {
          // this command has changed the row already: the first change stands
        }
      }
    }
    if (n > 0) {
      Selection kept = n == block.rowCount() ? block.selection() : new Selection(locked, n);
      changed.add(0, block.select(kept).compact());
    }
    return changed;
  }

  /** Returns the rows whose target comes for the first time in this statement. */
  private Selection fresh(Block block) {
    Column[] rowId = {block.column(target.rowIdPosition())};
    Selection rows = block.selection().withoutNulls(rowId[0].nulls());
    return DistinctKeys.fresh(seen, new Block(rowId, block.positionCount(), rows));
  }

  /** Returns the source row over the newest version of its target, if it still qualifies. */
  private Block newest(Block block, int position, long rowId) {
    if (context.transaction().isolation() != IsolationLevel.READ_COMMITTED) {
      throw ConstraintErrors.concurrentUpdate();
    }
    if (!isRecheckable) {
      throw new RestartStatement();
    }
    int width = table.columns().size();
    try (Snapshot latest = context.transaction().latest()) {
      Block row = table.store().fetch(latest, new long[] {rowId}, 1, Columns.all(width));
      if (row.rowCount() == 0) {
        return null;
      }
      Block old = block.select(new Selection(new int[] {position}, 1)).compact();
      Column[] columns = target.withTarget(old.columns(), row.compact().columns());
      Block renewed = new Block(1, columns);
      boolean isOut =
          recheck != null
              && recheck.select(renewed, renewed.selection(), context.frame()).count() == 0;
      return isOut ? null : renewed;
    }
  }
}
