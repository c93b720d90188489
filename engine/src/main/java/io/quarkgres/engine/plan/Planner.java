package io.quarkgres.engine.plan;

import io.quarkgres.engine.bind.BindContext;
import io.quarkgres.engine.bind.BoundExpr;
import io.quarkgres.engine.bind.BoundStatement;
import io.quarkgres.engine.bind.Expressions;
import io.quarkgres.engine.bind.Modification;
import io.quarkgres.engine.bind.OutputColumn;
import io.quarkgres.engine.bind.Relation;
import io.quarkgres.engine.bind.Relations;
import io.quarkgres.engine.catalog.Catalog;
import io.quarkgres.engine.optimize.ConstantEvaluator;
import io.quarkgres.engine.optimize.ConstantFolding;
import io.quarkgres.engine.optimize.Optimizer;
import io.quarkgres.spi.error.SqlException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Chooses physical operators for a bound statement. Predicates travel down with the recursion: each
 * method gets the conjuncts that must hold for its output, gives to its inputs what they can check
 * and keeps the rest. One planner a statement, used by one thread.
 */
public final class Planner {
  private final Catalog catalog;
  private final PlanSettings settings;
  private final EqualityOperators operators;
  private final Map<BoundExpr.Subquery, PlannedStatement.Subplan> subplans =
      new IdentityHashMap<>();
  private final Set<Long> used = new HashSet<>();
  private final ConstantFolding folding;
  private SqlException failure;
  private final AccessPaths paths;
  private final JoinPlanner joins;

  private Planner(
      Catalog catalog, PlanSettings settings, ConstantFolding folding, BindContext binding) {
    this.folding = folding;
    this.catalog = catalog;
    this.settings = settings;
    this.operators = new EqualityOperators(catalog.functions(), catalog.types());
    this.paths = new AccessPaths(this, new IndexShapes(binding, folding));
    this.joins = new JoinPlanner(this);
  }

  /** Plans a statement, leaving constants as they are. */
  public static PlannedStatement plan(
      BoundStatement bound, Catalog catalog, PlanSettings settings) {
    return plan(bound, catalog, settings, null, null);
  }

  /**
   * Plans a statement.
   *
   * @param constants what computes expressions of constants, or {@code null}
   * @param binding what keys and predicates of indexes are bound against, or {@code null} to use
   *     indexes of plain columns only
   */
  public static PlannedStatement plan(
      BoundStatement bound,
      Catalog catalog,
      PlanSettings settings,
      ConstantEvaluator constants,
      BindContext binding) {
    ConstantFolding folding = constants == null ? null : new ConstantFolding(constants);
    Planner planner = new Planner(catalog, settings, folding, binding);
    Relation root = Optimizer.optimize(bound.relation(), folding);
    planner.markUsed(root);
    Plan plan = planner.planPositional(root);
    return new PlannedStatement(bound, plan, planner.subplans, planner.failure);
  }

  Catalog catalog() {
    return catalog;
  }

  PlanSettings settings() {
    return settings;
  }

  AccessPaths paths() {
    return paths;
  }

  EqualityOperators operators() {
    return operators;
  }

  // Which columns anything refers to: scans yield only those.

  private void markUsed(Relation root) {
    markOutputs(root);
    markTree(root);
  }

  /**
   * Marks from the top down, and what may be referred to from beside it after what refers to it.
   */
  private void markTree(Relation relation) {
    markPositional(relation);
    if (relation instanceof Relation.Project project) {
      for (int i = 0; i < project.expressions().size(); i++) {
        if (isNeeded(project, i)) {
          markExpr(project.expressions().get(i));
        }
      }
    } else {
      Relations.walkOwnExpressions(relation, this::markExpr);
    }
    Relations.children(relation).reversed().forEach(this::markTree);
  }

  private void markExpr(BoundExpr expr) {
    if (expr instanceof BoundExpr.ColumnRef ref) {
      used.add(key(ref.relation(), ref.column()));
    } else if (expr instanceof BoundExpr.Subquery subquery) {
      if (subquery.kind() != BoundExpr.SubqueryKind.EXISTS) {
        markOutputs(subquery.query());
      }
      markTree(subquery.query());
    }
    Expressions.children(expr).forEach(this::markExpr);
  }

