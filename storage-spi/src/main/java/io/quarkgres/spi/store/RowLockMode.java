package io.quarkgres.spi.store;

/** PostgreSQL's row lock modes (manual, section 13.3.2), weakest first. Thread: any. */
public enum RowLockMode {
  /** FOR KEY SHARE: taken by foreign key checks. */
  KEY_SHARE,
  /** FOR SHARE. */
  SHARE,
  /** FOR NO KEY UPDATE: taken by an UPDATE that changes no key column. */
  NO_KEY_UPDATE,
  /** FOR UPDATE: taken by DELETE and by an UPDATE of key columns. */
  UPDATE;

  /** Tells whether two transactions cannot hold these modes on one row at once. */
  public boolean conflictsWith(RowLockMode other) {
    return ordinal() + other.ordinal() >= 3;
  }
}
