package io.quarkgres.engine.function;

import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Selection;

/**
 * The states of one aggregate for many groups, numbered from 0, in flat arrays. DISTINCT, ORDER BY
 * and FILTER are dealt with before. Used by one thread at a time.
 */
public interface Accumulator {
  /** Makes room for groups {@code 0..groups)}; new ones are empty. */
  void grow(int groups);

  /**
   * Adds the selected rows. For a strict transition the caller has dropped rows with a NULL
   * argument; {@code count(*)} has no arguments.
   *
   * @param group the group of each position, aligned with the block
   */
  void add(Column[] arguments, Selection rows, int[] group);

  /** Returns the results of groups {@code from..to)}, as a column of {@code to - from}. */
  Column results(int from, int to);

  /** Empties the state of a group, for moving window frames. */
  void reset(int group);

  /** Returns the memory the states take, in bytes. */
  long memoryBytes();
}
