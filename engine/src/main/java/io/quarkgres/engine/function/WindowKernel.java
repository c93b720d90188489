package io.quarkgres.engine.function;

import io.quarkgres.spi.data.Column;

/** A window function proper, such as {@code rank} or {@code lag}. Thread: any. */
@FunctionalInterface
public non-sealed interface WindowKernel extends Kernel {
  /**
   * Computes one partition.
   *
   * @param call the resolved types
   * @param arguments argument columns over the partition's rows in window order
   * @param partition where the partition's peers and frames lie
   * @return a column of {@link Partition#rowCount()} results
   */
  Column evaluate(Call call, Column[] arguments, Partition partition, EvalContext context);

  /** The rows of one partition in window order: peers and frames by row number. */
  interface Partition {
    /** Returns how many rows the partition has. */
    int rowCount();

    /** Returns the first row that is a peer of a row. */
    int peerStart(int row);

    /** Returns the row behind the last peer of a row. */
    int peerEnd(int row);

    /** Returns the first row of a row's frame. */
    int frameStart(int row);

    /** Returns the row behind the last of a row's frame (exclusions aside). */
    int frameEnd(int row);

    /** Tells whether the frame's exclusion clause leaves out a row that lies within the frame. */
    boolean isExcluded(int row, int frameRow);
  }
}
