package io.quarkgres.engine.exec.scan;

import io.quarkgres.engine.plan.Plan;

/**
 * What the ways to the nearest rows cost, in distances to rows found through an index: such a row
 * is anywhere in memory. Thread: any.
 */
final class NearestCosts {
  /** A row of a scan that only the filter looks at. */
  private static final double FILTERED_ROW = 0.1;

  /** A row of a scan whose distance is measured; it lies next to the one before. */
  private static final double SCANNED_ROW = 0.5;

  /** A row that another index leads to. */
  private static final double FETCHED_ROW = 2;

  private NearestCosts() {}

  /** Returns the part of the rows that pass a filter of which a sample is known. */
  static double share(int passed, int seen) {
    return (passed + 0.5) / (seen + 1.0);
  }

  /** Returns what it costs to measure all rows that pass a filter. */
  static double ofAll(long rows, double share, Plan all) {
    double passing = rows * share;
    return all instanceof Plan.IndexScan
        ? FETCHED_ROW * passing
        : FILTERED_ROW * rows + SCANNED_ROW * passing;
  }
}
