package io.quarkgres.engine.exec.build;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.exec.Operator;
import io.quarkgres.engine.exec.RowBuffer;
import io.quarkgres.engine.exec.aggregate.AggregateInput;
import io.quarkgres.engine.exec.subquery.CorrelatedAggregate;
import io.quarkgres.engine.exec.subquery.OuterBinding;
import io.quarkgres.engine.exec.subquery.SubplanEvaluator;
import io.quarkgres.engine.exec.subquery.SubplanRun;
import io.quarkgres.engine.exec.subquery.SubplanTest;
import io.quarkgres.engine.expr.Environment;
import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.engine.expr.Scope;
import io.quarkgres.engine.plan.Plan;
import io.quarkgres.engine.plan.PlannedStatement;
import io.quarkgres.spi.error.Invariant;
import java.util.ArrayList;
import java.util.List;

/** Makes the evaluators of subqueries in expressions. One an execution, used by one thread. */
final class SubplanBuilder {
  private final OperatorBuilder builder;
  private final PlannedStatement planned;
  private final List<Operator> operators = new ArrayList<>();

  SubplanBuilder(OperatorBuilder builder, PlannedStatement planned) {
    this.builder = builder;
    this.planned = planned;
  }

  /** Closes the operators of subqueries. */
  void close() {
    operators.forEach(Operator::close);
  }

  /** Makes the evaluator of a subquery in an expression over {@code scope}. */
  Evaluator evaluator(BoundExpr.Subquery subquery, Scope scope) {
    PlannedStatement.Subplan subplan = planned.subplans().get(subquery);
    Invariant.check(subplan != null, "a subquery in an expression has a plan");
    OuterBinding binding = OuterBinding.of(subplan.parameters(), scope);
    Environment environment = builder.environment();
    long volatileBefore = environment.volatileUses();
    int workingBefore = builder.ctes().workingTableUses();
    Operator operator = builder.build(subplan.plan());
    operators.add(operator);
    boolean readsWorkingTable = builder.ctes().workingTableUses() != workingBefore;
    boolean isRepeatable = environment.volatileUses() == volatileBefore && !readsWorkingTable;
    boolean isOnce = subplan.parameters().isEmpty() && !readsWorkingTable;
    List<OutputColumn> outputs = subplan.plan().outputs();
    SubplanRun run =
        new SubplanRun(
            subquery.kind(),
            operator,
            RowBuffer.layouts(outputs),
            outputs.isEmpty() ? null : outputs.get(0).type(),
            subquery.type(),
            builder.context());
    SubplanTest test =
        SubplanEvaluator.isQuantified(subquery.kind())
            ? SubplanTest.of(subquery, scope, isOnce)
            : null;
    SubplanEvaluator each =
        new SubplanEvaluator(run, test, binding, subquery.type(), isRepeatable, isOnce);
    return isRepeatable && subquery.kind() == BoundExpr.SubqueryKind.SCALAR
        ? aggregateSubplan(subplan.plan(), scope, each)
        : each;
  }

  /** Makes the evaluator that computes a correlated aggregate for whole blocks, if it can. */
  private Evaluator aggregateSubplan(Plan plan, Scope outer, SubplanEvaluator each) {
    if (!(plan instanceof Plan.Project project)
        || !(project.input() instanceof Plan.HashAggregate aggregate)
        || !(aggregate.input() instanceof Plan.ProbedScan probed)
        || !CorrelatedAggregate.canCompute(project, aggregate, probed)) {
      return each;
    }
    Environment environment = builder.environment();
    long outerBefore = environment.outerUses();
    Plan.TableScan table = probed.fixed();
    Operator scan = builder.tableScan(table);
    Scope rows = builder.scope(table);
    AggregateInput[] aggregates = AggregateBuilder.inputs(aggregate, rows);
    Evaluator value = builder.scope(aggregate).compile(project.expressions().get(0));
    Evaluator[] keys = rows.compileAll(probed.scanKeys());
    if (environment.outerUses() != outerBefore) {
      return each;
    }
    operators.add(scan);
    return new CorrelatedAggregate(
        each,
        builder.measured(probed, scan),
        probed,
        keys,
        outer.compileAll(probed.outerKeys()),
        aggregates,
        aggregate,
        value,
        builder.context());
  }
}
