package io.quarkgres.engine.bind;

/**
 * The part of a statement that an expression stands in: what may occur there, and how messages call
 * it. Thread: any.
 */
enum Clause {
  SELECT_TARGET("SELECT", true, true, true, null),
  FROM_SUBQUERY("FROM clause of their own query level", false, false, false, null),
  FROM_FUNCTION("functions in FROM", false, false, true, null),
  JOIN_ON("JOIN conditions", false, false, false, null),
  WHERE("WHERE", false, false, false, null),
  HAVING("HAVING", true, false, false, null),
  FILTER("FILTER", false, false, false, null),
  WINDOW_PARTITION("window definitions", true, false, true, null),
  WINDOW_ORDER("window definitions", true, false, true, null),
  WINDOW_FRAME_RANGE("window RANGE", false, false, false, null),
  WINDOW_FRAME_ROWS("window ROWS", false, false, false, null),
  WINDOW_FRAME_GROUPS("window GROUPS", false, false, false, null),
  GROUP_BY("GROUP BY", false, false, true, null),
  ORDER_BY("ORDER BY", true, true, true, null),
  DISTINCT_ON("DISTINCT ON", true, true, true, null),
  LIMIT("LIMIT", false, false, false, null),
  OFFSET("OFFSET", false, false, false, null),
  RETURNING("RETURNING", false, false, false, null),
  VALUES("VALUES", false, false, false, null),
  VALUES_SINGLE("VALUES", false, false, true, null),
  INSERT_TARGET("INSERT", false, false, false, null),
  UPDATE_SOURCE("UPDATE", false, false, false, null),
  UPDATE_TARGET("UPDATE", false, false, false, null),
  MERGE_WHEN("MERGE WHEN conditions", false, false, false, null),
  CYCLE_MARK("CYCLE", false, false, false, null),
  CHECK_CONSTRAINT("check constraints", false, false, false, "check constraint"),
  COLUMN_DEFAULT("DEFAULT expressions", false, false, false, "DEFAULT expression"),
  GENERATED_COLUMN(
      "column generation expressions", false, false, false, "column generation expression"),
  INDEX_EXPRESSION("index expressions", false, false, false, "index expression"),
  INDEX_PREDICATE("index predicates", false, false, false, "index predicate"),
  ALTER_USING("transform expressions", false, false, false, "transform expression"),
  COPY_WHERE("COPY FROM WHERE conditions", false, false, false, "COPY FROM WHERE condition"),
  EXECUTE_PARAMETER("EXECUTE parameters", false, false, false, "EXECUTE parameter"),
  CALL_ARGUMENT("CALL arguments", false, false, false, "CALL argument");

  private final String place;
  private final boolean allowsAggregates;
  private final boolean allowsWindows;
  private final boolean allowsSets;
  private final String refusesSubqueriesAs;

  Clause(
      String place,
      boolean allowsAggregates,
      boolean allowsWindows,
      boolean allowsSets,
      String refusesSubqueriesAs) {
    this.place = place;
    this.allowsAggregates = allowsAggregates;
    this.allowsWindows = allowsWindows;
    this.allowsSets = allowsSets;
    this.refusesSubqueriesAs = refusesSubqueriesAs;
  }

  /** Returns what stands after "are not allowed in" in messages. */
  String place() {
    return place;
  }

  boolean allowsAggregates() {
    return allowsAggregates;
  }

  boolean allowsWindows() {
    return allowsWindows;
  }

  boolean allowsSets() {
    return allowsSets;
  }

  /**
   * Returns what stands after "cannot use subquery in", or {@code null} when one may stand here.
   */
  String refusesSubqueriesAs() {
    return refusesSubqueriesAs;
  }

  boolean isWindowFrame() {
    return this == WINDOW_FRAME_RANGE || this == WINDOW_FRAME_ROWS || this == WINDOW_FRAME_GROUPS;
  }
}
