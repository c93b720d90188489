package io.quarkgres.engine.exec.subquery;

import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.exec.KeptBlocks;
import io.quarkgres.engine.exec.Operator;
import io.quarkgres.spi.data.Block;

/**
 * The rows of a common table expression: computed as far as any reader has come, and kept for the
 * others. Used by one thread.
 */
public final class CteStore {
  private final KeptBlocks blocks;
  private Operator source;
  private boolean isDone;

  public CteStore(ExecutionContext context) {
    this.blocks = KeptBlocks.of(context);
  }

  /** Sets what computes the rows; later than the readers are made, which may be recursive. */
  public void setSource(Operator operator) {
    this.source = operator;
  }

  /** Returns the i-th block, or {@code null} behind the last. */
  Block block(int i) {
    while (i >= blocks.count() && !isDone) {
      Block block = source.next();
      if (block == null) {
        isDone = true;
      } else {
        blocks.add(block);
      }
    }
    return i < blocks.count() ? blocks.get(i) : null;
  }

  /** Computes the rest of the rows. */
  void finish() {
    block(Integer.MAX_VALUE);
  }

  void reset() {
    blocks.clear();
    isDone = false;
    source.reset();
  }

  void close() {
    blocks.close();
    isDone = true;
    source.close();
  }
}
