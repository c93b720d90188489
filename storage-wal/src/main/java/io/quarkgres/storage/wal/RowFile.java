package io.quarkgres.storage.wal;

import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Datums;
import io.quarkgres.storage.memory.Change;
import io.quarkgres.storage.memory.Image;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * A file with the rows of a part of a table, to which checkpoints refer as long as none of them
 * changes. Thread: any.
 *
 * @param table the table's number
 * @param position that of the checkpoint it was written for
 * @param fromRow the first row id of the part
 * @param toRow the row id behind it
 */
record RowFile(long table, long position, long fromRow, long toRow) {
  static final String MAGIC = "QGROW";
  private static final int NAMED = 4;
  private static final int NAMED_WHOLE = 2;

  /** Returns the file of the numbers in a name, {@code null} if it is no such name. */
  static RowFile named(long[] numbers) {
    return switch (numbers.length) {
      case NAMED -> new RowFile(numbers[0], numbers[1], numbers[2], numbers[3]);
      case NAMED_WHOLE -> whole(numbers[0], numbers[1]);
      default -> null;
    };
  }

  /** Returns a file as formats 2 and 3 have it: with a whole table, and the change that adds it. */
  private static RowFile whole(long table, long position) {
    return new RowFile(table, position, 0, Long.MAX_VALUE);
  }

  boolean isWhole() {
    return toRow == Long.MAX_VALUE;
  }

  String name() {
    return isWhole()
        ? DataDirectory.numbered(DataDirectory.ROWS, table, position)
        : DataDirectory.numbered(DataDirectory.ROWS, table, position, fromRow, toRow);
  }

  /** Appends how a checkpoint refers to the file. */
  void writeReference(ByteSink out) {
    out.putLong(table);
    out.putLong(position);
    out.putLong(fromRow);
    out.putLong(toRow);
  }

  static RowFile readReference(byte[] bytes, int from, int to) {
    long[] numbers = new long[(to - from) / Long.BYTES];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Datums.readLong(bytes, from + i * Long.BYTES);
    }
    RowFile result = named(numbers);
    if (result == null) {
      throw new IllegalArgumentException("a reference to a file of " + numbers.length + " numbers");
    }
    return result;
  }

  /** Writes rows of a table, and reads them back. */
  static RowFile write(DataFiles files, long position, Image.Table table, long fromRow, long toRow)
      throws IOException {
    RowFile result = new RowFile(table.id(), position, fromRow, toRow);
    try (FrameFile out = new FrameFile(files, result.name(), MAGIC, position)) {
      ChangeFrames frames = new ChangeFrames(out);
      frames.addAll(receiver -> table.each(fromRow, toRow, receiver));
      frames.flush();
      out.end();
    }
    result.read(files, change -> {});
    return result;
  }

  /** Reads the rows; raises XX001 if the file is not whole or has others. */
  void read(DataFiles files, Consumer<Change> receiver) throws IOException {
    FrameFile.read(
        files,
        name(),
        MAGIC,
        position,
        (bytes, from, to) ->
            ChangeFrames.read(
                bytes,
                from,
                to,
                change -> {
                  if (!isMine(change)) {
                    throw new IllegalArgumentException("a change that is not of its rows");
                  }
                  receiver.accept(change);
                }));
  }

  private boolean isMine(Change change) {
    return switch (change) {
      case Change.TableAdded c -> isWhole() && c.table() == table;
      case Change.RowsInserted c -> c.table() == table && hasAll(c.rowIds());
      case Change.TableRemoved c -> false;
      case Change.RowsUpdated c -> false;
      case Change.RowsDeleted c -> false;
      case Change.Put c -> false;
    };
  }

  private boolean hasAll(long[] rowIds) {
    for (long row : rowIds) {
      if (row < fromRow || row >= toRow) {
        return false;
      }
    }
    return true;
  }
}
