package io.quarkgres.engine.exec.modify;

import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.exec.BlockConcat;
import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.exec.Operator;
import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.engine.plan.Plan;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.LongColumn;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.error.Invariant;
import io.quarkgres.spi.store.IsolationLevel;
import io.quarkgres.spi.store.LockOutcome;
import io.quarkgres.spi.store.Snapshot;
import io.quarkgres.spi.store.WaitPolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** SELECT FOR UPDATE and its like: locks the base rows that each row comes from. */
public final class LockRowsOperator implements Operator {
  private final Operator input;
  private final Plan.LockRows plan;
  private final Evaluator recheck;
  private final ExecutionContext context;
  private final boolean isOneByOne;
  private Block pending;
  private int pendingIndex;
  private final int[] rowIdColumns;
  private final int[][] ownPositions; // by lock: which input columns are the table's
  private final int[][] ownColumns; // by lock: and which of its columns they are

  /**
   * Makes one.
   *
   * @param isOneByOne whether rows are locked and yielded one by one, because a limit above may
   *     stop after any of them: no row may be locked that is not yielded
   */
  public LockRowsOperator(
      Operator input,
      Plan.LockRows plan,
      Evaluator recheck,
      boolean isOneByOne,
      ExecutionContext context) {
    this.input = input;
    this.plan = plan;
    this.recheck = recheck;
    this.isOneByOne = isOneByOne;
    this.context = context;
    int n = plan.locks().size();
    this.rowIdColumns = new int[n];
    this.ownPositions = new int[n][];
    this.ownColumns = new int[n][];
    for (int i = 0; i < n; i++) {
      locate(i, plan.locks().get(i));
    }
  }

  private void locate(int lock, Relation.RowLock rowLock) {
    List<OutputColumn> outputs = plan.input().outputs();
    int rowId = -1;
    int[] positions = new int[outputs.size()];
    int[] columns = new int[outputs.size()];
    int n = 0;
    for (int i = 0; i < positions.length; i++) {
      OutputColumn output = outputs.get(i);
      if (output.relation() != rowLock.relation()) {
        continue;
      }
      if (output.column() == rowLock.table().columns().size()) {
        rowId = i;
      } else {
        positions[n] = i;
        columns[n++] = output.column();
      }
    }
    Invariant.check(rowId >= 0, "an input of row locks yields row ids");
    rowIdColumns[lock] = rowId;
    ownPositions[lock] = Arrays.copyOf(positions, n);
    ownColumns[lock] = Arrays.copyOf(columns, n);
  }

  @Override
  public Block next() {
    while (true) {
      context.checkInterruption();
      Block block = isOneByOne ? nextRow() : input.next();
      if (block == null) {
        return null;
      }
      Block locked = lock(block);
      if (locked != null) {
        return locked;
      }
    }
  }

  private Block nextRow() {
    if (pending == null || pendingIndex == pending.rowCount()) {
      pending = input.next();
      pendingIndex = 0;
    }
    if (pending == null) {
      return null;
    }
    int position = pending.selection().position(pendingIndex++);
    return pending.select(new Selection(new int[] {position}, 1));
  }

  private Block lock(Block block) {
    Selection rows = block.selection();
    int[] kept = new int[rows.count()];
    int n = 0;
    List<Block> parts = new ArrayList<>(1);
    for (int i = 0; i < rows.count(); i++) {
      int position = rows.position(i);
      long changed = lockRow(block, position);
      if (changed == 0) {
        kept[n++] = position;
      } else if (changed > 0) {
        Block renewed = renewed(block, position, changed);
        if (renewed != null) {
          // rows keep their order: what came before stands before
          if (n > 0) {
            parts.add(block.select(new Selection(Arrays.copyOf(kept, n), n)));
            n = 0;
          }
          parts.add(renewed);
        }
      }
    }
    if (n > 0) {
      parts.add(n == rows.count() ? block : block.select(new Selection(kept, n)));
    }
    return BlockConcat.of(parts);
  }

  /**
   * Locks what one row comes from.
   *
   * @return a bit for each lock whose row has changed since the snapshot; -1 when the row is out
   */
  private long lockRow(Block block, int position) {
    long changed = 0;
    for (int i = 0; i < rowIdColumns.length; i++) {
      LongColumn rowIds = (LongColumn) block.column(rowIdColumns[i]);
      if (rowIds.isNull(position)) {
        continue; // the NULL side of an outer join
      }
      switch (lock(plan.locks().get(i), rowIds.values()[position])) {
        case LOCKED -> {}
        case CHANGED -> {
          if (!isReadCommitted()) {
            throw ConstraintErrors.concurrentUpdate();
          }
          changed |= 1L << i;
        }
        case DELETED -> {
          if (!isReadCommitted()) {
            throw ConstraintErrors.concurrentDelete();
          }
          return -1;
        }
        case SELF_MODIFIED, SKIPPED -> {
          return -1;
        }
      }
    }
    return changed;
  }

  private boolean isReadCommitted() {
    return context.transaction().isolation() == IsolationLevel.READ_COMMITTED;
  }

  private LockOutcome lock(Relation.RowLock lock, long rowId) {
    TableEntry table = lock.table();
    boolean isNoWait = lock.policy() == WaitPolicy.ERROR;
    // the storage knows no names, so that NOWAIT's error is made here
    WaitPolicy policy = isNoWait ? WaitPolicy.SKIP : lock.policy();
    LockOutcome outcome =
        table.store().lock(context.transaction(), context.snapshot(), rowId, lock.mode(), policy);
    if (isNoWait && outcome == LockOutcome.SKIPPED) {
      throw ConstraintErrors.lockNotAvailable(table.name());
    }
    return outcome;
  }

  /** Returns the row over the newest versions of what changed, if it still qualifies. */
  private Block renewed(Block block, int position, long changed) {
    Block old = block.select(new Selection(new int[] {position}, 1)).compact();
    Column[] columns = old.columns().clone();
    try (Snapshot latest = context.transaction().latest()) {
      for (int i = 0; i < rowIdColumns.length; i++) {
        if ((changed >> i & 1) == 0) {
          continue;
        }
        long[] rowId = {((LongColumn) old.column(rowIdColumns[i])).values()[0]};
        TableEntry table = plan.locks().get(i).table();
        Block row = table.store().fetch(latest, rowId, 1, ownColumns[i]);
        if (row.rowCount() == 0) {
          return null;
        }
        Block dense = row.compact();
        for (int c = 0; c < ownPositions[i].length; c++) {
          columns[ownPositions[i][c]] = dense.column(c);
        }
      }
    }
    Block result = new Block(1, columns);
    boolean isOut =
        recheck != null && recheck.select(result, result.selection(), context.frame()).count() == 0;
    return isOut ? null : result;
  }

  @Override
  public void reset() {
    pending = null;
    input.reset();
  }

  @Override
  public void close() {
    pending = null;
    input.close();
  }
}
