package io.quarkgres.storage.wal;

/** Up to where the log is made again when a backup is restored. */
public sealed interface RestoreTarget {
  /** All there is. */
  record Latest() implements RestoreTarget {}

  /**
   * The transactions that committed at a time or before.
   *
   * @param epochMillis the time, since 1970
   */
  record Time(long epochMillis) implements RestoreTarget {}

  /** What was written before a position of the log. */
  record Position(long position) implements RestoreTarget {}

  /** What was written before a restore point of a name. */
  record Name(String name) implements RestoreTarget {}
}
