package io.quarkgres.engine.exec.scan;

import io.quarkgres.engine.exec.Operator;
import io.quarkgres.spi.data.Block;

/** No rows. */
public final class NothingOperator implements Operator {
  @Override
  public Block next() {
    return null;
  }

  @Override
  public void reset() {}

  @Override
  public void close() {}
}
