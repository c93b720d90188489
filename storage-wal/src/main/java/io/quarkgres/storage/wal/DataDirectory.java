package io.quarkgres.storage.wal;

import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The names in a data directory and what its files begin with. Thread: any. */
final class DataDirectory {
  static final int FORMAT_VERSION = 4;

  /**
   * The oldest version that can be read. It lacks the records TIME and NAME, and in the files of it
   * and of version 3 a table's rows are in one file.
   */
  private static final int FORMAT_OLDEST = 2;

  static final String LOCK = "quarkgres.lock";

  /** Locked by those who copy the files, so that none goes meanwhile. */
  static final String HOLD = "quarkgres.hold";

  /** The folder of temporary files, which hold no data. */
  static final String SPILL = "temporary";

  static final String SEGMENT = ".wal";
  static final String CHECKPOINT = ".checkpoint";
  static final String ROWS = ".rows";
  static final String INDEX = ".index";
  static final String SPARE = ".spare";
  static final String TEMPORARY = ".tmp";
  static final String FORMAT = "quarkgres.format";
  private static final String FORMAT_TEXT = "quarkgres data, format ";
  private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{16}(-[0-9a-f]{16}){0,3}");
  static final int HEADER_PAYLOAD = 14;

  private DataDirectory() {}

  static String segment(long start) {
    return HexFormat.of().toHexDigits(start) + SEGMENT;
  }

  static String checkpoint(long position) {
    return HexFormat.of().toHexDigits(position) + CHECKPOINT;
  }

  /** Returns the name of a file of a kind that several numbers tell from others. */
  static String numbered(String kind, long... numbers) {
    return Arrays.stream(numbers)
            .mapToObj(number -> HexFormat.of().toHexDigits(number))
            .collect(Collectors.joining("-"))
        + kind;
  }

  /** Returns the numbers in a name: those of hexadecimal digits, separated by minus signs. */
  static long[] numbers(String name) {
    int dot = name.indexOf('.');
    String digits = dot < 0 ? "" : name.substring(0, dot);
    return DIGITS.matcher(digits).matches()
        ? Arrays.stream(digits.split("-")).mapToLong(n -> Long.parseUnsignedLong(n, 16)).toArray()
        : new long[0];
  }

  /** Returns the positions of the files of a kind, ascending. */
  static List<Long> positions(DataFiles files, String kind) throws IOException {
    List<Long> result = new ArrayList<>();
    for (String name : files.list()) {
      if (name.endsWith(kind) && numbers(name).length == 1) {
        result.add(numbers(name)[0]);
      }
    }
    result.sort(null);
    return result;
  }

  /** Returns where the segments from one on begin; raises XX001 when that one is missing. */
  static List<Long> segmentsFrom(DataFiles files, long from) throws IOException {
    List<Long> segments =
        positions(files, SEGMENT).stream().filter(start -> start >= from).toList();
    if (segments.isEmpty() || segments.getFirst() != from) {
      throw WalErrors.corrupted(files.path(segment(from)), "it is missing");
    }
    return segments;
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
    if (length != wanted.length) {
      return false;
    }
    int version = bytes[offset + magic.length()];
    wanted[magic.length()] = (byte) version;
    return version >= FORMAT_OLDEST
        && version <= FORMAT_VERSION
        && Arrays.equals(wanted, 0, length, bytes, offset, offset + length);
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

  /** Raises an error for data that cannot be read; returns whether it is of an older version. */
  static boolean checkFormat(DataFiles files) throws IOException {
    String text = formatText(files);
    boolean isReadable =
        IntStream.rangeClosed(FORMAT_OLDEST, FORMAT_VERSION)
            .anyMatch(version -> text.equals(FORMAT_TEXT + version));
    if (!isReadable) {
      throw new SqlException(
              SqlState.IO_ERROR,
              "data directory \""
                  + files.path("")
                  + "\" was made by another version: it says \""
                  + text
                  + "\", this server reads formats "
                  + FORMAT_OLDEST
                  + " to "
                  + FORMAT_VERSION)
          .withHint("Start the version of the server that made it.");
    }
    return !text.equals(FORMAT_TEXT + FORMAT_VERSION);
  }

  private static String formatText(DataFiles files) throws IOException {
    try (DataFiles.DataFile file = files.read(FORMAT)) {
      ByteBuffer buffer = ByteBuffer.allocate(64);
      int n = file.read(0, buffer);
      return new String(buffer.array(), 0, n, StandardCharsets.US_ASCII).strip();
    }
  }

  /** Removes what was written of a checkpoint that has not got its name. */
  static void discard(DataFiles files, long position) throws IOException {
    String digits = HexFormat.of().toHexDigits(position);
    for (String name : files.list()) {
      boolean isOwn = name.equals(checkpoint(position) + TEMPORARY);
      boolean isOther = name.endsWith(ROWS) || name.endsWith(INDEX);
      if (isOwn || isOther && name.startsWith(digits, digits.length() + 1)) {
        files.delete(name);
      }
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
}
