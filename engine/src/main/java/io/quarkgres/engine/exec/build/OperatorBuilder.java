package io.quarkgres.engine.exec.build;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.exec.AppendOperator;
import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.exec.FilterOperator;
import io.quarkgres.engine.exec.LimitOperator;
import io.quarkgres.engine.exec.Operator;
import io.quarkgres.engine.exec.OperatorStatistics;
import io.quarkgres.engine.exec.ProjectOperator;
import io.quarkgres.engine.exec.RowBuffer;
import io.quarkgres.engine.exec.RowOrder;
import io.quarkgres.engine.exec.aggregate.DistinctOperator;
import io.quarkgres.engine.exec.aggregate.SetOperationOperator;
import io.quarkgres.engine.exec.join.HashJoinOperator;
import io.quarkgres.engine.exec.join.ProbedScanOperator;
import io.quarkgres.engine.exec.parallel.Fragment;
import io.quarkgres.engine.exec.scan.InputScanOperator;
import io.quarkgres.engine.exec.scan.NothingOperator;
import io.quarkgres.engine.exec.scan.SingleRowOperator;
import io.quarkgres.engine.exec.scan.TableScanOperator;
import io.quarkgres.engine.exec.scan.VirtualScanOperator;
import io.quarkgres.engine.exec.sort.DistinctOnOperator;
import io.quarkgres.engine.exec.sort.SortOperator;
import io.quarkgres.engine.exec.window.WindowOperator;
import io.quarkgres.engine.expr.Environment;
import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.engine.expr.Scope;
import io.quarkgres.engine.plan.Plan;
import io.quarkgres.engine.plan.PlannedStatement;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.error.Invariant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Makes the operators of a plan: one switch from plans to operators; families of plans with more to
 * them have builders of their own. One an execution, used by the thread that opens it.
 */
final class OperatorBuilder {
  private final PlannedStatement planned;
  private final ExecutionContext context;
  private final Environment environment;
  private final CteBuilder ctes;
  private final ModificationBuilder modifications;
  private final SubplanBuilder subplans;
  private final PlanMeasures measures; // null where nobody wants to know
  private final boolean isWorker;
  private Fragment fragment; // of the aggregation or sort whose input is being built, or null
  private boolean isLimited;

  OperatorBuilder(PlannedStatement planned, ExecutionContext context) {
    this(planned, context, null);
  }

  /** Makes the builder of one more worker of a fragment. */
  private OperatorBuilder(PlannedStatement planned, ExecutionContext context, Fragment fragment) {
    this.fragment = fragment;
    this.isWorker = fragment != null;
    this.planned = planned;
    this.context = context;
    this.environment =
        new Environment(this::subplan, context.catalog().types(), context.catalog().functions());
    this.ctes = new CteBuilder(this);
    this.modifications = new ModificationBuilder(this, planned.plan());
    this.subplans = new SubplanBuilder(this, planned);
    this.measures = context.isMeasured() ? new PlanMeasures() : null;
  }

  private Evaluator subplan(BoundExpr.Subquery subquery, Scope scope) {
    return subplans.evaluator(subquery, scope);
  }

  Environment environment() {
    return environment;
  }

  ExecutionContext context() {
    return context;
  }

  CteBuilder ctes() {
    return ctes;
  }

  ModificationBuilder modifications() {
    return modifications;
  }

  /** Returns what the operator of a plan did, or {@code null}. */
  OperatorStatistics statistics(Plan plan) {
    return measures == null ? null : measures.get(plan);
  }

  /** Closes the operators of subqueries. */
  void close() {
    subplans.close();
  }

  /** Makes the operator of a plan. */
  Operator build(Plan plan) {
    return measured(plan, translate(plan));
  }

  /** Puts the operator of a plan into one that measures it, where it is to be measured. */
  Operator measured(Plan plan, Operator operator) {
    return measures == null ? operator : new MeasuredOperator(operator, measures.of(plan));
  }

  /** Returns where an operator notes what it does, {@code null} where nobody wants to know. */
  OperatorStatistics measure(Plan plan) {
    return measures == null ? null : measures.of(plan);
  }

  /** Adds what a worker has done for a plan, and below it, to what is shown. */
  void addStatistics(Plan p, OperatorBuilder worker) {
    if (measures != null) {
      measures.addWorker(p, worker.measures);
    }
  }

  /** Says that copies of plans are measured as those they were made of. */
  void measureAs(Map<Plan, Plan> originalsOfCopies) {
    if (measures != null) {
      measures.measureAs(originalsOfCopies);
    }
  }

