package io.quarkgres.spi.index;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.ByteSink;

/**
 * Turns the key columns of a position into bytes whose {@code memcmp} order is the order of the
 * index, and whose equality is the equality of the keys. Thread: any.
 */
public interface KeyEncoder {
  /** Appends the encoded key; returns whether any key column was NULL. */
  boolean encode(Block keys, int position, ByteSink out);
}
