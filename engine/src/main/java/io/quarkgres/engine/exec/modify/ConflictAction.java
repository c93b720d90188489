package io.quarkgres.engine.exec.modify;

import io.quarkgres.engine.bind.tree.Modification;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.exec.Columns;
import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.exec.MemoryAccount;
import io.quarkgres.engine.exec.RowBuffer;
import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.engine.expr.Scope;
import io.quarkgres.engine.expr.key.KeyTable;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.LongColumn;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.index.KeyRange;
import io.quarkgres.spi.store.BlockCursor;
import io.quarkgres.spi.store.IsolationLevel;
import io.quarkgres.spi.store.LockOutcome;
import io.quarkgres.spi.store.RowLockMode;
import io.quarkgres.spi.store.Snapshot;
import io.quarkgres.spi.store.TableIndex;
import io.quarkgres.spi.store.UniqueConflict;
import io.quarkgres.spi.store.WaitPolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What ON CONFLICT does with a row whose key is there already. Used by one thread. */
final class ConflictAction {
  private final TableEntry table;
  private final Modification.Conflict conflict;
  private final Evaluator[] values;
  private final Evaluator where;
  private final RowConstraints constraints;
  private final ExecutionContext context;
  private final int[] changed;
  private final RowLockMode lockMode;
  private final KeyTable touched;
  private final MemoryAccount.Share share;
  private final ReferenceChecks.Referencing referencing;
  private final ReferenceChecks.Referenced referenced;

  /** What became of a row. */
  enum Outcome {
    /** It was left out. */
    SKIPPED,
    /** The existing row was updated. */
    UPDATED,
    /** The existing row is gone: insert again. */
    RETRY
  }

  ConflictAction(
      Modification.Insert insert,
      Modification.Conflict conflict,
      RowConstraints constraints,
      ModifyContext shared) {
    this.table = insert.table();
    this.conflict = conflict;
    this.constraints = constraints;
    this.context = shared.context();
    this.share = context.memory().share();
    List<OutputColumn> visible =
        new ArrayList<>(RowConstraints.targetColumnsWithRowId(table, insert.target(), context));
    visible.addAll(RowConstraints.targetColumnsWithRowId(table, conflict.excluded(), context));
    Scope scope = new Scope(shared.environment(), visible);
    this.values = scope.compileAll(conflict.values());
    this.where = conflict.where() == null ? null : scope.compile(conflict.where());
    this.changed = UpdateOperator.changedColumns(conflict.columns(), constraints, table);
    this.lockMode = UpdateOperator.lockMode(table, changed, context);
    SqlType rowId = context.catalog().types().byOid(Oids.INT8);
    this.touched = KeyTable.of(new SqlType[] {rowId}, new boolean[1]);
    this.referencing = shared.references().referencing(table);
    this.referenced = shared.references().referenced(table);
  }

  boolean isArbiter(TableIndex index) {
    if (conflict.arbiters().isEmpty()) {
      return true;
    }
    for (IndexEntry arbiter : conflict.arbiters()) {
      if (arbiter.index() == index) {
        return true;
      }
    }
    return false;
  }

