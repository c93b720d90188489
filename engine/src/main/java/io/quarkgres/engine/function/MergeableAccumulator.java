package io.quarkgres.engine.function;

/**
 * An accumulator whose states can be computed in parts, whatever the parts and their order: the
 * result is the same to the last digit. Used by one thread at a time.
 */
public interface MergeableAccumulator extends Accumulator {
  /**
   * Adds the states of another accumulator of the same aggregate.
   *
   * @param other an accumulator of the same class
   * @param groups how many groups the other has
   * @param target for each of them the group here
   */
  void merge(Accumulator other, int groups, int[] target);
}
