package io.quarkgres.engine.spill;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.io.IOException;

/** What can go wrong with temporary files. Thread: any. */
final class SpillErrors {
  private SpillErrors() {}

  static SqlException failed(String what, IOException cause) {
    String why = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    boolean isFull = why.contains("No space left") || why.contains("Disk quota exceeded");
    return new SqlException(
        isFull ? SqlState.DISK_FULL : SqlState.IO_ERROR,
        "could not " + what + " temporary file: " + why);
  }

  static SqlException beyondLimit(long limitKilobytes) {
    return new SqlException(
        SqlState.CONFIGURATION_LIMIT_EXCEEDED,
        "temporary file size exceeds temp_file_limit (" + limitKilobytes + "kB)");
  }
}
