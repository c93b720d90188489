package io.quarkgres.storage.wal;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.io.IOException;

/** The errors of files. Thread: any. */
final class WalErrors {
  private static final System.Logger LOG = System.getLogger("io.quarkgres.storage.wal");

  private WalErrors() {}

  /** A write or sync that failed. */
  static SqlException notWritten(String path, IOException cause) {
    String message = String.valueOf(cause.getMessage());
    boolean isFull = message.contains("No space left") || message.contains("quota exceeded");
    LOG.log(System.Logger.Level.ERROR, "could not write to file \"" + path + "\"", cause);
    return new SqlException(
            isFull ? SqlState.DISK_FULL : SqlState.IO_ERROR,
            "could not write to file \"" + path + "\": " + message)
        .withHint(
            isFull
                ? "Free space on the disk and restart the server; until then it only reads."
                : "Check the disk and restart the server; until then it only reads.");
  }

  /** An error that was told before, for another who has to know. */
  static SqlException again(SqlException error) {
    return new SqlException(error.state(), error.getMessage()).withHint(error.hint());
  }

  /** A commit that is on disk, but could not be shown to others. */
  static SqlException notShown(RuntimeException cause) {
    return new SqlException(
        SqlState.INTERNAL_ERROR, "internal error: a commit could not be shown: " + cause);
  }

  /** A checkpoint that could not be written: the log stays, and commits go on. */
  static SqlException noCheckpoint(String path, IOException cause) {
    return notWritten(path, cause)
        .withHint(
            "Nothing is lost, but the log grows until a checkpoint succeeds. Free space on the disk,"
                + " or check it.");
  }

  static SqlException notRead(String path, IOException cause) {
    LOG.log(System.Logger.Level.ERROR, "could not read file \"" + path + "\"", cause);
    return new SqlException(
        SqlState.IO_ERROR, "could not read file \"" + path + "\": " + cause.getMessage());
  }

  static SqlException corrupted(String path, String what) {
    return new SqlException(SqlState.DATA_CORRUPTED, "file \"" + path + "\" is damaged: " + what)
        .withHint("Restore the data directory from a backup; the server changes nothing in it.");
  }
}
