package io.quarkgres.engine.exec.scan;

import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.exec.Operator;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.error.Invariant;

/** The rows that whoever runs the statement gives. */
public final class InputScanOperator implements Operator {
  private final ExecutionContext context;

  public InputScanOperator(ExecutionContext context) {
    this.context = context;
  }

  @Override
  public Block next() {
    Invariant.check(context.input() != null, "an input scan has rows to read");
    return context.input().next();
  }

  @Override
  public void reset() {
    throw new IllegalStateException("an input is read once");
  }

  @Override
  public void close() {}
}
