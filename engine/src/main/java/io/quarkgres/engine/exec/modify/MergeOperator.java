package io.quarkgres.engine.exec.modify;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Modification;
import io.quarkgres.engine.bind.tree.Modification.MergeAction;
import io.quarkgres.engine.exec.DistinctKeys;
import io.quarkgres.engine.exec.Operator;
import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.engine.expr.Scope;
import io.quarkgres.engine.expr.key.KeyTable;
import io.quarkgres.engine.plan.Plan;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Selection;
import java.util.ArrayList;
import java.util.List;

/**
 * MERGE: gives each row of the source to the first WHEN clause that takes it. The changes are made
 * by the operators of UPDATE, DELETE and INSERT. What a concurrent change does to a match cannot be
 * judged row by row, so the statement is run again after one.
 */
public final class MergeOperator extends ModifyOperator {
  private final Step[] steps;
  private final int rowIdPosition;
  private final KeyTable touched;

  /**
   * A WHEN clause.
   *
   * @param condition the further condition, or {@code null}
   * @param change what makes the change, {@code null} for DO NOTHING
   */
  private record Step(boolean isMatched, Evaluator condition, ModifyOperator change) {}

  public MergeOperator(
      Plan.Modify plan, Modification.Merge merge, Operator source, ModifyContext shared) {
    super(plan, merge, source, shared);
    Scope scope = new Scope(shared.environment(), sourceColumns);
    List<Step> list = new ArrayList<>();
    for (MergeAction action : merge.actions()) {
      BoundExpr condition = action.condition();
      list.add(
          new Step(
              action.isMatched(),
              condition == null ? null : scope.compile(condition),
              change(plan, merge, action)));
    }
    this.steps = list.toArray(new Step[0]);
    this.rowIdPosition = new TargetRows(table, merge.scan(), sourceColumns).rowIdPosition();
    SqlType rowId = context.catalog().types().byOid(Oids.INT8);
    this.touched = KeyTable.of(new SqlType[] {rowId}, new boolean[1]);
  }

  private ModifyOperator change(Plan.Modify plan, Modification.Merge merge, MergeAction action) {
    return switch (action) {
      case MergeAction.Update a ->
          new UpdateOperator(
              plan,
              new Modification.Update(
                  merge.table(),
                  merge.target(),
                  merge.source(),
                  merge.scan(),
                  a.columns(),
                  a.values(),
                  merge.generated(),
                  merge.checks(),
                  false,
                  null,
                  List.of()),
              source,
              shared);
      case MergeAction.Delete a ->
          new DeleteOperator(
              plan,
              new Modification.Delete(
                  merge.table(),
                  merge.target(),
                  merge.source(),
                  merge.scan(),
                  false,
                  null,
                  List.of()),
              source,
              shared);
      case MergeAction.Insert a ->
          new InsertOperator(
              plan,
              new Modification.Insert(
                  merge.table(),
                  merge.target(),
                  merge.source(),
                  List.of(),
                  a.values(),
                  merge.generated(),
                  merge.checks(),
                  null,
                  List.of()),
              source,
              shared);
      case MergeAction.Nothing a -> null;
    };
  }

  @Override
  public boolean mayRestart() {
    return true;
  }

  @Override
  Block modify(Block block) {
    Column rowIds = block.column(rowIdPosition);
    Selection matched = block.selection().withoutNulls(rowIds.nulls());
    Selection unmatched = without(block.selection(), matched);
    for (Step step : steps) {
      Selection rest = step.isMatched() ? matched : unmatched;
      if (rest.count() == 0) {
        continue;
      }
      Selection taken =
          step.condition() == null ? rest : step.condition().select(block, rest, context.frame());
      if (step.isMatched()) {
        matched = without(rest, taken);
      } else {
        unmatched = without(rest, taken);
      }
      if (step.change() != null && taken.count() > 0) {
        change(step, block, rowIds, taken);
      }
    }
    return null;
  }

  private void change(Step step, Block block, Column rowIds, Selection taken) {
    if (step.isMatched()) {
      Block keys = new Block(new Column[] {rowIds}, block.positionCount(), taken);
      if (DistinctKeys.fresh(touched, keys).count() < taken.count()) {
        throw ConstraintErrors.mergedTwice();
      }
    }
    long before = step.change().affectedRows();
    step.change().modify(block.select(taken));
    addAffected(step.change().affectedRows() - before);
  }

  /** Returns the positions of a selection that are not in another, both ascending. */
  private static Selection without(Selection all, Selection some) {
    int[] rest = new int[all.count()];
    int n = 0;
    int next = 0;
    for (int i = 0; i < all.count(); i++) {
      int position = all.position(i);
      if (next < some.count() && some.position(next) == position) {
        next++;
      } else {
        rest[n++] = position;
      }
    }
    return new Selection(rest, n);
  }
}
