package io.quarkgres.engine.function;

/** What {@code pg_proc.prokind} says. Thread: any. */
public enum FunctionKind {
  /** A plain function, possibly set-returning. */
  SCALAR,
  /** An aggregate. */
  AGGREGATE,
  /** A window function. */
  WINDOW,
  /** A procedure. */
  PROCEDURE
}
