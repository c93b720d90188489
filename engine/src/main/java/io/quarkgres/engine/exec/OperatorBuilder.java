package io.quarkgres.engine.exec;

import io.quarkgres.engine.bind.BoundExpr;
import io.quarkgres.engine.bind.Expressions;
import io.quarkgres.engine.bind.Modification;
import io.quarkgres.engine.bind.OutputColumn;
import io.quarkgres.engine.bind.Relation;
import io.quarkgres.engine.expr.Environment;
import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.engine.expr.Scope;
import io.quarkgres.engine.plan.Plan;
import io.quarkgres.engine.plan.PlannedStatement;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.error.Invariant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Makes the operators of a plan: one switch from plans to operators. One an execution. */
final class OperatorBuilder {
  private final PlannedStatement planned;
  private final ExecutionContext context;
  private final Environment environment;
  private final ReferenceChecks references;
  private final Map<Integer, CteStore> stores = new HashMap<>();
  private final Map<Integer, WorkingTable> workingTables = new HashMap<>();
  private final Map<Plan, OperatorStatistics> statistics = new IdentityHashMap<>();
  private final Map<Plan, Plan> originals = new IdentityHashMap<>(); // of copies of plans
  private final List<Operator> subplans = new ArrayList<>();
  private final Plan.Modify top;
  private final boolean isWorker;
  private Fragment fragment; // of the aggregation or sort whose input is being built, or null
  private ModifyOperator topOperator;
  private int modifications;
  private int workingTableUses;
  private boolean needsRestart;
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
    this.references = new ReferenceChecks(context, environment);
    this.top = topModification(planned.plan());
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

  Environment environment() {
    return environment;
  }

  ExecutionContext context() {
    return context;
  }

  ReferenceChecks references() {
    return references;
  }

  boolean isModifying() {
    return modifications > 0;
  }

  boolean needsRestart() {
    return needsRestart;
  }

  long affectedRows() {
    return topOperator == null ? 0 : topOperator.affectedRows();
  }

  OperatorStatistics statistics(Plan plan) {
    return statistics.get(plan);
  }

  /** Closes the operators of subqueries. */
  void close() {
    subplans.forEach(Operator::close);
  }

  /** Makes the operator of a plan. */
  Operator build(Plan plan) {
    return measured(plan, translate(plan));
  }

  private Operator measured(Plan plan, Operator operator) {
    if (!context.isMeasured()) {
      return operator;
    }
    return new MeasuredOperator(operator, measure(plan));
  }

  /** Returns where an operator notes what it does, {@code null} where nobody wants to know. */
  OperatorStatistics measure(Plan plan) {
    return context.isMeasured()
        ? statistics.computeIfAbsent(
            originals.getOrDefault(plan, plan), p -> new OperatorStatistics())
        : null;
  }

