package io.quarkgres.engine.function.window;

import io.quarkgres.engine.function.kernel.KernelTable;

/** The table of window functions. Thread: any. */
public final class WindowFunctions {
  private WindowFunctions() {}

  /** Registers the family. */
  public static void register(KernelTable t) {
    t.window("window_row_number", (c, a, p, x) -> Ranking.rowNumber(p));
    t.window("window_rank", (c, a, p, x) -> Ranking.rank(p));
    t.window("window_dense_rank", (c, a, p, x) -> Ranking.denseRank(p));
    t.window("window_percent_rank", (c, a, p, x) -> Ranking.percentRank(p));
    t.window("window_cume_dist", (c, a, p, x) -> Ranking.cumulativeDistribution(p));
    t.window("window_ntile", (c, a, p, x) -> Ranking.tile(a[0], p));
    t.window("window_lag", (c, a, p, x) -> Neighbours.shifted(a, -1, p));
    t.window("window_lag_with_offset", (c, a, p, x) -> Neighbours.shifted(a, -1, p));
    t.window("window_lag_with_offset_and_default", (c, a, p, x) -> Neighbours.shifted(a, -1, p));
    t.window("window_lead", (c, a, p, x) -> Neighbours.shifted(a, 1, p));
    t.window("window_lead_with_offset", (c, a, p, x) -> Neighbours.shifted(a, 1, p));
    t.window("window_lead_with_offset_and_default", (c, a, p, x) -> Neighbours.shifted(a, 1, p));
    t.window("window_first_value", (c, a, p, x) -> FrameValues.first(a[0], p));
    t.window("window_last_value", (c, a, p, x) -> FrameValues.last(a[0], p));
    t.window("window_nth_value", (c, a, p, x) -> FrameValues.nth(a[0], a[1], p));
  }
}
