package io.quarkgres.spi.store;

/** When a transaction takes its snapshots. Thread: any. */
public enum IsolationLevel {
  /** A snapshot for each statement; READ UNCOMMITTED behaves alike, as in PostgreSQL. */
  READ_COMMITTED,
  /** One snapshot for the transaction; writing a row that changed since raises 40001. */
  REPEATABLE_READ,
  /** As if transactions had run one after another; raises 40001 otherwise. */
  SERIALIZABLE
}
