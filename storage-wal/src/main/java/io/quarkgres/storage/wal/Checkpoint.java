package io.quarkgres.storage.wal;

import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Datums;
import io.quarkgres.storage.memory.Change;
import io.quarkgres.storage.memory.Image;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Everything as it was at one mark in the log: a file with metadata and small tables, and the files
 * of the other tables. Thread: any.
 *
 * @param position names the checkpoint and its mark in the log
 * @param from where the segment begins with which reading of the log has to begin
 * @param open the transactions that had records before the mark, but were not visible at it
 * @param tableFiles the files it refers to, with unknown data versions when it was read
 * @param indexFiles those of indexes, likewise
 */
record Checkpoint(
    long position,
    long from,
    Set<Long> open,
    List<TableFile> tableFiles,
    List<IndexFile> indexFiles) {
  static final String MAGIC = "QGCHK";
  private static final int MARK = 'M';
  private static final int TABLE = 'T';
  private static final int INDEX = 'I';

  /** The files of the checkpoint before, which are used again where nothing has changed. */
  record Known(Map<Long, TableFile> tables, Map<Long, List<IndexFile>> indexes) {
    static Known nothing() {
      return new Known(new HashMap<>(), new HashMap<>());
    }

    /** Knows the files of a checkpoint from now on. */
    void replace(Checkpoint checkpoint) {
      tables.clear();
      indexes.clear();
      checkpoint.tableFiles.forEach(file -> tables.put(file.table(), file));
      checkpoint.indexFiles.forEach(this::add);
    }

    void add(IndexFile file) {
      indexes.computeIfAbsent(file.table(), table -> new ArrayList<>()).add(file);
    }

    private IndexFile index(Image.Table table, Image.Index index) {
      for (IndexFile file : indexes.getOrDefault(table.id(), List.of())) {
        if (file.index().equals(index.name()) && file.isSameAs(table, index)) {
          return file;
        }
      }
      return null;
    }
  }

  /** What was fixed of the storage and the log in one moment. */
  record Cut(long position, long from, Set<Long> open, Image image) implements AutoCloseable {
    @Override
    public void close() {
      image.close();
    }
  }

  /**
   * Writes a checkpoint, proves it readable and gives it its name.
   *
   * @param known the files of the checkpoint before; those of the same version are not written
   * @param tableFileBytes tables smaller than this go into the checkpoint's own file
   */
  static Checkpoint write(DataFiles files, Cut cut, Known known, long tableFileBytes)
      throws IOException {
    List<TableFile> referred = new ArrayList<>();
    List<Image.Table> small = new ArrayList<>();
    List<IndexFile> indexes = new ArrayList<>();
    boolean hasNew = false;
    for (Image.Table table : cut.image().tables()) {
      TableFile file = known.tables.get(table.id());
      if (file != null && file.version() == table.version()) {
        referred.add(file);
      } else if (table.memoryBytes() >= tableFileBytes) {
        referred.add(TableFile.write(files, cut.position(), table));
        hasNew = true;
      } else {
        small.add(table);
      }
      for (Image.Index index : table.indexes()) {
        IndexFile same = known.index(table, index);
        hasNew |= same == null;
        indexes.add(
            same != null
                ? same
                : IndexFile.write(files, cut.position(), indexes.size(), table, index));
      }
    }
    if (hasNew) {
      files.syncDirectory();
    }
    Checkpoint result = new Checkpoint(cut.position(), cut.from(), cut.open(), referred, indexes);
    String name = DataDirectory.checkpoint(cut.position());
    String temporary = name + DataDirectory.TEMPORARY;
    result.writeOwn(files, temporary, cut.image(), small);
    readOwn(files, temporary, cut.position(), change -> {});
    files.rename(temporary, name);
    files.syncDirectory();
    return result;
  }

  /** Returns the names of its files, its own the last. */
  List<String> fileNames() {
    List<String> names = new ArrayList<>();
    tableFiles.forEach(file -> names.add(file.name()));
    indexFiles.forEach(file -> names.add(file.name()));
    names.add(DataDirectory.checkpoint(position));
    return names;
  }

  private void writeOwn(DataFiles files, String name, Image image, List<Image.Table> small)
      throws IOException {
    try (FrameFile out = new FrameFile(files, name, MAGIC, position)) {
      out.put(markFrame());
      for (TableFile file : tableFiles) {
        ByteSink frame = new ByteSink(32);
        frame.put(TABLE);
        frame.putLong(file.table());
        frame.putLong(file.position());
        out.put(frame);
      }
      for (IndexFile file : indexFiles) {
        ByteSink frame = new ByteSink(128);
        frame.put(INDEX);
        file.writeReference(frame);
        out.put(frame);
      }
      ChangeFrames changes = new ChangeFrames(out);
      changes.addAll(image::eachPut);
      for (Image.Table table : small) {
        changes.addAll(table::each);
      }
      changes.flush();
      out.end();
    }
  }

  private ByteSink markFrame() {
    ByteSink frame = new ByteSink(64);
    frame.put(MARK);
    frame.putLong(from);
    open.forEach(frame::putLong);
    return frame;
  }

  /** Reads the checkpoint's own file; raises XX001 if it is not whole. */
  static Checkpoint readOwn(DataFiles files, String name, long position, Consumer<Change> receiver)
      throws IOException {
    long[] from = {-1};
    Set<Long> open = new HashSet<>();
    List<TableFile> tables = new ArrayList<>();
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
            case TABLE ->
                tables.add(
                    new TableFile(
                        Datums.readLong(bytes, start + 1), Datums.readLong(bytes, start + 9), -1));
            case INDEX -> indexes.add(IndexFile.readReference(bytes, start + 1));
            default -> ChangeFrames.read(bytes, start, end, receiver);
          }
        });
    if (from[0] < 0) {
      throw WalErrors.corrupted(files.path(name), "it does not say where the log goes on");
    }
    return new Checkpoint(position, from[0], open, tables, indexes);
  }

  /**
   * Reads everything, tables side by side; raises XX001 if a file of it is missing or not whole.
   *
   * @param receiver called on several threads, but for each table by one
   */
  static Checkpoint read(
      DataFiles files, long position, Consumer<Change> receiver, Executor workers)
      throws IOException {
    Checkpoint result = readOwn(files, DataDirectory.checkpoint(position), position, receiver);
    List<CompletableFuture<Void>> tasks = new ArrayList<>();
    for (TableFile file : result.tableFiles) {
      tasks.add(CompletableFuture.runAsync(() -> readTable(files, file, receiver), workers));
    }
    try {
      tasks.forEach(ParallelReplay::join);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return result;
  }

  private static void readTable(DataFiles files, TableFile file, Consumer<Change> receiver) {
    try {
      file.read(files, receiver);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
