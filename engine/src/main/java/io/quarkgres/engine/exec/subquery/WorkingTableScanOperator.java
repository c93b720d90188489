package io.quarkgres.engine.exec.subquery;

import io.quarkgres.engine.exec.Operator;
import io.quarkgres.spi.data.Block;

/** Reads the working table inside a recursive term. */
public final class WorkingTableScanOperator implements Operator {
  private final WorkingTable table;
  private int next;

  public WorkingTableScanOperator(WorkingTable table) {
    this.table = table;
  }

  @Override
  public Block next() {
    Block block = table.block(next);
    next += block == null ? 0 : 1;
    return block;
  }

  @Override
  public void reset() {
    next = 0;
  }

  @Override
  public void close() {}
}
