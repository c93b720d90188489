package io.quarkgres.storage.wal;

import io.quarkgres.storage.memory.Change;
import io.quarkgres.storage.memory.Image;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * A file with all rows of a table, which checkpoints refer to as long as the table does not change.
 * Thread: any.
 *
 * @param table the table's number
 * @param position that of the checkpoint it was written for, and part of its name
 * @param version the table's data version whose rows it has
 */
record TableFile(long table, long position, long version) {
  static final String MAGIC = "QGROW";

  String name() {
    return DataDirectory.tableFile(table, position);
  }

  /** Writes the rows of a table, and reads them back. */
  static TableFile write(DataFiles files, long position, Image.Table table) throws IOException {
    TableFile result = new TableFile(table.id(), position, table.version());
    try (FrameFile out = new FrameFile(files, result.name(), MAGIC, position)) {
      ChangeFrames frames = new ChangeFrames(out);
      frames.addAll(table::each);
      frames.flush();
      out.end();
    }
    result.read(files, change -> {});
    return result;
  }

  /** Reads the rows; raises XX001 if the file is not whole or another table's. */
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
                  requireMine(change);
                  receiver.accept(change);
                }));
  }

  private void requireMine(Change change) {
    long other =
        switch (change) {
          case Change.TableAdded c -> c.table();
          case Change.RowsInserted c -> c.table();
          case Change.TableRemoved c -> -1;
          case Change.RowsUpdated c -> -1;
          case Change.RowsDeleted c -> -1;
          case Change.Put c -> -1;
        };
    if (other != table) {
      throw new IllegalArgumentException("a change that is not of the rows of table " + table);
    }
  }
}
