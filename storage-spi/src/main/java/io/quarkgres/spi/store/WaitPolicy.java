package io.quarkgres.spi.store;

/** What to do about a row that another transaction has locked. Thread: any. */
public enum WaitPolicy {
  /** Wait for the other transaction to end. */
  WAIT,
  /** Leave the row out (SKIP LOCKED). */
  SKIP,
  /** Raise 55P03 (NOWAIT). */
  ERROR
}
