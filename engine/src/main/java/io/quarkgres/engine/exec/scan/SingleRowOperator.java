package io.quarkgres.engine.exec.scan;

import io.quarkgres.engine.exec.Operator;
import io.quarkgres.engine.expr.Frame;
import io.quarkgres.spi.data.Block;

/** One row without columns. */
public final class SingleRowOperator implements Operator {
  private boolean isDone;

  @Override
  public Block next() {
    if (isDone) {
      return null;
    }
    isDone = true;
    return Frame.ONE_ROW;
  }

  @Override
  public void reset() {
    isDone = false;
  }

  @Override
  public void close() {
    isDone = true;
  }
}
