package io.quarkgres.engine.exec.build;

import io.quarkgres.engine.bind.tree.Modification;
import io.quarkgres.engine.exec.Operator;
import io.quarkgres.engine.exec.modify.DeleteOperator;
import io.quarkgres.engine.exec.modify.InsertOperator;
import io.quarkgres.engine.exec.modify.LockRowsOperator;
import io.quarkgres.engine.exec.modify.MergeOperator;
import io.quarkgres.engine.exec.modify.ModifyContext;
import io.quarkgres.engine.exec.modify.ModifyOperator;
import io.quarkgres.engine.exec.modify.ReferenceChecks;
import io.quarkgres.engine.exec.modify.UpdateOperator;
import io.quarkgres.engine.plan.Plan;

/** Makes the operators that lock and change rows. One an execution, used by one thread. */
final class ModificationBuilder {
  private final OperatorBuilder builder;
  private final ModifyContext context;
  private final Plan.Modify top;
  private ModifyOperator topOperator;
  private int count;
  private boolean needsRestart;

  ModificationBuilder(OperatorBuilder builder, Plan plan) {
    this.builder = builder;
    this.context =
        new ModifyContext(
            builder.context(),
            builder.environment(),
            new ReferenceChecks(builder.context(), builder.environment()));
    this.top = topModification(plan);
  }

  /** Returns how many modifications are built so far. */
  int count() {
    return count;
  }

  /** Tells whether the statement may have to be run again after a wait. */
  boolean needsRestart() {
    return needsRestart;
  }

  /** Returns how many rows the statement's own modification changed so far. */
  long affectedRows() {
    return topOperator == null ? 0 : topOperator.affectedRows();
  }

  /** Returns the checks of references of all modifications. */
  ReferenceChecks references() {
    return context.references();
  }

  Operator lockRows(Plan.LockRows p) {
    return new LockRowsOperator(
        builder.build(p.input()),
        p,
        builder.compile(p.recheck(), p.input().outputs()),
        builder.isLimited(),
        context.context());
  }

  Operator modify(Plan.Modify p) {
    count++;
    ModifyOperator operator =
        switch (p.modification()) {
          case Modification.Insert m ->
              new InsertOperator(p, m, builder.build(p.source()), context);
          case Modification.Update m ->
              new UpdateOperator(p, m, builder.build(p.source()), context);
          case Modification.Delete m ->
              new DeleteOperator(p, m, builder.build(p.source()), context);
          case Modification.Merge m -> new MergeOperator(p, m, builder.build(p.source()), context);
        };
    needsRestart |= operator.mayRestart();
    if (p == top) {
      topOperator = operator;
    }
    return operator;
  }

  private static Plan.Modify topModification(Plan plan) {
    Plan current = plan;
    while (true) {
      if (current instanceof Plan.Modify modify) {
        return modify;
      } else if (current instanceof Plan.With with) {
        current = with.body();
      } else if (current instanceof Plan.Project project) {
        current = project.input();
      } else {
        return null;
      }
    }
  }
}
