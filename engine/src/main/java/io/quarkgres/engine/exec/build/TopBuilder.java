package io.quarkgres.engine.exec.build;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.exec.Operator;
import io.quarkgres.engine.exec.ProjectOperator;
import io.quarkgres.engine.exec.RowBuffer;
import io.quarkgres.engine.exec.RowOrder;
import io.quarkgres.engine.exec.parallel.Fragment;
import io.quarkgres.engine.exec.parallel.WorkerRowsOperator;
import io.quarkgres.engine.exec.sort.TopNOperator;
import io.quarkgres.engine.plan.Plan;
import io.quarkgres.engine.type.Oids;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the operators of the first rows of a sort. Over a big table several workers look for them,
 * each for as many among the rows it reads, and the first of those are the first of all: so is
 * exact search for the nearest vectors. Used by the thread that opens the execution.
 */
final class TopBuilder {
  private final OperatorBuilder builder;
  private final ExecutionContext context;

  TopBuilder(OperatorBuilder builder) {
    this.builder = builder;
    this.context = builder.context();
  }

  Operator build(Plan.TopN p) {
    Plan.TableScan scan = builder.isShared() ? null : ParallelPlan.scan(p);
    Operator shared = scan == null ? null : shared(p, scan);
    return shared == null ? top(p, builder.build(p.input()), false) : shared;
  }

  /** Returns operators that share the work, or {@code null} when they cannot. */
  private Operator shared(Plan.TopN p, Plan.TableScan scan) {
    NumberedPlan numbered = new NumberedPlan(p, scan, context.catalog().types().byOid(Oids.INT8));
    Plan.TopN top = numbered.top();
    builder.measureAs(numbered.originals());
    Fragment fragment = new Fragment(numbered.scan(), List.of());
    long outerUses = builder.environment().outerUses();
    Operator own = top(top, builder.within(fragment, () -> builder.build(top.input())), true);
    Operator all =
        top(
            top,
            new WorkerRowsOperator(own, fragment, () -> worker(p, numbered, fragment), context),
            false);
    // what changes between runs lies in the frame of the statement's thread
    if (builder.environment().outerUses() != outerUses) {
      return null;
    }
    List<BoundExpr> columns = new ArrayList<>();
    for (OutputColumn output : p.outputs()) {
      columns.add(output.ref());
    }
    return new ProjectOperator(all, builder.scope(top).compileAll(columns), context);
  }

  private WorkerRowsOperator.Worker worker(Plan.TopN p, NumberedPlan numbered, Fragment fragment) {
    OperatorBuilder worker = builder.forWorker(fragment);
    worker.measureAs(numbered.originals());
    Plan.TopN top = numbered.top();
    Operator rows = new TopBuilder(worker).top(top, worker.build(top.input()), true);
    return new WorkerRowsOperator.Worker(rows, () -> builder.addStatistics(p, worker));
  }

  private Operator top(Plan.TopN p, Operator input, boolean isPart) {
    return new TopNOperator(
        input,
        RowBuffer.layouts(p.outputs()),
        OperatorBuilder.sortKeys(p.keys(), builder.scope(p.input())),
        RowOrder.of(p.keys()),
        builder.compile(p.count(), List.of()),
        builder.compile(p.offset(), List.of()),
        isPart,
        isPart ? null : builder.measure(p),
        context);
  }
}
