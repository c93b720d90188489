package io.quarkgres.engine.exec;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of a common table expression: computed as far as any reader has come, and kept for the
 * others. Used by one thread.
 */
final class CteStore {
  private final List<Block> blocks = new ArrayList<>();
  private final MemoryAccount.Share share;
  private Operator source;
  private boolean isDone;

  CteStore(MemoryAccount.Share share) {
    this.share = share;
  }

  /** Sets what computes the rows; later than the readers are made, which may be recursive. */
  void setSource(Operator operator) {
    this.source = operator;
  }

  /** Returns the i-th block, or {@code null} behind the last. */
  Block block(int i) {
    while (i >= blocks.size() && !isDone) {
      Block block = source.next();
      if (block == null) {
        isDone = true;
      } else {
        add(block);
      }
    }
    return i < blocks.size() ? blocks.get(i) : null;
  }

  private void add(Block block) {
    Block kept = 2 * block.rowCount() < block.positionCount() ? block.compact() : block;
    share.grow(bytes(kept));
    blocks.add(kept);
  }

  static long bytes(Block block) {
    long bytes = 64;
    for (Column column : block.columns()) {
      bytes += Math.min(column.memoryBytes(), 64L * block.positionCount());
    }
    return bytes;
  }

  /** Computes the rest of the rows. */
  void finish() {
    block(Integer.MAX_VALUE);
  }

  void reset() {
    blocks.clear();
    isDone = false;
    share.release();
    source.reset();
  }

  void close() {
    blocks.clear();
    isDone = true;
    share.release();
    source.close();
  }
}