  private Operator translate(Plan plan) {
    return switch (plan) {
      case Plan.SingleRow p -> new SingleRowOperator();
      case Plan.Nothing p -> new NothingOperator();
      case Plan.TableScan p -> tableScan(p);
      case Plan.ProbedScan p ->
          new ProbedScanOperator(tableScan(p.scan()), new JoinBuilder(this).probedScan(p), p);
      case Plan.IndexScan p -> new ScanBuilder(this).indexScan(p);
      case Plan.NearestScan p -> new ScanBuilder(this).nearestScan(p);
      case Plan.VirtualScan p ->
          new VirtualScanOperator(p, context, compile(p.filter(), p.outputs()));
      case Plan.InputScan p -> new InputScanOperator(context);
      case Plan.ValuesScan p -> new ScanBuilder(this).values(p);
      case Plan.FunctionScan p -> new ScanBuilder(this).functionScan(p);
      case Plan.Project p ->
          new ProjectOperator(
              build(p.input()), scope(p.input()).compileAll(p.expressions()), context);
      case Plan.ProjectSet p -> new ScanBuilder(this).projectSet(p);
      case Plan.Filter p ->
          new FilterOperator(
              build(p.input()), compile(p.predicate(), p.input().outputs()), context);
      case Plan.HashJoin p -> new JoinBuilder(this).hashJoin(p);
      case Plan.NestedLoop p -> new JoinBuilder(this).nestedLoop(p);
      case Plan.Apply p -> new JoinBuilder(this).apply(p);
      case Plan.HashAggregate p -> new AggregateBuilder(this).build(p);
      case Plan.Window p -> window(p);
      case Plan.Sort p -> sort(p);
      case Plan.TopN p -> new TopBuilder(this).build(p);
      case Plan.Limit p -> limit(p);
      case Plan.Distinct p ->
          new DistinctOperator(build(p.input()), types(p.outputs()), measure(p), context);
      case Plan.DistinctOn p -> distinctOn(p);
      case Plan.Append p -> new AppendOperator(buildAll(p.inputs()));
      case Plan.SetOperation p -> setOperation(p);
      case Plan.With p -> ctes.with(p);
      case Plan.CteScan p -> ctes.scan(p);
      case Plan.LockRows p -> modifications.lockRows(p);
      case Plan.Modify p -> modifications.modify(p);
    };
  }

  private List<Operator> buildAll(List<Plan> plans) {
    List<Operator> result = new ArrayList<>();
    for (Plan plan : plans) {
      result.add(build(plan));
    }
    return result;
  }

  Scope scope(Plan input) {
    return new Scope(environment, input.outputs());
  }

  /** Compiles an expression over columns; {@code null} for none. */
  Evaluator compile(BoundExpr expression, List<OutputColumn> columns) {
    return expression == null ? null : new Scope(environment, columns).compile(expression);
  }

  static Evaluator compile(BoundExpr expression, Scope scope) {
    return expression == null ? null : scope.compile(expression);
  }

  static SqlType[] types(List<OutputColumn> columns) {
    SqlType[] result = new SqlType[columns.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = columns.get(i).type();
    }
    return result;
  }

  static Evaluator[] sortKeys(List<Relation.SortKey> keys, Scope scope) {
    Evaluator[] result = new Evaluator[keys.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = scope.compile(keys.get(i).expression());
    }
    return result;
  }

  TableScanOperator tableScan(Plan.TableScan p) {
    return new TableScanOperator(
        p, context, compile(p.filter(), p.outputs()), fragment == null ? null : fragment.scan(p));
  }

  /** Returns the join whose hash table the join of a worker is to use, or {@code null}. */
  HashJoinOperator leader(Plan.HashJoin p) {
    return isWorker ? fragment.join(p) : null;
  }

  /** Notes a join that the joins of workers may follow. */
  void note(Plan.HashJoin p, HashJoinOperator join) {
    if (!isWorker && fragment != null) {
      fragment.note(p, join);
    }
  }

  /** Makes the builder of one more worker. */
  OperatorBuilder forWorker(Fragment shared) {
    return new OperatorBuilder(planned, context.forWorker(), shared);
  }

  /** Tells whether what is built is a part that several workers run. */
  boolean isShared() {
    return fragment != null;
  }

  /** Makes a part of the operators that is a fragment's, or {@code null} for nobody's. */
  <T> T within(Fragment shared, Supplier<T> part) {
    Fragment outer = fragment;
    fragment = shared;
    T result = part.get();
    fragment = outer;
    return result;
  }

  /** Tells whether what is being built is read only as far as a limit goes. */
  boolean isLimited() {
    return isLimited;
  }

  private Operator window(Plan.Window p) {
    return new WindowOperator(build(p.input()), p, scope(p.input()), measure(p), context);
  }

  private Operator sort(Plan.Sort p) {
    return new SortOperator(
        build(p.input()),
        RowBuffer.layouts(p.outputs()),
        sortKeys(p.keys(), scope(p.input())),
        RowOrder.of(p.keys()),
        measure(p),
        context);
  }

  /**
   * A projection right below a limit is computed above it, so that it is computed (and has effects
   * and raises errors) only for rows that are yielded; row locks below a limit are taken one by
   * one.
   */
  private Operator limit(Plan.Limit p) {
    if (p.input() instanceof Plan.Project project && p.ties() == null) {
      Plan.Limit below = new Plan.Limit(project.input(), p.count(), p.offset(), null, p.rows());
      return new ProjectOperator(
          build(below), scope(project.input()).compileAll(project.expressions()), context);
    }
    boolean wasLimited = isLimited;
    isLimited = true;
    Operator input = build(p.input());
    isLimited = wasLimited;
    return new LimitOperator(
        input,
        compile(p.count(), List.of()),
        compile(p.offset(), List.of()),
        p.ties() == null ? null : sortKeys(p.ties(), scope(p.input())),
        p.ties() == null ? null : RowOrder.of(p.ties()),
        context);
  }

  private Operator distinctOn(Plan.DistinctOn p) {
    SqlType[] types = new SqlType[p.keys().size()];
    for (int i = 0; i < types.length; i++) {
      types[i] = p.keys().get(i).type();
    }
    return new DistinctOnOperator(
        build(p.input()),
        scope(p.input()).compileAll(p.keys()),
        RowOrder.ascending(types),
        context);
  }

  private Operator setOperation(Plan.SetOperation p) {
    Invariant.check(p.kind() != Relation.SetKind.UNION, "UNION is an append");
    return new SetOperationOperator(
        build(p.left()),
        build(p.right()),
        p.kind() == Relation.SetKind.INTERSECT,
        p.isAll(),
        types(p.outputs()),
        measure(p),
        context);
  }
}
