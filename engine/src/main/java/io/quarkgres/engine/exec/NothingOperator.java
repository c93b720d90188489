package io.quarkgres.engine.exec;

import io.quarkgres.spi.data.Block;

/** No rows. */
final class NothingOperator implements Operator {
  @Override
  public Block next() {
    return null;
  }

  @Override
  public void reset() {}

  @Override
  public void close() {}
}
