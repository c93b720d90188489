package io.quarkgres.engine.exec.parallel;

import io.quarkgres.engine.exec.join.HashJoinOperator;
import io.quarkgres.engine.exec.scan.SharedScan;
import io.quarkgres.engine.plan.Plan;
import java.util.List;

/**
 * What the operator trees of several workers share that run one part of a plan side by side: the
 * morsels of the table at its bottom, of which each worker takes the next that is left, and the
 * hash tables of the joins on the way up, which are built before. Thread: any, once it is shared.
 */
public final class Fragment {
  private final SharedScan scan;
  private final List<Plan.HashJoin> plans;
  private final HashJoinOperator[] joins;

  /** Makes a fragment over a table; {@code plans} are the joins on the way up, topmost first. */
  public Fragment(Plan.TableScan scan, List<Plan.HashJoin> plans) {
    this.scan = new SharedScan(scan);
    this.plans = plans;
    this.joins = new HashJoinOperator[plans.size()];
  }

  /** Notes the join of the tree that the others follow, if it is one on the way up. */
  public void note(Plan.HashJoin plan, HashJoinOperator join) {
    for (int i = 0; i < joins.length; i++) {
      joins[i] = plans.get(i) == plan ? join : joins[i];
    }
  }

  /** Returns the noted join of a plan, or {@code null}. */
  public HashJoinOperator join(Plan.HashJoin plan) {
    for (int i = 0; i < joins.length; i++) {
      if (plans.get(i) == plan) {
        return joins[i];
      }
    }
    return null;
  }

  /** Returns what workers share of a scan, {@code null} unless it is the one at the bottom. */
  public SharedScan scan(Plan.TableScan plan) {
    return scan.isOf(plan) ? scan : null;
  }

  /** Splits the table anew; returns into how many morsels. */
  public int split() {
    return scan.split();
  }

  /** Builds the hash tables of the joins, the topmost first as without workers. */
  public void buildJoins() {
    for (HashJoinOperator join : joins) {
      join.prepare();
    }
  }

  /** Tells whether the hash tables of all joins are in memory, so that others can probe them. */
  public boolean areJoinsWhole() {
    for (HashJoinOperator join : joins) {
      if (!join.isWhole()) {
        return false;
      }
    }
    return true;
  }

  /** Leaves no morsel to take: a worker has failed. */
  void stop() {
    scan.stop();
  }
}