  private Operator translate(Plan plan) {
    return switch (plan) {
      case Plan.SingleRow p -> new SingleRowOperator();
      case Plan.Nothing p -> new NothingOperator();
      case Plan.TableScan p -> tableScan(p);
      case Plan.ProbedScan p ->
          new ProbedScanOperator(tableScan(p.scan()), new JoinBuilder(this).probedScan(p), p);
      case Plan.IndexScan p -> indexScan(p);
      case Plan.NearestScan p -> nearestScan(p);
      case Plan.VirtualScan p ->
          new VirtualScanOperator(p, context, compile(p.filter(), p.outputs()));
      case Plan.InputScan p -> new InputScanOperator(context);
      case Plan.ValuesScan p -> values(p);
      case Plan.FunctionScan p -> functionScan(p);
      case Plan.Project p ->
          new ProjectOperator(
              build(p.input()), scope(p.input()).compileAll(p.expressions()), context);
      case Plan.ProjectSet p -> projectSet(p);
      case Plan.Filter p ->
          new FilterOperator(
              build(p.input()), compile(p.predicate(), p.input().outputs()), context);
      case Plan.HashJoin p -> new JoinBuilder(this).hashJoin(p);
      case Plan.NestedLoop p -> new JoinBuilder(this).nestedLoop(p);
      case Plan.Apply p -> new JoinBuilder(this).apply(p);
      case Plan.HashAggregate p -> hashAggregate(p);
      case Plan.Window p -> window(p);
      case Plan.Sort p -> sort(p);
      case Plan.TopN p -> new TopBuilder(this).build(p);
      case Plan.Limit p -> limit(p);
      case Plan.Distinct p ->
          new DistinctOperator(build(p.input()), types(p.outputs()), measure(p), context);
      case Plan.DistinctOn p -> distinctOn(p);
      case Plan.Append p -> new AppendOperator(buildAll(p.inputs()));
      case Plan.SetOperation p -> setOperation(p);
      case Plan.With p -> with(p);
      case Plan.CteScan p -> cteScan(p);
      case Plan.LockRows p -> lockRows(p);
      case Plan.Modify p -> modify(p);
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
    boolean isShared = fragment != null && fragment.isScan(p);
    return new TableScanOperator(
        p, context, compile(p.filter(), p.outputs()), isShared ? fragment : null);
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

  private Operator indexScan(Plan.IndexScan p) {
    Scope none = new Scope(environment, List.of());
    IndexRanges bounds = new IndexRanges(p.bounds(), IndexKeyFormat.of(p.index()), none);
    return new IndexScanOperator(p, context, bounds, compile(p.filter(), p.outputs()));
  }

  private Operator nearestScan(Plan.NearestScan p) {
    return new NearestScanOperator(
        p,
        context,
        compile(p.query(), List.of()),
        nearestFilter(p),
        p.all() == null ? null : build(p.all()),
        compile(p.count(), List.of()),
        compile(p.offset(), List.of()),
        measure(p));
  }

  private NearestScanOperator.Filter nearestFilter(Plan.NearestScan p) {
    if (p.filter() == null) {
      return null;
    }
    List<OutputColumn> needed = Expressions.referredTo(p.filter(), p.outputs());
    return new NearestScanOperator.Filter(
        compile(p.filter(), needed), TableScanOperator.projection(p.table(), needed), context);
  }

  private Operator values(Plan.ValuesScan p) {
    Scope none = new Scope(environment, List.of());
    Evaluator[][] rows = new Evaluator[p.rowValues().size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = none.compileAll(p.rowValues().get(i));
    }
    return new ValuesOperator(rows, RowBuffer.layouts(p.outputs()), context);
  }

  private Operator functionScan(Plan.FunctionScan p) {
    TableFunctionSource[] sources = functions(p.functions(), new Scope(environment, List.of()));
    Layout[][] layouts = new Layout[sources.length][];
    int column = 0;
    for (int f = 0; f < sources.length; f++) {
      layouts[f] = new Layout[p.functions().get(f).columnCount()];
      for (int i = 0; i < layouts[f].length; i++) {
        layouts[f][i] = p.outputs().get(column++).type().layout();
      }
    }
    return new FunctionScanOperator(sources, layouts, p.withOrdinality(), context);
  }

  private static TableFunctionSource[] functions(
      List<Relation.TableFunction> functions, Scope scope) {
    TableFunctionSource[] sources = new TableFunctionSource[functions.size()];
    for (int i = 0; i < sources.length; i++) {
      sources[i] = new TableFunctionSource(functions.get(i), scope);
    }
    return sources;
  }

  private Operator projectSet(Plan.ProjectSet p) {
    Operator input = build(p.input());
    int first = p.input().outputs().size();
    Layout[] layouts = new Layout[p.functions().size()];
    for (int i = 0; i < layouts.length; i++) {
      layouts[i] = p.outputs().get(first + i).type().layout();
    }
    return new ProjectSetOperator(
        input, functions(p.functions(), scope(p.input())), layouts, context);
  }

  // Grouping, windows, sorting.

  private Operator hashAggregate(Plan.HashAggregate p) {
    Fragment outer = fragment;
    long outerUses = environment.outerUses();
    fragment = ParallelPlan.fragment(p);
    Fragment own = fragment;
    InputGroups groups = groups(p);
    fragment = outer;
    // what changes between runs lies in the frame of the statement's thread
    if (own != null && environment.outerUses() == outerUses) {
      return new HashAggregateOperator(
          new WorkerGroups(groups, own, () -> worker(p, own), context), p, measure(p));
    }
    return new HashAggregateOperator(groups, p, measure(p));
  }

  private InputGroups groups(Plan.HashAggregate p) {
    Operator input = build(p.input());
    Scope scope = scope(p.input());
    return new InputGroups(
        input, p, scope.compileAll(p.spec().keys()), aggregateInputs(p, scope), context);
  }

  private WorkerGroups.Worker worker(Plan.HashAggregate p, Fragment shared) {
    OperatorBuilder builder = forWorker(shared);
    InputGroups groups = builder.groups(p);
    return new WorkerGroups.Worker(groups, () -> addStatistics(p, builder));
  }

  /** Adds what a worker has done for a plan, and below it, to what is shown. */
  void addStatistics(Plan p, OperatorBuilder worker) {
    if (context.isMeasured()) {
      statistics.get(p).count("Workers Launched", 1);
      worker.statistics.forEach((plan, done) ->
          statistics.computeIfAbsent(plan, x -> new OperatorStatistics()).add(done));
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

  /** Makes the operator of a part that several workers run. */
  Operator build(Plan part, Fragment shared) {
    fragment = shared;
    Operator result = build(part);
    fragment = null;
    return result;
  }

  /** Says that copies of plans are measured as those they were made of. */
  void measureAs(Map<Plan, Plan> originalsOfCopies) {
    originals.putAll(originalsOfCopies);
  }

  private static AggregateInput[] aggregateInputs(Plan.HashAggregate p, Scope scope) {
    AggregateInput[] aggregates = new AggregateInput[p.spec().aggregates().size()];
    for (int i = 0; i < aggregates.length; i++) {
      aggregates[i] = AggregateInput.of(p.spec().aggregates().get(i), scope);
    }
    return aggregates;
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

  // Common table expressions.

  private Operator with(Plan.With p) {
    List<CteStore> own = new ArrayList<>();
    List<CteStore> dependent = new ArrayList<>();
    List<CteStore> modifying = new ArrayList<>();
    for (Plan.CtePlan cte : p.ctes()) {
      CteStore store = new CteStore(context);
      long outerBefore = environment.outerUses();
      int modificationsBefore = modifications;
      store.setSource(cte.recursive() == null ? build(cte.query()) : recursive(cte));
      stores.put(cte.cte(), store);
      own.add(store);
      if (environment.outerUses() != outerBefore) {
        dependent.add(store);
      }
      if (modifications != modificationsBefore) {
        modifying.add(store);
      }
    }
    return new WithOperator(own, dependent, modifying, build(p.body()));
  }

  private Operator recursive(Plan.CtePlan cte) {
    Operator first = build(cte.query());
    WorkingTable working = new WorkingTable();
    workingTables.put(cte.cte(), working);
    Operator recursive = build(cte.recursive());
    workingTables.remove(cte.cte());
    return new RecursiveUnionOperator(
        first, recursive, working, cte.isUnionAll() ? null : types(cte.query().outputs()), context);
  }

  private Operator cteScan(Plan.CteScan p) {
    WorkingTable working = workingTables.get(p.cte());
    if (working != null) {
      // the working table changes between runs, as outer columns do
      environment.noteOuterUse();
      workingTableUses++;
      return new WorkingTableScanOperator(working);
    }
    CteStore store = stores.get(p.cte());
    Invariant.check(store != null, "a common table expression is built before it is read");
    return new CteScanOperator(store, context);
  }

  // Locks and changes.

  private Operator lockRows(Plan.LockRows p) {
    boolean isOneByOne = isLimited;
    return new LockRowsOperator(
        build(p.input()), p, compile(p.recheck(), p.input().outputs()), isOneByOne, context);
  }

  private Operator modify(Plan.Modify p) {
    modifications++;
    ModifyOperator operator =
        switch (p.modification()) {
          case Modification.Insert m -> new InsertOperator(p, m, build(p.source()), this);
          case Modification.Update m -> new UpdateOperator(p, m, build(p.source()), this);
          case Modification.Delete m -> new DeleteOperator(p, m, build(p.source()), this);
          case Modification.Merge m -> new MergeOperator(p, m, build(p.source()), this);
        };
    needsRestart |= operator.mayRestart();
    if (p == top) {
      topOperator = operator;
    }
    return operator;
  }

  // Subqueries in expressions.

  private Evaluator subplan(BoundExpr.Subquery subquery, Scope scope) {
    PlannedStatement.Subplan subplan = planned.subplans().get(subquery);
    Invariant.check(subplan != null, "a subquery in an expression has a plan");
    OuterBinding binding = OuterBinding.of(subplan.parameters(), scope);
    long volatileBefore = environment.volatileUses();
    int workingBefore = workingTableUses;
    Operator operator = build(subplan.plan());
    subplans.add(operator);
    boolean readsWorkingTable = workingTableUses != workingBefore;
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
            context);
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
    long outerBefore = environment.outerUses();
    Plan.TableScan table = probed.fixed();
    Operator scan = tableScan(table);
    Scope rows = scope(table);
    AggregateInput[] aggregates = aggregateInputs(aggregate, rows);
    Evaluator value = scope(aggregate).compile(project.expressions().get(0));
    Evaluator[] keys = rows.compileAll(probed.scanKeys());
    if (environment.outerUses() != outerBefore) {
      return each;
    }
    subplans.add(scan);
    return new CorrelatedAggregate(
        each,
        measured(probed, scan),
        probed,
        keys,
        outer.compileAll(probed.outerKeys()),
        aggregates,
        aggregate,
        value,
        context);
  }
}
