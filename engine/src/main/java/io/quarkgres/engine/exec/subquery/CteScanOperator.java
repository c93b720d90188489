package io.quarkgres.engine.exec.subquery;

import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.exec.Operator;
import io.quarkgres.spi.data.Block;

/** Reads a common table expression. */
public final class CteScanOperator implements Operator {
  private final CteStore store;
  private final ExecutionContext context;
  private int next;

  public CteScanOperator(CteStore store, ExecutionContext context) {
    this.store = store;
    this.context = context;
  }

  @Override
  public Block next() {
    context.checkInterruption();
    Block block = store.block(next);
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
