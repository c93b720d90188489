package io.quarkgres.engine.exec;

import io.quarkgres.spi.data.Block;

/** A running physical operator. Used by one thread at a time. */
public interface Operator extends AutoCloseable {
  /**
   * Returns the next block, with at least one selected row and one column for each output of its
   * plan, or {@code null} at the end. The first call opens the inputs.
   */
  Block next();

  /**
   * Starts over: the next call of {@link #next} yields the first block, computed with the outer
   * columns as they are then. What does not depend on them may be kept.
   */
  void reset();

  /** Lets go of everything; closing twice is a no-op. */
  @Override
  void close();
}
