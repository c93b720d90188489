package io.quarkgres.engine.exec.modify;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Modification;
import io.quarkgres.engine.exec.Operator;
import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.engine.expr.Scope;
import io.quarkgres.engine.plan.Plan;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.store.UniqueConflict;
import java.util.Arrays;

/** INSERT, with or without ON CONFLICT. */
public final class InsertOperator extends ModifyOperator {
  private final Evaluator[] defaults;
  private final int[] sourceOf;
  private final RowConstraints constraints;
  private final ConflictAction conflictAction;
  private final ReferenceChecks.Referencing references;
  private final ReferenceChecks.LateKeys lateKeys;
  private final UniqueConflict conflict = new UniqueConflict();

  public InsertOperator(
      Plan.Modify plan, Modification.Insert insert, Operator source, ModifyContext shared) {
    super(plan, insert, source, shared);
    int width = table.columns().size();
    this.sourceOf = new int[width];
    Arrays.fill(sourceOf, -1);
    for (int i = 0; i < insert.columns().size(); i++) {
      sourceOf[insert.columns().get(i)] = i;
    }
    this.constraints =
        new RowConstraints(
            table,
            insert.target(),
            insert.generated(),
            insert.checks(),
            shared.environment(),
            context);
    this.defaults = new Evaluator[width];
    Scope scope = new Scope(shared.environment(), sourceColumns);
    for (int i = 0; i < width; i++) {
      BoundExpr value = insert.defaults().get(i);
      boolean isDefault = sourceOf[i] < 0 && !constraints.isGenerated(i);
      defaults[i] = isDefault && value != null ? scope.compile(value) : null;
    }
    this.conflictAction =
        insert.conflict() == null
            ? null
            : new ConflictAction(insert, insert.conflict(), constraints, shared);
    this.references = shared.references().referencing(table);
    this.lateKeys = shared.references().lateKeys(table);
  }

  @Override
  Block modify(Block input) {
    Block block = input.compact();
    int n = block.positionCount();
    Column[] columns = new Column[table.columns().size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = column(i, block);
    }
    constraints.generate(columns, n);
    Block rows = new Block(n, columns);
    RowConstraints.Failure failure = constraints.firstFailure(rows);
    // rows before a bad one are written first, because they may have an error of their own
    int good = failure == null ? n : failure.position();
    Block returned = conflictAction == null ? insertAll(rows, good) : insertSome(rows, good);
    if (failure != null) {
      throw failure.error();
    }
    return returned;
  }

  private Column column(int i, Block block) {
    if (sourceOf[i] >= 0) {
      return block.column(sourceOf[i]);
    }
    if (defaults[i] != null) {
      return defaults[i].evaluate(block, block.selection(), context.frame());
    }
    Layout layout = table.store().columns().get(i);
    return ColumnBuilder.nulls(layout, block.positionCount());
  }

  private Block insertAll(Block rows, int count) {
    Block written = count == rows.positionCount() ? rows : rows.select(Selection.dense(count));
    long[] rowIds = new long[count];
    int done = table.store().insert(context.transaction(), written, rowIds, conflict);
    if (done < count) {
      throw uniqueViolation(conflict.index(), rows, conflict.position());
    }
    addAffected(count);
    lateKeys.addAll(rowIds, count);
    references.addAll(rows.columns(), written.selection());
    return returned(rows.columns(), rowIds, null, count);
  }

  /** Inserts row by row where there are conflicts, and does with those what ON CONFLICT says. */
  private Block insertSome(Block rows, int count) {
    Layout[] layouts = table.store().columns().toArray(new Layout[0]);
    ConflictAction.Result result = conflictAction.begin(layouts, count);
    int next = 0;
    while (next < count) {
      int[] rest = new int[count - next];
      for (int i = 0; i < rest.length; i++) {
        rest[i] = next + i;
      }
      long[] rowIds = new long[rest.length];
      Selection selection = new Selection(rest, rest.length);
      int done =
          table.store().insert(context.transaction(), rows.select(selection), rowIds, conflict);
      Selection written = new Selection(rest, done);
      result.inserted(rows, written, rowIds);
      references.addAll(rows.columns(), written);
      addAffected(done);
      next += done;
      if (next < count) {
        if (!conflictAction.isArbiter(conflict.index())
            && !conflictAction.hasArbiterConflict(rows, next)) {
          throw uniqueViolation(conflict.index(), rows, next);
        }
        ConflictAction.Outcome outcome = conflictAction.resolve(rows, next, conflict, result);
        addAffected(outcome == ConflictAction.Outcome.UPDATED ? 1 : 0);
        next += outcome == ConflictAction.Outcome.RETRY ? 0 : 1;
      }
    }
    int n = result.count();
    return hasReturning() && n > 0 ? returned(result.columns(), result.rowIds(), null, n) : null;
  }
}
