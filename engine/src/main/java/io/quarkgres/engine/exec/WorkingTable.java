package io.quarkgres.engine.exec;

import io.quarkgres.spi.data.Block;
import java.util.ArrayList;
import java.util.List;

/** The rows that the recursive term of a common table expression reads. Used by one thread. */
final class WorkingTable {
  private List<Block> blocks = List.of();

  /** Replaces the rows. */
  void set(List<Block> newBlocks) {
    blocks = new ArrayList<>(newBlocks);
  }

  /** Returns the i-th block, or {@code null} behind the last. */
  Block block(int i) {
    return i < blocks.size() ? blocks.get(i) : null;
  }
}
