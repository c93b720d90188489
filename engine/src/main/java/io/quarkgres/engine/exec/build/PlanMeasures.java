package io.quarkgres.engine.exec.build;

import io.quarkgres.engine.exec.OperatorStatistics;
import io.quarkgres.engine.plan.Plan;
import java.util.IdentityHashMap;
import java.util.Map;

/** What the operators of an execution note for EXPLAIN ANALYZE, by plan. Used by one thread. */
final class PlanMeasures {
  private final Map<Plan, OperatorStatistics> statistics = new IdentityHashMap<>();
  private final Map<Plan, Plan> originals = new IdentityHashMap<>(); // of copies of plans

  /** Returns what was noted for a plan, or {@code null}. */
  OperatorStatistics get(Plan plan) {
    return statistics.get(plan);
  }

  /** Returns where the operator of a plan notes what it does. */
  OperatorStatistics of(Plan plan) {
    return statistics.computeIfAbsent(
        originals.getOrDefault(plan, plan), p -> new OperatorStatistics());
  }

  /** Says that copies of plans are measured as those they were made of. */
  void measureAs(Map<Plan, Plan> originalsOfCopies) {
    originals.putAll(originalsOfCopies);
  }

  /** Adds what a worker has done for a plan, and below it. */
  void addWorker(Plan p, PlanMeasures worker) {
    statistics.get(p).count("Workers Launched", 1);
    worker.statistics.forEach(
        (plan, done) -> statistics.computeIfAbsent(plan, x -> new OperatorStatistics()).add(done));
  }
}
