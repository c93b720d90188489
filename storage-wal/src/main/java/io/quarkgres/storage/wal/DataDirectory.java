package io.quarkgres.storage.wal;

import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The names in a data directory and what its files begin with. Thread: any. */
final class DataDirectory {
  static final int FORMAT_VERSION = 1;
  static final String LOCK = "quarkgres.lock";
  static final String SEGMENT = ".wal";
  static final String CHECKPOINT = ".checkpoint";
  static final String TEMPORARY = ".tmp";
  private static final String FORMAT = "quarkgres.format";
  private static final String FORMAT_TEXT = "quarkgres data, format ";
  private static final int HEX = 16;
  static final int HEADER_PAYLOAD = 14;

  private DataDirectory() {}

  static String segment(long start) {
    return String.format("%016x", start) + SEGMENT;
  }

  static String checkpoint(long start) {
    return String.format("%016x", start) + CHECKPOINT;
  }

  /** Returns the positions of the files of a kind, ascending. */
  static List<Long> positions(DataFiles files, String kind) throws IOException {
    List<Long> result = new ArrayList<>();
    for (String name : files.list()) {
      if (name.endsWith(kind) && name.length() == HEX + kind.length()) {
        result.add(Long.parseUnsignedLong(name.substring(0, HEX), 16));
      }
    }
    result.sort(null);
    return result;
  }

  /** Returns the payload of a file's first frame. */
  static ByteSink header(String magic, long position) {
    ByteSink out = new ByteSink(HEADER_PAYLOAD);
    out.putAscii(magic);
    out.put(FORMAT_VERSION);
    out.putLong(position);
    return out;
  }

  static boolean isHeader(byte[] bytes, int offset, int length, String magic, long position) {
    byte[] wanted = header(magic, position).toByteArray();
    return length == wanted.length
        && java.util.Arrays.equals(wanted, 0, length, bytes, offset, offset + length);
  }

  /**
   * Tells whether the directory has data. Raises an error for another version's data, and where
   * data may be that lacks its format file.
   */
  static boolean hasData(DataFiles files) throws IOException {
    List<String> names = files.list();
    if (names.contains(FORMAT)) {
      checkFormat(files);
      return true;
    }
    for (String name : names) {
      boolean isLeftover =
          name.endsWith(TEMPORARY) || name.equals(segment(0)) || name.equals(checkpoint(0));
      if (!isLeftover) {
        throw new SqlException(
                SqlState.IO_ERROR,
                "data directory \"" + files.path("") + "\" is not empty and has no " + FORMAT)
            .withHint("Choose an empty directory, or put the file back if it was lost.");
      }
    }
    return false;
  }

  private static void checkFormat(DataFiles files) throws IOException {
    String text;
    try (DataFiles.DataFile file = files.open(FORMAT)) {
      ByteBuffer buffer = ByteBuffer.allocate(64);
      int n = file.read(0, buffer);
      text = new String(buffer.array(), 0, n, StandardCharsets.US_ASCII).strip();
    }
    if (!text.equals(FORMAT_TEXT + FORMAT_VERSION)) {
      throw new SqlException(
              SqlState.IO_ERROR,
              "data directory \""
                  + files.path("")
                  + "\" was made by another version: it says \""
                  + text
                  + "\", this server reads format "
                  + FORMAT_VERSION)
          .withHint("Start the version of the server that made it.");
    }
  }

  /** Says that the directory has data from now on. */
  static void writeFormat(DataFiles files) throws IOException {
    String temporary = FORMAT + TEMPORARY;
    try (DataFiles.DataFile file = files.open(temporary)) {
      byte[] text = (FORMAT_TEXT + FORMAT_VERSION + "\n").getBytes(StandardCharsets.US_ASCII);
      file.truncate(0);
      file.write(0, ByteBuffer.wrap(text));
      file.sync();
    }
    files.rename(temporary, FORMAT);
    files.syncDirectory();
  }

  /** Removes what a crash left behind. */
  static void removeTemporary(DataFiles files) throws IOException {
    for (String name : files.list()) {
      if (name.endsWith(TEMPORARY)) {
        files.delete(name);
      }
    }
  }
}
