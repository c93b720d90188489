package io.quarkgres.storage.memory.cold;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.io.IOException;

/** What can go wrong with the cold file. Thread: any. */
final class ColdErrors {
  private static final System.Logger LOG = System.getLogger("io.quarkgres.storage.memory");

  private ColdErrors() {}

  static SqlException notWritten(IOException cause) {
    String why = why(cause);
    boolean isFull = why.contains("No space left") || why.contains("quota exceeded");
    LOG.log(System.Logger.Level.ERROR, "could not write to the file of cold data", cause);
    return new SqlException(
            isFull ? SqlState.DISK_FULL : SqlState.IO_ERROR,
            "could not write to the file of cold data: " + why)
        .withHint(
            isFull
                ? "Free space on the disk, delete rows, or start the server with more memory."
                : "Check the disk. What is in memory can be read and deleted.");
  }

  static SqlException notRead(IOException cause) {
    LOG.log(System.Logger.Level.ERROR, "could not read the file of cold data", cause);
    return new SqlException(
        SqlState.IO_ERROR, "could not read the file of cold data: " + why(cause));
  }

  static SqlException corrupted(ColdPlace place) {
    return new SqlException(
            SqlState.DATA_CORRUPTED,
            "the file of cold data is damaged: " + place.payloadBytes + " bytes at " + place.offset)
        .withHint("Check the disk and restart the server: the data directory is not affected.");
  }

  private static String why(IOException cause) {
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}
