package io.quarkgres.engine.exec.subquery;

import io.quarkgres.engine.exec.KeptBlocks;
import io.quarkgres.spi.data.Block;

/** The rows that the recursive term of a common table expression reads. Used by one thread. */
public final class WorkingTable {
  private KeptBlocks blocks;

  /** Replaces the rows; those before are let go. */
  void set(KeptBlocks newBlocks) {
    if (blocks != null) {
      blocks.close();
    }
    blocks = newBlocks;
  }

  /** Returns the i-th block, or {@code null} behind the last. */
  Block block(int i) {
    return blocks != null && i < blocks.count() ? blocks.get(i) : null;
  }
}
