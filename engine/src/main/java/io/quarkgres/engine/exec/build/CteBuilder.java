package io.quarkgres.engine.exec.build;

import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.exec.Operator;
import io.quarkgres.engine.exec.subquery.CteScanOperator;
import io.quarkgres.engine.exec.subquery.CteStore;
import io.quarkgres.engine.exec.subquery.RecursiveUnionOperator;
import io.quarkgres.engine.exec.subquery.WithOperator;
import io.quarkgres.engine.exec.subquery.WorkingTable;
import io.quarkgres.engine.exec.subquery.WorkingTableScanOperator;
import io.quarkgres.engine.expr.Environment;
import io.quarkgres.engine.plan.Plan;
import io.quarkgres.spi.error.Invariant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes the operators of common table expressions. One an execution, used by one thread. */
final class CteBuilder {
  private final OperatorBuilder builder;
  private final Environment environment;
  private final ExecutionContext context;
  private final Map<Integer, CteStore> stores = new HashMap<>();
  private final Map<Integer, WorkingTable> workingTables = new HashMap<>();
  private int workingTableUses;

  CteBuilder(OperatorBuilder builder) {
    this.builder = builder;
    this.environment = builder.environment();
    this.context = builder.context();
  }

  /** Returns how often working tables of recursive ones are read so far. */
  int workingTableUses() {
    return workingTableUses;
  }

  Operator with(Plan.With p) {
    List<CteStore> own = new ArrayList<>();
    List<CteStore> dependent = new ArrayList<>();
    List<CteStore> modifying = new ArrayList<>();
    for (Plan.CtePlan cte : p.ctes()) {
      CteStore store = new CteStore(context);
      long outerBefore = environment.outerUses();
      int modificationsBefore = builder.modifications().count();
      store.setSource(cte.recursive() == null ? builder.build(cte.query()) : recursive(cte));
      stores.put(cte.cte(), store);
      own.add(store);
      if (environment.outerUses() != outerBefore) {
        dependent.add(store);
      }
      if (builder.modifications().count() != modificationsBefore) {
        modifying.add(store);
      }
    }
    return new WithOperator(own, dependent, modifying, builder.build(p.body()));
  }

  private Operator recursive(Plan.CtePlan cte) {
    Operator first = builder.build(cte.query());
    WorkingTable working = new WorkingTable();
    workingTables.put(cte.cte(), working);
    Operator recursive = builder.build(cte.recursive());
    workingTables.remove(cte.cte());
    return new RecursiveUnionOperator(
        first,
        recursive,
        working,
        cte.isUnionAll() ? null : OperatorBuilder.types(cte.query().outputs()),
        context);
  }

  Operator scan(Plan.CteScan p) {
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
}
