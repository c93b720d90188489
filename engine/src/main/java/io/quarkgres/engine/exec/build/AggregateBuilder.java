package io.quarkgres.engine.exec.build;

import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.exec.Operator;
import io.quarkgres.engine.exec.aggregate.AggregateInput;
import io.quarkgres.engine.exec.aggregate.HashAggregateOperator;
import io.quarkgres.engine.exec.aggregate.InputGroups;
import io.quarkgres.engine.exec.aggregate.WorkerGroups;
import io.quarkgres.engine.exec.parallel.Fragment;
import io.quarkgres.engine.expr.Environment;
import io.quarkgres.engine.expr.Scope;
import io.quarkgres.engine.plan.Plan;

/**
 * Makes the operators of aggregations, also of those that several workers share. Used by the thread
 * that opens the execution.
 */
final class AggregateBuilder {
  private final OperatorBuilder builder;
  private final Environment environment;
  private final ExecutionContext context;

  AggregateBuilder(OperatorBuilder builder) {
    this.builder = builder;
    this.environment = builder.environment();
    this.context = builder.context();
  }

  Operator build(Plan.HashAggregate p) {
    long outerUses = environment.outerUses();
    Fragment own = ParallelPlan.fragment(p);
    InputGroups groups = builder.within(own, () -> groups(p));
    // what changes between runs lies in the frame of the statement's thread
    if (own != null && environment.outerUses() == outerUses) {
      return new HashAggregateOperator(
          new WorkerGroups(groups, own, () -> worker(p, own), context), p, builder.measure(p));
    }
    return new HashAggregateOperator(groups, p, builder.measure(p));
  }

  private InputGroups groups(Plan.HashAggregate p) {
    Operator input = builder.build(p.input());
    Scope scope = builder.scope(p.input());
    return new InputGroups(input, p, scope.compileAll(p.spec().keys()), inputs(p, scope), context);
  }

  private WorkerGroups.Worker worker(Plan.HashAggregate p, Fragment shared) {
    OperatorBuilder worker = builder.forWorker(shared);
    InputGroups groups = new AggregateBuilder(worker).groups(p);
    return new WorkerGroups.Worker(groups, () -> builder.addStatistics(p, worker));
  }

  static AggregateInput[] inputs(Plan.HashAggregate p, Scope scope) {
    AggregateInput[] aggregates = new AggregateInput[p.spec().aggregates().size()];
    for (int i = 0; i < aggregates.length; i++) {
      aggregates[i] = AggregateInput.of(p.spec().aggregates().get(i), scope);
    }
    return aggregates;
  }
}
