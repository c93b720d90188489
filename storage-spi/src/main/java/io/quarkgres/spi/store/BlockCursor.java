package io.quarkgres.spi.store;

import io.quarkgres.spi.data.Block;

/** Yields blocks one after another. Used by one thread at a time. */
public interface BlockCursor extends AutoCloseable {
  /** Returns the next block, which has at least one row, or {@code null} at the end. */
  Block next();

  @Override
  default void close() {}
}
