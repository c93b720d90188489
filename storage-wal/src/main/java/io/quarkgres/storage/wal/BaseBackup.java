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
    requireData(from);
    try {
      makeEmpty(to);
      try (DiskFiles files = DiskFiles.besideServer(from)) {
        new BaseBackup(files, from, to).copyHeld();
      }
    } catch (IOException e) {
      throw failed("cannot copy \"" + from + "\" to \"" + to + "\": " + e.getMessage());
    }
    return DataCheck.run(to, report);
  }

  static void requireData(Path directory) {
    if (!Files.isRegularFile(directory.resolve(DataDirectory.FORMAT))) {
      throw failed("\"" + directory + "\" is not a data directory of this server");
    }
  }

  static void makeEmpty(Path directory) throws IOException {
    if (Files.exists(directory) && !isEmpty(directory)) {
      throw failed("\"" + directory + "\" is not empty");
    }
    Files.createDirectories(directory);
  }

  static SqlException failed(String message) {
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
    for (String file : checkpoint.fileNames()) {
      copyWhole(from.resolve(file), to.resolve(file));
    }
    for (long start : DataDirectory.segmentsFrom(files, checkpoint.from())) {
      copyFrames(start);
    }
    // Last, as in a directory that is made: without it there is no data.
    copyWhole(from.resolve(DataDirectory.FORMAT), to.resolve(DataDirectory.FORMAT));
    syncNames(to);
  }

  /** Copies the valid frames of a segment: behind them somebody may be writing. */
  private void copyFrames(long start) throws IOException {
    Segment segment = Segment.read(files, start);
    int end = segment.each((kind, transaction, bytes, begin, stop) -> {});
    writeNew(to.resolve(DataDirectory.segment(start)), ByteBuffer.wrap(segment.bytes(), 0, end));
  }

  static void copyWhole(Path from, Path to) throws IOException {
    Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
    try (FileChannel copy = FileChannel.open(to, StandardOpenOption.WRITE)) {
      copy.force(true);
    }
  }

  static void writeNew(Path file, ByteBuffer bytes) throws IOException {
    try (FileChannel copy =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      while (bytes.hasRemaining()) {
        copy.write(bytes);
      }
      copy.force(true);
    }
  }

  static void syncNames(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