  private void markPositional(Relation relation) {
    if (relation instanceof Relation.SetOperation set) {
      markOutputs(set.left());
      markOutputs(set.right());
    } else if (relation instanceof Relation.With with) {
      for (Relation.Cte cte : with.ctes()) {
        markOutputs(cte.query());
        if (cte.recursive() != null) {
          markOutputs(cte.recursive());
        }
      }
    } else if (relation instanceof Relation.Modify modify) {
      markOutputs(Relations.source(modify.modification()));
    } else if (relation instanceof Relation.LockRows lock) {
      for (Relation.RowLock rowLock : lock.locks()) {
        used.add(key(rowLock.relation(), rowLock.table().columns().size()));
      }
    } else if (relation instanceof Relation.Distinct distinct) {
      markOutputs(distinct.input());
    }
  }

  private void markOutputs(Relation relation) {
    for (OutputColumn output : relation.outputs()) {
      used.add(key(output.relation(), output.column()));
    }
  }

  static long key(int relation, int column) {
    return (long) relation << 32 | column;
  }

  /** Returns the outputs that anything refers to. */
  List<OutputColumn> usedOutputs(List<OutputColumn> outputs) {
    List<OutputColumn> result = new ArrayList<>();
    for (OutputColumn output : outputs) {
      if (used.contains(key(output.relation(), output.column()))) {
        result.add(output);
      }
    }
    return result;
  }

  // Expressions: the subqueries that are left in them get plans of their own.

  /** Plans the subqueries of an expression that enters the plan; returns it unchanged. */
  BoundExpr finish(BoundExpr expr) {
    if (expr != null) {
      finishSubqueries(expr);
    }
    return expr;
  }

  private void finishSubqueries(BoundExpr expr) {
    if (expr instanceof BoundExpr.Subquery subquery && !subplans.containsKey(subquery)) {
      List<OutputColumn> parameters = usedOutputs(Relations.freeColumns(subquery.query()));
      Plan plan =
          subquery.kind() == BoundExpr.SubqueryKind.EXISTS
              ? plan(subquery.query(), List.of())
              : planPositional(subquery.query());
      subplans.put(subquery, new PlannedStatement.Subplan(plan, parameters));
    }
    for (BoundExpr child : Expressions.children(expr)) {
      finishSubqueries(child);
    }
    if (folding != null && failure == null) {
      failure = folding.failure(expr);
    }
  }

  List<BoundExpr> finishAll(List<BoundExpr> list) {
    list.forEach(this::finish);
    return list;
  }

  private List<Relation.SortKey> finishKeys(List<Relation.SortKey> keys) {
    keys.forEach(key -> finish(key.expression()));
    return keys;
  }

  /** Puts the conjuncts above a plan. */
  Plan filter(Plan input, List<BoundExpr> conjuncts) {
    if (conjuncts.isEmpty()) {
      return input;
    }
    double rows = Math.max(1, input.rows() * Estimates.selectivity(conjuncts, operators));
    return new Plan.Filter(input, finish(Expressions.and(conjuncts)), rows);
  }

  /** Plans a relation whose outputs are read by position. */
  Plan planPositional(Relation relation) {
    Plan plan = plan(relation, List.of());
    List<OutputColumn> wanted = relation.outputs();
    if (sameColumns(plan.outputs(), wanted)) {
      return plan;
    }
    List<BoundExpr> refs = new ArrayList<>();
    for (OutputColumn output : wanted) {
      refs.add(output.ref());
    }
    return new Plan.Project(plan, refs, wanted);
  }

