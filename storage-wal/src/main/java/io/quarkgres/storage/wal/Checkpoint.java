package io.quarkgres.storage.wal;

import io.quarkgres.spi.data.Datums;
import io.quarkgres.storage.memory.Change;
import io.quarkgres.storage.memory.Image;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Everything as it was at one mark in the log: a file with metadata and small tables, and the files
 * with the rows of the others. {@link CheckpointWrite} makes one. Thread: any.
 *
 * @param position names the checkpoint and its mark in the log
 * @param from where the segment begins with which reading of the log has to begin
 * @param open the transactions that had records before the mark, but were not visible at it
 * @param rowFiles the files of rows it refers to
 * @param indexFiles those of indexes
 */
record Checkpoint(
    long position, long from, Set<Long> open, List<RowFile> rowFiles, List<IndexFile> indexFiles) {
  static final String MAGIC = "QGCHK";
  static final int MARK = 'M';
  static final int ROWS = 'T';
  static final int INDEX = 'I';

  /** What was fixed of the storage and the log in one moment. */
  record Cut(long position, long from, Set<Long> open, Image image) implements AutoCloseable {
    @Override
    public void close() {
      image.close();
    }
  }

  /** Returns the names of its files, its own the last. */
  List<String> fileNames() {
    List<String> names = new ArrayList<>();
    rowFiles.forEach(file -> names.add(file.name()));
    indexFiles.forEach(file -> names.add(file.name()));
    names.add(DataDirectory.checkpoint(position));
    return names;
  }

  /** Reads the checkpoint's own file; raises XX001 if it is not whole. */
  static Checkpoint readOwn(DataFiles files, String name, long position, Consumer<Change> receiver)
      throws IOException {
    long[] from = {-1};
    Set<Long> open = new HashSet<>();
    List<RowFile> rows = new ArrayList<>();
    List<IndexFile> indexes = new ArrayList<>();
    FrameFile.read(
        files,
        name,
        MAGIC,
        position,
        (bytes, start, end) -> {
          switch (bytes[start]) {
            case MARK -> {
              from[0] = Datums.readLong(bytes, start + 1);
              for (int at = start + 9; at < end; at += 8) {
                open.add(Datums.readLong(bytes, at));
              }
            }
            case ROWS -> rows.add(RowFile.readReference(bytes, start + 1, end));
            case INDEX -> indexes.add(IndexFile.readReference(bytes, start + 1));
            default -> ChangeFrames.read(bytes, start, end, receiver);
          }
        });
    if (from[0] < 0) {
      throw WalErrors.corrupted(files.path(name), "it does not say where the log goes on");
    }
    return new Checkpoint(position, from[0], open, rows, indexes);
  }

  /**
   * Reads everything, its own file first, which has the tables, and then the files of rows side by
   * side; raises XX001 if a file of it is missing or not whole.
   *
   * @param receiver called on several threads, which never have rows of the same step
   */
  static Checkpoint read(
      DataFiles files, long position, Consumer<Change> receiver, Executor workers)
      throws IOException {
    Checkpoint result = readOwn(files, DataDirectory.checkpoint(position), position, receiver);
    List<CompletableFuture<Void>> tasks = new ArrayList<>();
    for (RowFile file : result.rowFiles) {
      tasks.add(CompletableFuture.runAsync(() -> readRows(files, file, receiver), workers));
    }
    try {
      tasks.forEach(ParallelReplay::join);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return result;
  }

  private static void readRows(DataFiles files, RowFile file, Consumer<Change> receiver) {
    try {
      file.read(files, receiver);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
