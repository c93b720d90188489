package io.quarkgres.engine.plan;

import io.quarkgres.engine.bind.lookup.BindContext;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.BoundStatement;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.bind.tree.Modification;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.bind.tree.Relations;
import io.quarkgres.engine.catalog.Catalog;
import io.quarkgres.engine.optimize.ConstantEvaluator;
import io.quarkgres.engine.optimize.ConstantFolding;
import io.quarkgres.engine.optimize.Optimizer;
import io.quarkgres.spi.error.SqlException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

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
  private final UsedColumns used;
  private final ConstantFolding folding;
  private SqlException failure;
  private final AccessPaths paths;
  private final JoinPlanner joins;
  private final ProjectionPlanner projections;
  private final GroupingPlanner groupings;
  private final WindowPlanner windows;
  private final OrderPlanner orders;
  private final SetOperationPlanner sets;

  private Planner(
      Relation root,
      Catalog catalog,
      PlanSettings settings,
      ConstantFolding folding,
      BindContext binding) {
    this.used = UsedColumns.of(root);
    this.folding = folding;
    this.catalog = catalog;
    this.settings = settings;
    this.operators = new EqualityOperators(catalog.functions(), catalog.types());
    this.paths = new AccessPaths(this, new IndexShapes(binding, folding));
    this.joins = new JoinPlanner(this);
    this.projections = new ProjectionPlanner(this);
    this.groupings = new GroupingPlanner(this);
    this.windows = new WindowPlanner(this);
    this.orders = new OrderPlanner(this);
    this.sets = new SetOperationPlanner(this);
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
    Relation root = Optimizer.optimize(bound.relation(), folding);
    Planner planner = new Planner(root, catalog, settings, folding, binding);
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

  UsedColumns used() {
    return used;
  }

  /** Returns the outputs that anything refers to. */
  List<OutputColumn> usedOutputs(List<OutputColumn> outputs) {
    return used.among(outputs);
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
      subplans.put(subquery, new PlannedStatement.Subplan(subplans.size(), plan, parameters));
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

  List<Relation.SortKey> finishKeys(List<Relation.SortKey> keys) {
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
    return ProjectionPlanner.reorder(plan(relation, List.of()), relation.outputs());
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
      case Relation.Project r -> projections.project(r, conjuncts);
      case Relation.ProjectSet r -> projections.projectSet(r, conjuncts);
      case Relation.Filter r -> filtered(r, conjuncts);
      case Relation.Join r -> joins.join(r, conjuncts);
      case Relation.Aggregate r -> groupings.aggregate(r, conjuncts);
      case Relation.Window r -> windows.window(r, conjuncts);
      case Relation.Distinct r -> groupings.distinct(r, conjuncts);
      case Relation.DistinctOn r -> groupings.distinctOn(r, conjuncts);
      case Relation.Sort r -> orders.sort(r, conjuncts);
      case Relation.Limit r -> filter(orders.limit(r), conjuncts);
      case Relation.SetOperation r -> sets.setOperation(r, conjuncts);
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
            r.relation(),
            r.functions(),
            r.withOrdinality(),
            r.outputs(),
            Estimates.rows(r.functions())),
        conjuncts);
  }

  void finishFunctions(List<Relation.TableFunction> functions) {
    for (Relation.TableFunction function : functions) {
      if (function.arguments() != null) {
        finishAll(function.arguments());
      }
      finish(function.scalar());
    }
  }

  /** Makes a projection of the columns that anything refers to. */
  Plan projected(Relation.Project project, Plan input) {
    return projections.projected(project, input);
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
