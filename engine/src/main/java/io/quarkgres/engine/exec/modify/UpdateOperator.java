package io.quarkgres.engine.exec.modify;

import io.quarkgres.engine.bind.tree.Modification;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.exec.BlockConcat;
import io.quarkgres.engine.exec.Columns;
import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.exec.Operator;
import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.engine.expr.Scope;
import io.quarkgres.engine.plan.Plan;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.store.RowLockMode;
import io.quarkgres.spi.store.UniqueConflict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** UPDATE. */
public final class UpdateOperator extends ModifyOperator {
  private final Modification.Update update;
  private final Evaluator[] values;
  private final RowConstraints constraints;
  private final int[] changed;
  private final TargetRows target;
  private final RowLocker locker;
  private final ReferenceChecks.Referencing referencing;
  private final ReferenceChecks.Referenced referenced;
  private final ReferenceChecks.LateKeys lateKeys;
  private final UniqueConflict conflict = new UniqueConflict();

  public UpdateOperator(
      Plan.Modify plan, Modification.Update update, Operator source, ModifyContext shared) {
    super(plan, update, source, shared);
    this.update = update;
    Scope scope = new Scope(shared.environment(), sourceColumns);
    this.values = scope.compileAll(update.values());
    this.constraints =
        new RowConstraints(
            table,
            update.target(),
            update.generated(),
            update.checks(),
            shared.environment(),
            context);
    this.changed = changedColumns(update.columns(), constraints, table);
    this.target = new TargetRows(table, update.scan(), sourceColumns);
    this.locker =
        new RowLocker(
            table,
            target,
            lockMode(table, changed, context),
            update.isRecheckable(),
            update.recheck() == null ? null : scope.compile(update.recheck()),
            context);
    this.referencing = shared.references().referencing(table);
    this.referenced = shared.references().referenced(table);
    this.lateKeys = shared.references().lateKeys(table);
  }

  /** Returns the columns that are written: those that are set and the generated ones. */
  static int[] changedColumns(List<Integer> set, RowConstraints constraints, TableEntry table) {
    int[] result = new int[table.columns().size()];
    int n = 0;
    for (int i = 0; i < result.length; i++) {
      if (set.contains(i) || constraints.isGenerated(i)) {
        result[n++] = i;
      }
    }
    return Arrays.copyOf(result, n);
  }

  /** Returns how strongly rows are locked: a column of a unique key asks for the strongest. */
  static RowLockMode lockMode(TableEntry table, int[] changed, ExecutionContext context) {
    for (IndexEntry index : context.catalog().indexesOf(table.oid())) {
      if (!index.isUnique() || index.predicateSql() != null) {
        continue;
      }
      for (IndexEntry.Key key : index.keys()) {
        if (Arrays.binarySearch(changed, key.column() - 1) >= 0) {
          return RowLockMode.UPDATE;
        }
      }
    }
    return RowLockMode.NO_KEY_UPDATE;
  }

  @Override
  public boolean mayRestart() {
    return !update.isRecheckable();
  }

  @Override
  Block modify(Block block) {
    List<Block> returned = new ArrayList<>(1);
    for (Block rows : locker.lock(block)) {
      Block result = change(rows);
      if (result != null) {
        returned.add(result);
      }
    }
    return BlockConcat.of(returned);
  }

  /** Updates locked rows, which lie densely. */
  private Block change(Block rows) {
    int n = rows.positionCount();
    long[] rowIds = target.rowIds(rows);
    Column[] old = target.columns(rows, rowIds, context.transaction());
    Column[] image = old.clone();
    for (int i = 0; i < values.length; i++) {
      image[update.columns().get(i)] = values[i].evaluate(rows, rows.selection(), context.frame());
    }
    constraints.generate(image, n);
    Block newRows = new Block(n, image);
    RowConstraints.Failure failure = constraints.firstFailure(newRows);
    int good = failure == null ? n : failure.position();
    Block changes = new Block(Columns.pick(image, changed), n, newRows.selection());
    if (good < n) {
      changes = changes.select(Selection.dense(good));
    }
    int done = table.store().update(context.transaction(), rowIds, changed, changes, conflict);
    if (done < good) {
      throw uniqueViolation(conflict.index(), newRows, conflict.position());
    }
    if (failure != null) {
      throw failure.error();
    }
    addAffected(n);
    lateKeys.addChanged(rowIds, n, changed);
    referencing.addChanged(old, image, changed, n);
    referenced.addChanged(old, image, changed, n);
    return returned(image, rowIds, rows.columns(), n);
  }
}
