package io.quarkgres.spi.lock;

/** PostgreSQL's table lock modes (manual, section 13.3.1), weakest first. Thread: any. */
public enum LockMode {
  /** SELECT. */
  ACCESS_SHARE(0b1000_0000),
  /** SELECT FOR UPDATE and its like. */
  ROW_SHARE(0b1100_0000),
  /** INSERT, UPDATE, DELETE. */
  ROW_EXCLUSIVE(0b1111_0000),
  /** VACUUM, CREATE INDEX CONCURRENTLY. */
  SHARE_UPDATE_EXCLUSIVE(0b1111_1000),
  /** CREATE INDEX. */
  SHARE(0b1110_1100),
  /** CREATE TRIGGER and some forms of ALTER TABLE. */
  SHARE_ROW_EXCLUSIVE(0b1111_1100),
  /** REFRESH MATERIALIZED VIEW CONCURRENTLY. */
  EXCLUSIVE(0b1111_1110),
  /** DROP, TRUNCATE, most of ALTER TABLE. */
  ACCESS_EXCLUSIVE(0b1111_1111);

  private final int conflicts;

  LockMode(int conflicts) {
    this.conflicts = conflicts;
  }

  /** Tells whether two owners cannot hold these modes on one object at once. */
  public boolean conflictsWith(LockMode other) {
    return (conflicts >> other.ordinal() & 1) != 0;
  }
}
