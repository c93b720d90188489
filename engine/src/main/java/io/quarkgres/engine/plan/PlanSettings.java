package io.quarkgres.engine.plan;

/**
 * The settings that a plan depends on; part of the plan cache's key. Thread: any.
 *
 * @param enableTableScan {@code enable_seqscan}
 * @param enableIndexScan {@code enable_indexscan}
 */
public record PlanSettings(boolean enableTableScan, boolean enableIndexScan) {
  /** Everything on. */
  public static final PlanSettings DEFAULT = new PlanSettings(true, true);
}
