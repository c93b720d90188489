package io.quarkgres.storage.wal;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.store.StorageCopy;
import java.io.IOException;
import java.io.UncheckedIOException;
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
 * <p>While the hold is locked the server removes no file; {@link DataCopy} says what is copied.
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
    } catch (IOException | UncheckedIOException e) {
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
      try (DataCopy copy = new DataCopy(files, () -> {});
          Folder folder = new Folder(to)) {
        copy.send(folder);
      }
      syncNames(to);
    }
  }

  /** Writes the files of a copy to a folder and makes them last. */
  private static final class Folder implements StorageCopy.Receiver, AutoCloseable {
    private final Path folder;
    private FileChannel file;
    private long left;

    Folder(Path folder) {
      this.folder = folder;
    }

    @Override
    public void file(String name, long bytes) {
      try {
        file =
            FileChannel.open(
                folder.resolve(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        left = bytes;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void data(byte[] bytes, int from, int to) {
      try {
        ByteBuffer source = ByteBuffer.wrap(bytes, from, to - from);
        while (source.hasRemaining()) {
          file.write(source);
        }
        left -= to - from;
        if (left == 0) {
          file.force(true);
          file.close();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      if (file != null) {
        file.close();
      }
    }
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
