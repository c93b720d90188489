package io.quarkgres.engine.function.jsonpath;

/** What became of evaluating a step. Thread: any. */
enum Outcome {
  /** Something was found. */
  FOUND,
  /** Nothing was found. */
  NOTHING,
  /** An error that the caller takes for unknown, or for nothing in a silent evaluation. */
  ERROR
}
