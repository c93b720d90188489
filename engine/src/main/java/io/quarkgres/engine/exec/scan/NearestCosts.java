package io.quarkgres.engine.exec.scan;

import io.quarkgres.engine.plan.Plan;

/**
 * What the ways to the nearest rows that pass a filter cost, in distances to rows found through the
 * graph of an index: such a row is anywhere in memory. Thread: any.
 *
 * @param ofAll measuring them as they come from the table, or from another index
 * @param ofFew measuring them as they come from an index that was not thought to be selective
 * @param ofPassing finding out which pass, and measuring them in the index
 */
record NearestCosts(double ofAll, double ofFew, double ofPassing) {
  /** Those where nothing but the index will do. */
  static final NearestCosts NONE =
      new NearestCosts(
          Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

  /** A row of a scan that only the filter looks at, if at numbers. */
  private static final double FILTERED_ROW = 0.01;

  /** The same for a filter that looks at texts or documents. */
  private static final double FILTERED_LONG_ROW = 0.1;

  /** A row of a scan whose distance is measured. */
  private static final double SCANNED_ROW = 0.8;

  /** A row whose id is read from another index. */
  private static final double LISTED_ROW = 0.2;

  /** A row that is looked up in the index and measured there. */
  private static final double PASSING_ROW = 0.4;

  /** A row that another index leads to. */
  private static final double FETCHED_ROW = 2;

  /**
   * Returns the costs for a filter.
   *
   * @param isApart whether the filter can be asked without measuring
   */
  static NearestCosts of(Plan.NearestScan plan, FilterSample sample, boolean isApart) {
    long rows = plan.table().store().rowCountEstimate();
    double passing = rows * sample.share();
    double filter = (sample.isLong() ? FILTERED_LONG_ROW : FILTERED_ROW) * rows;
    double all =
        plan.all() instanceof Plan.IndexScan
            ? FETCHED_ROW * passing
            : filter + SCANNED_ROW * passing;
    double finding = sample.isKnown() ? LISTED_ROW * passing : filter;
    boolean canSearchAmong = isApart && plan.index().index().canSearchAmong();
    return new NearestCosts(
        all,
        plan.few() == null ? Double.POSITIVE_INFINITY : FETCHED_ROW * passing,
        canSearchAmong ? finding + PASSING_ROW * passing : Double.POSITIVE_INFINITY);
  }

  double least() {
    return Math.min(ofAll, Math.min(ofFew, ofPassing));
  }
}
