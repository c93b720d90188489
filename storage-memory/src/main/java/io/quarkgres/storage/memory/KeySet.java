package io.quarkgres.storage.memory;

import io.quarkgres.spi.data.Block;
import io.quarkgres.storage.memory.tree.PackedKey;

/**
 * The keys that an index computes from a block of rows, aligned with its positions. Thread: any.
 *
 * @param keys the key columns
 * @param held which rows the index holds
 * @param packed the encoded keys of an ordered index; {@code null} otherwise
 * @param withNull which keys have a NULL; {@code null} unless the index is ordered
 */
record KeySet(Block keys, boolean[] held, PackedKey[] packed, boolean[] withNull) {
  /** Returns the encoded key at a position, or {@code null} if the index does not hold the row. */
  PackedKey key(int position) {
    return held[position] ? packed[position] : null;
  }
}