  private static boolean sameColumns(List<OutputColumn> a, List<OutputColumn> b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (a.get(i).relation() != b.get(i).relation() || a.get(i).column() != b.get(i).column()) {
        return false;
      }
    }
    return true;
  }

  /** Plans a relation so that all conjuncts hold for what it yields. */
  Plan plan(Relation relation, List<BoundExpr> conjuncts) {
    // What is never run is planned all the same: PostgreSQL raises the errors of its constants.
    Plan chosen = choose(relation, conjuncts);
    return EmptyInputs.isNever(conjuncts)
        ? new Plan.Nothing(chosen.outputs())
        : EmptyInputs.prune(chosen);
  }

  private Plan choose(Relation relation, List<BoundExpr> conjuncts) {
    return switch (relation) {
      case Relation.SingleRow r -> filter(new Plan.SingleRow(), conjuncts);
      case Relation.InputScan r ->
          filter(new Plan.InputScan(r.relation(), r.outputs(), 1000), conjuncts);
      case Relation.Scan r -> paths.scan(r, conjuncts);
      case Relation.VirtualScan r -> virtualScan(r, conjuncts);
      case Relation.Values r -> values(r, conjuncts);
      case Relation.FunctionScan r -> functionScan(r, conjuncts);
      case Relation.Project r -> project(r, conjuncts);
      case Relation.ProjectSet r -> projectSet(r, conjuncts);
      case Relation.Filter r -> filtered(r, conjuncts);
      case Relation.Join r -> joins.join(r, conjuncts);
      case Relation.Aggregate r -> aggregate(r, conjuncts);
      case Relation.Window r -> window(r, conjuncts);
      case Relation.Distinct r -> distinct(r, conjuncts);
      case Relation.DistinctOn r -> distinctOn(r, conjuncts);
      case Relation.Sort r -> sort(r, conjuncts);
      case Relation.Limit r -> filter(limit(r), conjuncts);
      case Relation.SetOperation r -> setOperation(r, conjuncts);
      case Relation.With r -> with(r, conjuncts);
      case Relation.CteScan r ->
          filter(new Plan.CteScan(r.relation(), r.cte(), r.alias(), r.outputs(), 1000), conjuncts);
      case Relation.LockRows r -> filter(lockRows(r), conjuncts);
      case Relation.Modify r -> filter(modify(r), conjuncts);
    };
  }

  private Plan virtualScan(Relation.VirtualScan r, List<BoundExpr> conjuncts) {
    return new Plan.VirtualScan(
        r.relation(),
        r.table(),
        r.alias(),
        finish(Expressions.and(conjuncts)),
        usedOutputs(r.outputs()),
        200 * Estimates.selectivity(conjuncts, operators));
  }

  private Plan values(Relation.Values r, List<BoundExpr> conjuncts) {
    r.rows().forEach(this::finishAll);
    return filter(new Plan.ValuesScan(r.relation(), r.rows(), r.outputs()), conjuncts);
  }

  private Plan functionScan(Relation.FunctionScan r, List<BoundExpr> conjuncts) {
    finishFunctions(r.functions());
    return filter(
        new Plan.FunctionScan(
            r.relation(), r.functions(), r.withOrdinality(), r.outputs(), Estimates.SET_ROWS),
        conjuncts);
  }

  private void finishFunctions(List<Relation.TableFunction> functions) {
    for (Relation.TableFunction function : functions) {
      if (function.arguments() != null) {
        finishAll(function.arguments());
      }
      finish(function.scalar());
    }
  }

  private Plan project(Relation.Project r, List<BoundExpr> conjuncts) {
    List<BoundExpr> below = new ArrayList<>();
    List<BoundExpr> above = new ArrayList<>();
    for (BoundExpr conjunct : conjuncts) {
      (canSubstitute(conjunct, r) ? below : above).add(conjunct);
    }
    below.replaceAll(c -> Expressions.substitute(c, r.relation(), r.expressions()));
    return filter(projected(r, plan(r.input(), below)), above);
  }

  /** Makes a projection of the columns that anything refers to. */
  Plan projected(Relation.Project r, Plan input) {
    List<BoundExpr> expressions = new ArrayList<>();
    List<OutputColumn> outputs = new ArrayList<>();
    for (int i = 0; i < r.expressions().size(); i++) {
      if (isNeeded(r, i)) {
        expressions.add(finish(r.expressions().get(i)));
        outputs.add(r.outputs().get(i));
      }
    }
    return new Plan.Project(input, expressions, outputs);
  }

  /** Tells whether a column has to be computed: not one that nothing refers to, and no effect. */
  private boolean isNeeded(Relation.Project r, int column) {
    OutputColumn output = r.outputs().get(column);
    return used.contains(key(output.relation(), output.column()))
        || Expressions.isVolatile(r.expressions().get(column));
  }

  private static boolean canSubstitute(BoundExpr conjunct, Relation.Project project) {
    boolean[] can = {true};
    Expressions.walk(
        conjunct,
        e -> {
          if (e instanceof BoundExpr.ColumnRef ref && ref.relation() == project.relation()) {
            BoundExpr source = project.expressions().get(ref.column());
            can[0] &= !Expressions.isVolatile(source) && !Expressions.hasSubquery(source);
          }
        });
    return can[0];
  }

  private Plan projectSet(Relation.ProjectSet r, List<BoundExpr> conjuncts) {
    Split split = split(conjuncts, r.relation());
    Plan input = plan(r.input(), split.without());
    finishFunctions(r.functions());
    List<OutputColumn> outputs = new ArrayList<>(input.outputs());
    for (OutputColumn output : r.outputs()) {
      if (output.relation() == r.relation()) {
        outputs.add(output);
      }
    }
    double rows = input.rows() * Estimates.SET_ROWS;
    return filter(new Plan.ProjectSet(input, r.functions(), outputs, rows), split.with());
  }

  /** Conjuncts that refer to a relation and those that do not. */
  private record Split(List<BoundExpr> with, List<BoundExpr> without) {}

  private static Split split(List<BoundExpr> conjuncts, int relation) {
    List<BoundExpr> with = new ArrayList<>();
    List<BoundExpr> without = new ArrayList<>();
    for (BoundExpr conjunct : conjuncts) {
      (Expressions.relations(conjunct).get(relation) ? with : without).add(conjunct);
    }
    return new Split(with, without);
  }

  private Plan filtered(Relation.Filter r, List<BoundExpr> conjuncts) {
    List<BoundExpr> below = new ArrayList<>();
    List<BoundExpr> here = new ArrayList<>();
    for (BoundExpr conjunct : Expressions.conjuncts(r.predicate())) {
      (Expressions.isVolatile(conjunct) ? here : below).add(conjunct);
    }
    for (BoundExpr conjunct : conjuncts) {
      (here.isEmpty() ? below : here).add(conjunct);
    }
    return filter(plan(r.input(), below), here);
  }

  private Plan aggregate(Relation.Aggregate r, List<BoundExpr> conjuncts) {
    List<BoundExpr> below = new ArrayList<>();
    List<BoundExpr> above = new ArrayList<>();
    for (BoundExpr conjunct : conjuncts) {
      (isOnKeys(conjunct, r) ? below : above).add(conjunct);
    }
    below.replaceAll(c -> Expressions.substitute(c, r.relation(), r.keys()));
    Plan input = plan(r.input(), below);
    finishAll(r.keys());
    for (Relation.AggregateCall call : r.aggregates()) {
      finishAll(call.arguments());
      finishKeys(call.orderBy());
      finish(call.filter());
    }
    double rows = r.keys().isEmpty() ? 1 : Math.max(1, Math.min(input.rows(), input.rows() / 5));
    return filter(new Plan.HashAggregate(r, input, r.outputs(), rows), above);
  }

  private static boolean isOnKeys(BoundExpr conjunct, Relation.Aggregate r) {
    if (r.sets().size() != 1 || r.keys().isEmpty() || Expressions.isVolatile(conjunct)) {
      return false;
    }
    boolean[] can = {Expressions.relations(conjunct).get(r.relation())};
    Expressions.walk(
        conjunct,
        e -> {
          if (e instanceof BoundExpr.ColumnRef ref && ref.relation() == r.relation()) {
            can[0] &=
                ref.column() < r.keys().size()
                    && r.sets().get(0).contains(ref.column())
                    && !Expressions.isVolatile(r.keys().get(ref.column()))
                    && !Expressions.hasSubquery(r.keys().get(ref.column()));
          }
        });
    return can[0];
  }

  private Plan window(Relation.Window r, List<BoundExpr> conjuncts) {
    List<BoundExpr> below = new ArrayList<>();
    List<BoundExpr> above = new ArrayList<>();
    for (BoundExpr conjunct : conjuncts) {
      (isOnPartition(conjunct, r) ? below : above).add(conjunct);
    }
    Plan input = plan(r.input(), below);
    finishAll(r.partitionBy());
    finishKeys(r.orderBy());
    for (Relation.WindowCall call : r.calls()) {
      finishAll(call.arguments());
      finish(call.filter());
    }
    List<OutputColumn> computed = usedCalls(r);
    if (computed.isEmpty()) {
      return filter(input, above);
    }
    if (r.frame() != null) {
      finish(r.frame().startOffset());
      finish(r.frame().endOffset());
    }
    List<OutputColumn> outputs = new ArrayList<>(input.outputs());
    outputs.addAll(computed);
    return filter(new Plan.Window(r, input, outputs), above);
  }

  /** Returns the columns of calls that something refers to: no other call is computed. */
  private List<OutputColumn> usedCalls(Relation.Window r) {
    List<OutputColumn> result = new ArrayList<>();
    for (OutputColumn output : r.outputs()) {
      if (output.relation() == r.relation()
          && (used.contains(key(output.relation(), output.column()))
              || hasVolatileArgument(r.calls().get(output.column())))) {
        result.add(output);
      }
    }
    return result;
  }

  private static boolean hasVolatileArgument(Relation.WindowCall call) {
    return call.arguments().stream().anyMatch(Expressions::isVolatile)
        || (call.filter() != null && Expressions.isVolatile(call.filter()));
  }

  /** Tells whether a conjunct keeps or drops whole partitions. */
  private static boolean isOnPartition(BoundExpr conjunct, Relation.Window r) {
    boolean[] can = {!Expressions.isVolatile(conjunct)};
    BitSet inputs = Expressions.relationsOf(r.outputs());
    Expressions.walk(
        conjunct,
        e -> {
          if (e instanceof BoundExpr.ColumnRef ref && inputs.get(ref.relation())) {
            can[0] &=
                r.partitionBy().stream()
                    .anyMatch(p ->
                        p instanceof BoundExpr.ColumnRef key
                            && key.relation() == ref.relation()
                            && key.column() == ref.column());
          }
        });
    return can[0];
  }

  private Plan distinct(Relation.Distinct r, List<BoundExpr> conjuncts) {
    Plan input = plan(r.input(), conjuncts);
    return new Plan.Distinct(
        reorder(input, r.outputs()), Math.max(1, input.rows() / Estimates.DISTINCT_SHARE));
  }

  /** Drops and reorders columns so that exactly the wanted ones are left. */
  private static Plan reorder(Plan plan, List<OutputColumn> wanted) {
    if (sameColumns(plan.outputs(), wanted)) {
      return plan;
    }
    List<BoundExpr> refs = new ArrayList<>();
    for (OutputColumn output : wanted) {
      refs.add(output.ref());
    }
    return new Plan.Project(plan, refs, wanted);
  }

  private Plan distinctOn(Relation.DistinctOn r, List<BoundExpr> conjuncts) {
    Plan input = plan(r.input(), List.of());
    double rows = Math.max(1, input.rows() / Estimates.DISTINCT_SHARE);
    return filter(new Plan.DistinctOn(input, finishAll(r.keys()), rows), conjuncts);
  }

  // LIMIT: looks through projections for the sort below it.

  private Plan limit(Relation.Limit r) {
    finish(r.count());
    finish(r.offset());
    if (r.ties() != null) {
      finishKeys(r.ties());
    }
    if (r.count() != null && r.ties() == null) {
      Plan top = topN(r.input(), r);
      if (top != null) {
        return top;
      }
    }
    Plan input = plan(r.input(), List.of());
    return new Plan.Limit(input, r.count(), r.offset(), r.ties(), limitRows(r, input.rows()));
  }

  private static boolean isNearlyOrdered(Plan plan) {
    Plan below = plan;
    while (below instanceof Plan.Project project) {
      below = project.input();
    }
    return below instanceof Plan.NearestScan;
  }

  static double limitRows(Relation.Limit limit, double inputRows) {
    if (limit.count() instanceof BoundExpr.Constant c
        && !c.isNull()
        && c.value() instanceof io.quarkgres.spi.data.LongColumn n) {
      return Math.min(inputRows, Math.max(1, n.values()[0]));
    }
    return Math.max(1, Math.min(inputRows, 100));
  }

  /**
   * Without a limit, all rows are sorted. But whoever turns sequential scans off gets a distance
   * index, and with it, as from PostgreSQL, only the rows that the index holds.
   */
  private Plan sort(Relation.Sort r, List<BoundExpr> conjuncts) {
    if (!settings().enableTableScan() && conjuncts.isEmpty()) {
      Plan ordered = paths.ordered(r, null);
      if (ordered != null && isNearlyOrdered(ordered)) {
        return new Plan.Sort(ordered, finishKeys(r.keys()));
      }
    }
    return new Plan.Sort(plan(r.input(), conjuncts), finishKeys(r.keys()));
  }

  private Plan topN(Relation input, Relation.Limit limit) {
    if (input instanceof Relation.Project project) {
      Plan below = topN(project.input(), limit);
      return below == null ? null : projected(project, below);
    }
    if (!(input instanceof Relation.Sort sort)) {
      return null;
    }
    Plan ordered = paths.ordered(sort, limit);
    if (ordered != null && !isNearlyOrdered(ordered)) {
      double rows = limitRows(limit, ordered.rows());
      return new Plan.Limit(ordered, limit.count(), limit.offset(), null, rows);
    }
    // The rows that a distance index yields first are sorted, as a later one may be nearer.
    Plan below = ordered != null ? ordered : plan(sort.input(), List.of());
    return new Plan.TopN(
        below,
        finishKeys(sort.keys()),
        limit.count(),
        limit.offset(),
        limitRows(limit, below.rows()));
  }

  // Set operations.

  private Plan setOperation(Relation.SetOperation r, List<BoundExpr> conjuncts) {
    if (r.kind() == Relation.SetKind.UNION) {
      return union(r, conjuncts);
    }
    Plan left = planPositional(r.left());
    Plan right = planPositional(r.right());
    return filter(
        new Plan.SetOperation(r.kind(), r.isAll(), left, right, r.outputs(), left.rows()),
        conjuncts);
  }

  private Plan union(Relation.SetOperation r, List<BoundExpr> conjuncts) {
    List<BoundExpr> below = new ArrayList<>();
    List<BoundExpr> above = new ArrayList<>();
    for (BoundExpr conjunct : conjuncts) {
      boolean isMovable = !Expressions.hasSubquery(conjunct) && !Expressions.isVolatile(conjunct);
      (isMovable ? below : above).add(conjunct);
    }
    List<Plan> inputs = new ArrayList<>();
    collectUnion(r, r, below, inputs);
    double rows = inputs.stream().mapToDouble(Plan::rows).sum();
    Plan append = new Plan.Append(inputs, r.outputs(), rows);
    return filter(r.isAll() ? append : new Plan.Distinct(append, Math.max(1, rows / 2)), above);
  }

  /** Flattens unions of the same kind: a left-deep chain becomes one Append. */
  private void collectUnion(
      Relation part, Relation.SetOperation top, List<BoundExpr> conjuncts, List<Plan> out) {
    if (part instanceof Relation.SetOperation set
        && set.kind() == Relation.SetKind.UNION
        && set.isAll() == top.isAll()) {
      collectUnion(set.left(), top, conjuncts, out);
      collectUnion(set.right(), top, conjuncts, out);
      return;
    }
    List<BoundExpr> refs = new ArrayList<>();
    for (OutputColumn output : part.outputs()) {
      refs.add(output.ref());
    }
    List<BoundExpr> moved = new ArrayList<>();
    for (BoundExpr conjunct : conjuncts) {
      moved.add(Expressions.substitute(conjunct, top.relation(), refs));
    }
    out.add(reorder(plan(part, moved), part.outputs()));
  }

  private Plan with(Relation.With r, List<BoundExpr> conjuncts) {
    List<Plan.CtePlan> ctes = new ArrayList<>();
    for (Relation.Cte cte : r.ctes()) {
      Plan query = planPositional(cte.query());
      Plan recursive = cte.recursive() == null ? null : planPositional(cte.recursive());
      ctes.add(new Plan.CtePlan(cte.cte(), cte.name(), query, recursive, cte.isUnionAll()));
    }
    return new Plan.With(ctes, plan(r.body(), conjuncts));
  }

  private Plan lockRows(Relation.LockRows r) {
    BoundExpr recheck = RecheckPredicates.of(r.input());
    return new Plan.LockRows(plan(r.input(), List.of()), r.locks(), finish(recheck));
  }

  private Plan modify(Relation.Modify r) {
    Modification modification = r.modification();
    Plan source = planPositional(Relations.source(modification));
    Relations.walkOwnExpressions(r, this::finish);
    return new Plan.Modify(modification, source, r.outputs(), source.rows());
  }
}
