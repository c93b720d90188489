package io.quarkgres.engine.exec.modify;

import io.quarkgres.engine.bind.tree.Modification;
import io.quarkgres.engine.exec.BlockConcat;
import io.quarkgres.engine.exec.Operator;
import io.quarkgres.engine.expr.Scope;
import io.quarkgres.engine.plan.Plan;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.store.RowLockMode;
import java.util.ArrayList;
import java.util.List;

/** DELETE. */
public final class DeleteOperator extends ModifyOperator {
  private final Modification.Delete delete;
  private final TargetRows target;
  private final RowLocker locker;
  private final ReferenceChecks.Referenced referenced;

  public DeleteOperator(
      Plan.Modify plan, Modification.Delete delete, Operator source, ModifyContext shared) {
    super(plan, delete, source, shared);
    this.delete = delete;
    Scope scope = new Scope(shared.environment(), sourceColumns);
    this.target = new TargetRows(table, delete.scan(), sourceColumns);
    this.locker =
        new RowLocker(
            table,
            target,
            RowLockMode.UPDATE,
            delete.isRecheckable(),
            delete.recheck() == null ? null : scope.compile(delete.recheck()),
            context);
    this.referenced = shared.references().referenced(table);
  }

  @Override
  public boolean mayRestart() {
    return !delete.isRecheckable();
  }

  @Override
  Block modify(Block block) {
    List<Block> returned = new ArrayList<>(1);
    for (Block rows : locker.lock(block)) {
      Block result = remove(rows);
      if (result != null) {
        returned.add(result);
      }
    }
    return BlockConcat.of(returned);
  }

  private Block remove(Block rows) {
    int n = rows.positionCount();
    long[] rowIds = target.rowIds(rows);
    Column[] old = null;
    if (hasReturning() || referenced.isNeeded()) {
      old = target.columns(rows, rowIds, context.transaction());
    }
    table.store().delete(context.transaction(), rowIds, n);
    addAffected(n);
    if (referenced.isNeeded()) {
      referenced.addRemoved(old, n);
    }
    return hasReturning() ? returned(old, rowIds, rows.columns(), n) : null;
  }
}
