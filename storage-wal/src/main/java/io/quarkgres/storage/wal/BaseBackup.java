package io.quarkgres.storage.wal;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Copies a data directory beside the server that uses it. Used by one thread.
 *
 * <p>Checkpoints and the files of tables never change, and the log only grows, so a copy needs no
 * stop: the newest checkpoint, then the log after it as far as it is written, which is everything
 * that was acknowledged when the copy of the last segment began. While the hold is locked the
 * server removes no file.
 */
public final class BaseBackup {
  private final DataFiles files;
  private final Path from;
  private final Path to;

  private BaseBackup(DataFiles files, Path from, Path to) {
    this.files = files;
    this.from = from;
    this.to = to;
  }

  /**
   * Copies a directory to another, which must be empty or missing, and checks the copy; returns
   * whether it is sound. Raises 58030 when it cannot be made.
   */
  public static boolean run(Path from, Path to, Consumer<String> report) {
    if (!Files.isRegularFile(from.resolve(DataDirectory.FORMAT))) {
      throw failed("\"" + from + "\" is not a data directory of this server");
    }
    try {
      if (Files.exists(to) && !isEmpty(to)) {
        throw failed("\"" + to + "\" is not empty");
      }
      Files.createDirectories(to);
      try (DiskFiles files = DiskFiles.besideServer(from)) {
        new BaseBackup(files, from, to).copyHeld();
      }
    } catch (IOException e) {
      throw failed("cannot copy \"" + from + "\" to \"" + to + "\": " + e.getMessage());
    }
    return DataCheck.run(to, report);
  }

  private static SqlException failed(String message) {
    return new SqlException(SqlState.IO_ERROR, message);
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (Stream<Path> names = Files.list(directory)) {
      return names.findAny().isEmpty();
    }
  }

  private void copyHeld() throws IOException {
    Path hold = from.resolve(DataDirectory.HOLD);
    try (FileChannel channel =
            FileChannel.open(
                hold,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        FileLock lock = channel.lock(0, Long.MAX_VALUE, true)) {
      if (!lock.isValid()) {
        throw new IOException("the lock of " + hold + " was lost");
      }
      copy();
    }
  }

  private void copy() throws IOException {
    long position = DataDirectory.positions(files, DataDirectory.CHECKPOINT).getLast();
    String name = DataDirectory.checkpoint(position);
    Checkpoint checkpoint = Checkpoint.readOwn(files, name, position, change -> {});
    for (TableFile table : checkpoint.tableFiles()) {
      copyWhole(table.name());
    }
    for (IndexFile index : checkpoint.indexFiles()) {
      copyWhole(index.name());
    }
    copyWhole(name);
    for (long start : DataDirectory.segmentsFrom(files, checkpoint.from())) {
      copyFrames(start);
    }
    // Last, as in a directory that is made: without it there is no data.
    copyWhole(DataDirectory.FORMAT);
    syncNames();
  }

  private void copyWhole(String name) throws IOException {
    Files.copy(from.resolve(name), to.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
    try (FileChannel copy = FileChannel.open(to.resolve(name), StandardOpenOption.WRITE)) {
      copy.force(true);
    }
  }

  /** Copies the valid frames of a segment: behind them somebody may be writing. */
  private void copyFrames(long start) throws IOException {
    Segment segment = Segment.read(files, start);
    int end = segment.each((kind, transaction, bytes, begin, stop) -> {});
    try (FileChannel copy =
        FileChannel.open(
            to.resolve(DataDirectory.segment(start)),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE)) {
      ByteBuffer frames = ByteBuffer.wrap(segment.bytes(), 0, end);
      while (frames.hasRemaining()) {
        copy.write(frames);
      }
      copy.force(true);
    }
  }

  private void syncNames() throws IOException {
    try (FileChannel channel = FileChannel.open(to, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
