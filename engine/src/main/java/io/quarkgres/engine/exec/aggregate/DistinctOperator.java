package io.quarkgres.engine.exec.aggregate;

import io.quarkgres.engine.exec.DistinctKeys;
import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.exec.GatheringOperator;
import io.quarkgres.engine.exec.Operator;
import io.quarkgres.engine.exec.OperatorStatistics;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Selection;

/**
 * Distinct rows by all columns, in order of first appearance, as the input yields them; those that
 * had to wait come behind.
 */
public final class DistinctOperator extends GatheringOperator {
  private final SqlType[] types;
  private final OperatorStatistics statistics;
  private final ExecutionContext context;
  private DistinctKeys seen;
  private boolean isInputDone;

  /** Makes one; {@code statistics} is {@code null} where nobody wants to know. */
  public DistinctOperator(
      Operator input, SqlType[] types, OperatorStatistics statistics, ExecutionContext context) {
    super(input);
    this.types = types;
    this.statistics = statistics;
    this.context = context;
  }

  @Override
  public Block next() {
    if (seen == null) {
      seen = new DistinctKeys(types, context);
    }
    while (!isInputDone) {
      context.checkInterruption();
      Block block = input.next();
      if (block == null) {
        isInputDone = true;
        break;
      }
      Selection fresh = seen.fresh(block);
      if (fresh.count() > 0) {
        return block.select(fresh);
      }
    }
    Block block = seen.waiting();
    if (block == null) {
      seen.describe(statistics);
    }
    return block;
  }

  @Override
  protected void forget() {
    isInputDone = false;
    if (seen != null) {
      seen.close();
      seen = null;
    }
  }
}
