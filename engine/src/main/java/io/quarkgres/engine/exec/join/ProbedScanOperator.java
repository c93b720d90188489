package io.quarkgres.engine.exec.join;

import io.quarkgres.engine.exec.Operator;
import io.quarkgres.engine.exec.scan.TableScanOperator;
import io.quarkgres.engine.plan.Plan;
import io.quarkgres.spi.data.Block;

/**
 * A scan that is run for many outer rows: the first runs read the table, later ones probe a hash
 * table of it. Making that costs about as much as {@value #SCANS} scans, so that no more than twice
 * the time of the better way is spent, however many runs there are.
 *
 * <p>Used by one thread.
 */
public final class ProbedScanOperator implements Operator {
  private static final int SCANS = 3;

  /** Larger tables are not kept; scanning them again costs time instead of memory. */
  private static final double ROWS_MAX = 4_000_000;

  private final TableScanOperator scan;
  private final HashJoinOperator probe;
  private final boolean mayProbe;
  private int runs = 1;

  public ProbedScanOperator(TableScanOperator scan, HashJoinOperator probe, Plan.ProbedScan plan) {
    this.scan = scan;
    this.probe = probe;
    this.mayProbe = plan.fixed().rows() <= ROWS_MAX;
  }

  private boolean isProbing() {
    return runs > SCANS && mayProbe;
  }

  @Override
  public Block next() {
    return isProbing() ? probe.next() : scan.next();
  }

  @Override
  public void reset() {
    runs++;
    if (isProbing()) {
      probe.reset();
    }
    scan.reset();
  }

  @Override
  public void close() {
    scan.close();
    probe.close();
  }
}
