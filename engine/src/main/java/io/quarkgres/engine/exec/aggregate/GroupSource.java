package io.quarkgres.engine.exec.aggregate;

/** Where the groups of an aggregation come from. Used by one thread. */
sealed interface GroupSource permits InputGroups, WorkerGroups {
  /** Reads the whole input; returns the groups of each grouping set. */
  GroupingSet[] collect();

  /**
   * Goes on with one of the sets: lets its groups go and returns those of rows that had to wait,
   * {@code null} when there are no more.
   */
  GroupingSet more(int set);

  /** Starts over and lets go of the groups. */
  void reset();

  /** Lets go of everything. */
  void close();
}
