package io.quarkgres.storage.wal;

import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.storage.memory.Image;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes one checkpoint: what has changed since the one before into new files, and its own file
 * last. Used by one thread.
 */
final class CheckpointWrite {
  /** Rows that have no file, but come into the checkpoint's own. */
  private record Part(Image.Table table, long fromRow, long toRow) {}

  private final DataFiles files;
  private final Checkpoint.Cut cut;
  private final KnownFiles known;
  private final WalOptions options;
  private final List<RowFile> rowFiles = new ArrayList<>();
  private final List<IndexFile> indexFiles = new ArrayList<>();
  private final List<Part> own = new ArrayList<>();
  private boolean hasNew;

  private CheckpointWrite(
      DataFiles files, Checkpoint.Cut cut, KnownFiles known, WalOptions options) {
    this.files = files;
    this.cut = cut;
    this.known = known;
    this.options = options;
  }

  /**
   * Writes a checkpoint, proves it readable and gives it its name.
   *
   * @param known the files of the checkpoint before
   */
  static Checkpoint run(DataFiles files, Checkpoint.Cut cut, KnownFiles known, WalOptions options)
      throws IOException {
    return new CheckpointWrite(files, cut, known, options).run();
  }

  private Checkpoint run() throws IOException {
    for (Image.Table table : cut.image().tables()) {
      addRows(table);
      for (Image.Index index : table.indexes()) {
        addIndex(table, index);
      }
    }
    if (hasNew) {
      files.syncDirectory();
    }
    String name = DataDirectory.checkpoint(cut.position());
    String temporary = name + DataDirectory.TEMPORARY;
    writeOwn(temporary);
    Checkpoint.readOwn(files, temporary, cut.position(), change -> {});
    files.rename(temporary, name);
    files.syncDirectory();
    return new Checkpoint(cut.position(), cut.from(), cut.open(), rowFiles, indexFiles);
  }

  /** Keeps the files whose rows have not changed, and writes the rows between them. */
  private void addRows(Image.Table table) throws IOException {
    boolean hasFiles = table.bytes(0, table.endRow()) >= options.tableFileBytes();
    long done = 0;
    for (RowFile file : known.current(table)) {
      addChanged(table, done, file.fromRow(), hasFiles);
      rowFiles.add(file);
      done = file.toRow();
    }
    addChanged(table, done, table.endRow(), hasFiles);
  }

  private void addChanged(Image.Table table, long fromRow, long toRow, boolean hasFiles)
      throws IOException {
    if (hasFiles) {
      writeFiles(table, fromRow, toRow);
    } else if (fromRow < toRow) {
      own.add(new Part(table, fromRow, toRow));
    }
  }

  /** Cuts rows into parts of about the size of a file. */
  private void writeFiles(Image.Table table, long fromRow, long toRow) throws IOException {
    long begun = fromRow;
    long bytes = 0;
    for (long row = fromRow; row < toRow; row += Image.STEP) {
      long next = row + Image.STEP;
      bytes += table.bytes(row, next);
      if (bytes >= options.rowFileBytes() || next == toRow) {
        rowFiles.add(RowFile.write(files, cut.position(), table, begun, next));
        hasNew = true;
        begun = next;
        bytes = 0;
      }
    }
  }

  private void addIndex(Image.Table table, Image.Index index) throws IOException {
    IndexFile same = known.current(table, index);
    if (same == null) {
      indexFiles.add(IndexFile.write(files, cut.position(), indexFiles.size(), table, index));
      hasNew = true;
    } else {
      indexFiles.add(same);
    }
  }

  private void writeOwn(String name) throws IOException {
    try (FrameFile out = new FrameFile(files, name, Checkpoint.MAGIC, cut.position())) {
      out.put(markFrame());
      for (RowFile file : rowFiles) {
        ByteSink frame = new ByteSink(40);
        frame.put(Checkpoint.ROWS);
        file.writeReference(frame);
        out.put(frame);
      }
      for (IndexFile file : indexFiles) {
        ByteSink frame = new ByteSink(128);
        frame.put(Checkpoint.INDEX);
        file.writeReference(frame);
        out.put(frame);
      }
      ChangeFrames changes = new ChangeFrames(out);
      changes.addAll(cut.image()::eachPut);
      for (Image.Table table : cut.image().tables()) {
        changes.addAll(receiver -> receiver.accept(table.added()));
      }
      for (Part part : own) {
        changes.addAll(receiver -> part.table.each(part.fromRow, part.toRow, receiver));
      }
      changes.flush();
      out.end();
    }
  }

  private ByteSink markFrame() {
    ByteSink frame = new ByteSink(64);
    frame.put(Checkpoint.MARK);
    frame.putLong(cut.from());
    cut.open().forEach(frame::putLong);
    return frame;
  }
}
