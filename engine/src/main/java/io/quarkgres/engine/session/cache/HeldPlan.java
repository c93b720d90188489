package io.quarkgres.engine.session.cache;

import io.quarkgres.engine.plan.PlannedStatement;
import java.util.List;

/**
 * The plan that a statement was run with last: found again by two comparisons for as long as
 * neither the catalog nor the settings have changed, which the plan cache needs a key of six parts
 * for. Used by the session's thread.
 */
public final class HeldPlan {
  private final List<Integer> parameterTypes;
  private PlanCache.Kept entry;
  private long catalogVersion;
  private long environmentVersion;
  private long runs;

  /**
   * Makes one without a plan.
   *
   * @param parameterTypes the declared oids of parameters, 0 for undeclared
   */
  public HeldPlan(List<Integer> parameterTypes) {
    this.parameterTypes = parameterTypes;
  }

  /** Returns one with a plan that was found just now. */
  public static HeldPlan of(List<Integer> parameterTypes, PlanCache.Kept found, PlanScope scope) {
    HeldPlan held = new HeldPlan(parameterTypes);
    held.keep(found, scope);
    return held;
  }

  /** Counts a run. */
  public void ran() {
    runs++;
  }

  /** Returns how often the statement was run. */
  public long runs() {
    return runs;
  }

  public List<Integer> parameterTypes() {
    return parameterTypes;
  }

  /** Returns the plan if it is still the one to use, or {@code null}. */
  public PlannedStatement find(PlanScope scope) {
    boolean isCurrent =
        entry != null
            && environmentVersion == scope.version()
            && catalogVersion == scope.catalog().version()
            && entry.isFresh();
    return isCurrent ? entry.plan() : null;
  }

  /** Keeps a plan that was made, or found in the cache, just now. */
  public PlannedStatement keep(PlanCache.Kept found, PlanScope scope) {
    entry = found;
    environmentVersion = scope.version();
    catalogVersion = scope.catalog().version();
    return found.plan();
  }

  /** Returns the plan that was found last with what is known of it. */
  public PlanCache.Kept kept() {
    return entry;
  }

  /** Tells whether there is a plan to use and the statement is sure to be short. */
  public boolean isPoint(PlanScope scope) {
    return find(scope) != null && entry.isPoint();
  }
}
