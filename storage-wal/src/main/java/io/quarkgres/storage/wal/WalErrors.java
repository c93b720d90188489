package io.quarkgres.storage.wal;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

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

  /** A segment that could not be begun: the log goes on in the one before. */
  static SqlException noSegment(String path, IOException cause) {
    return notWritten(path, cause)
        .withHint(
            "Nothing is lost, and the log goes on in the file before. Free space on the disk, or"
                + " check it.");
  }

  /** A file that could not be opened or read; the cause may know better which. */
  static SqlException notRead(String path, IOException cause) {
    String file = path;
    if (cause instanceof FileSystemException failed && failed.getFile() != null) {
      file = failed.getFile();
    } else {
      LOG.log(System.Logger.Level.ERROR, "could not read file \"" + path + "\"", cause);
    }
    return new SqlException(
            SqlState.IO_ERROR, "could not open or read file \"" + file + "\": " + why(cause))
        .withHint("Check that the server may read and write it, and check the disk.");
  }

  /** Returns in a few words what went wrong with a file. */
  static String why(Exception e) {
    return switch (e) {
      case AccessDeniedException denied -> "permission denied";
      case NoSuchFileException missing -> "no such file or directory";
      case FileSystemException failed when failed.getReason() != null -> failed.getReason();
      default -> String.valueOf(e.getMessage());
    };
  }

  static SqlException corrupted(String path, String what) {
    return new SqlException(SqlState.DATA_CORRUPTED, "file \"" + path + "\" is damaged: " + what)
        .withHint("Restore the data directory from a backup; the server changes nothing in it.");
  }
}