  /** Tells whether a row that met another index's key has a conflict with an arbiter as well. */
  boolean hasArbiterConflict(Block rows, int position) {
    Block one = rows.select(new Selection(new int[] {position}, 1)).compact();
    try (Snapshot latest = context.transaction().latest()) {
      for (IndexEntry arbiter : conflict.arbiters()) {
        boolean qualifies = arbiter.index().spec().keys().qualifying(one).count() > 0;
        if (!qualifies) {
          continue;
        }
        Block keys = arbiter.index().spec().keys().keys(one);
        ByteSink key = new ByteSink(32);
        boolean hasNull = arbiter.index().spec().encoder().encode(keys, 0, key);
        if (hasNull) {
          continue;
        }
        KeyRange range = KeyRange.prefix(key.toByteArray());
        try (BlockCursor cursor = arbiter.index().scan(latest, range, false, new int[0])) {
          if (cursor.next() != null) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** The rows that RETURNING sees, in the order in which they were proposed. */
  static final class Result {
    private final RowBuffer buffer;
    private final KeyTable touched;
    private final boolean tracksRows;
    private Column[] built;

    private Result(Layout[] layouts, MemoryAccount.Share share, KeyTable touched, boolean tracks) {
      Layout[] withRowId = Arrays.copyOf(layouts, layouts.length + 1);
      withRowId[layouts.length] = Layout.INT64;
      this.buffer = new RowBuffer(withRowId, share);
      this.touched = touched;
      this.tracksRows = tracks;
    }

    void inserted(Block rows, Selection written, long[] rowIds) {
      if (written.count() == 0) {
        return;
      }
      long[] aligned = new long[rows.positionCount()];
      for (int i = 0; i < written.count(); i++) {
        aligned[written.position(i)] = rowIds[i];
      }
      Column ids = new LongColumn(aligned, null, aligned.length);
      Column[] columns = Arrays.copyOf(rows.columns(), rows.columns().length + 1);
      columns[columns.length - 1] = ids;
      buffer.append(columns, written);
      if (tracksRows) {
        touched.assign(new Column[] {ids}, written, new int[aligned.length]);
      }
    }

    private void updated(Column[] columns, long rowId) {
      Column[] all = Arrays.copyOf(columns, columns.length + 1);
      all[columns.length] = new LongColumn(new long[] {rowId}, null, 1);
      buffer.append(all, Selection.dense(1));
    }

    int count() {
      return buffer.count();
    }

    Column[] columns() {
      built = buffer.build();
      return Arrays.copyOf(built, built.length - 1);
    }

    long[] rowIds() {
      return ((LongColumn) built[built.length - 1]).values();
    }
  }

  Result begin(Layout[] layouts, int rows) {
    share.release();
    return new Result(layouts, share, touched, conflict.isUpdate() || !isReadCommitted());
  }

  private boolean isReadCommitted() {
    return context.transaction().isolation() == IsolationLevel.READ_COMMITTED;
  }

  /** Tells whether this statement has written a row. */
  private boolean isTouched(long rowId) {
    Column[] id = {new LongColumn(new long[] {rowId}, null, 1)};
    int[] number = new int[1];
    touched.find(id, Selection.dense(1), number);
    return number[0] != KeyTable.ABSENT;
  }

  /** Deals with the proposed row at a position. */
  Outcome resolve(Block rows, int position, UniqueConflict met, Result result) {
    long rowId = met.existingRowId();
    boolean isReadCommitted = isReadCommitted();
    if (!conflict.isUpdate()) {
      if (!isReadCommitted && !isVisible(rowId) && !isTouched(rowId)) {
        throw ConstraintErrors.concurrentUpdate();
      }
      return Outcome.SKIPPED;
    }
    if (isTouched(rowId)) {
      throw ConstraintErrors.affectedTwice();
    }
    LockOutcome outcome =
        table
            .store()
            .lock(context.transaction(), context.snapshot(), rowId, lockMode, WaitPolicy.WAIT);
    switch (outcome) {
      case LOCKED -> {
        if (!isReadCommitted && !isVisible(rowId)) {
          throw ConstraintErrors.concurrentUpdate();
        }
      }
      case CHANGED -> {
        if (!isReadCommitted) {
          throw ConstraintErrors.concurrentUpdate();
        }
      }
      case DELETED -> {
        if (!isReadCommitted) {
          throw ConstraintErrors.concurrentUpdate();
        }
        return Outcome.RETRY;
      }
      case SELF_MODIFIED, SKIPPED -> throw ConstraintErrors.affectedTwice();
    }
    return update(rows, position, rowId, result);
  }

  private boolean isVisible(long rowId) {
    Block found = table.store().fetch(context.snapshot(), new long[] {rowId}, 1, new int[0]);
    return found.rowCount() > 0;
  }

  private Outcome update(Block rows, int position, long rowId, Result result) {
    Column[] existing = newest(rowId);
    if (existing == null) {
      return Outcome.RETRY;
    }
    int width = existing.length;
    Column[] visible = new Column[2 * width + 2];
    System.arraycopy(existing, 0, visible, 0, width);
    visible[width] = new LongColumn(new long[] {rowId}, null, 1);
    for (int i = 0; i < width; i++) {
      visible[width + 1 + i] = rows.column(i).gather(new int[] {position}, 1);
    }
    visible[2 * width + 1] = visible[width];
    Block input = new Block(1, visible);
    if (where != null && where.select(input, input.selection(), context.frame()).count() == 0) {
      return Outcome.SKIPPED;
    }
    Column[] image = existing.clone();
    for (int i = 0; i < values.length; i++) {
      image[conflict.columns().get(i)] =
          values[i].evaluate(input, input.selection(), context.frame());
    }
    constraints.generate(image, 1);
    Block newRow = new Block(1, image);
    RowConstraints.Failure failure = constraints.firstFailure(newRow);
    if (failure != null) {
      throw failure.error();
    }
    UniqueConflict second = new UniqueConflict();
    long[] ids = {rowId};
    Block changes = new Block(1, Columns.pick(image, changed));
    if (table.store().update(context.transaction(), ids, changed, changes, second) < 1) {
      throw ModifyOperator.uniqueViolation(second.index(), newRow, 0, table, context);
    }
    touched.assign(new Column[] {new LongColumn(ids, null, 1)}, Selection.dense(1), new int[1]);
    referencing.addChanged(existing, image, changed, 1);
    referenced.addChanged(existing, image, changed, 1);
    result.updated(image, rowId);
    return Outcome.UPDATED;
  }

  /** Returns the newest version of a row, or {@code null} when it is not visible even there. */
  private Column[] newest(long rowId) {
    int width = table.columns().size();
    try (Snapshot latest = context.transaction().latest()) {
      Block row = table.store().fetch(latest, new long[] {rowId}, 1, Columns.all(width));
      return row.rowCount() == 0 ? null : row.compact().columns();
    }
  }
}
