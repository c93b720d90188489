package io.quarkgres.engine.exec;

/** Where the groups of an aggregation come from. Used by one thread. */
sealed interface GroupSource permits InputGroups, WorkerGroups {
  /** Reads the whole input; returns the groups of each grouping set. */
  GroupingSet[] collect();

  /** Starts over and lets go of the groups. */
  void reset();

  /** Lets go of everything. */
  void close();
}
