package io.quarkgres.storage.wal;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The files of a directory that this process has locked. Thread: any. */
final class DiskFiles implements DataFiles {
  /** What lies in the directory beside the data. */
  private static final Set<String> NO_DATA =
      Set.of(DataDirectory.LOCK, DataDirectory.HOLD, DataDirectory.SPILL);

  private final Path directory;
  private final FileChannel lockChannel;
  private final FileLock lock;
  private final boolean syncs;
  private final AtomicInteger holders = new AtomicInteger();

  private DiskFiles(Path directory, FileChannel lockChannel, FileLock lock, boolean syncs) {
    this.directory = directory;
    this.lockChannel = lockChannel;
    this.lock = lock;
    this.syncs = syncs;
  }

  /**
   * Opens a directory, making it if it is not there; raises F0001 when another server uses it.
   *
   * @param syncs whether what is written is made to last, rather than left to the system
   */
  static DiskFiles open(Path directory, boolean syncs) {
    try {
      if (!Files.isDirectory(directory)) {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
      }
      FileChannel channel = lockChannel(directory, StandardOpenOption.CREATE);
      return new DiskFiles(directory, channel, locked(directory, channel), syncs);
    } catch (FileAlreadyExistsException e) {
      throw unusable(directory, "it is not a directory");
    } catch (IOException | UnsupportedOperationException e) {
      throw unusable(directory, WalErrors.why(e));
    }
  }

  /** Opens a directory with data to look at, which no server may use meanwhile. */
  static DiskFiles inspect(Path directory) {
    if (!Files.isRegularFile(directory.resolve(DataDirectory.FORMAT))) {
      throw new SqlException(
              SqlState.IO_ERROR, "\"" + directory + "\" is not a data directory of this server")
          .withHint("Give the directory that the server was started with, as --data.");
    }
    try {
      if (!Files.isWritable(directory.resolve(DataDirectory.LOCK))) {
        // Nobody writes here.
        return new DiskFiles(directory, null, null, false);
      }
      FileChannel channel = lockChannel(directory);
      return new DiskFiles(directory, channel, locked(directory, channel), false);
    } catch (IOException e) {
      throw unusable(directory, WalErrors.why(e));
    }
  }

  /** Opens a directory whose server may run, to copy what is in it. */
  static DiskFiles besideServer(Path directory) {
    return new DiskFiles(directory, null, null, false);
  }

  private static FileChannel lockChannel(Path directory, StandardOpenOption... more)
      throws IOException {
    Set<StandardOpenOption> options = EnumSet.of(StandardOpenOption.WRITE, more);
    return FileChannel.open(directory.resolve(DataDirectory.LOCK), options);
  }

  private static FileLock locked(Path directory, FileChannel channel) throws IOException {
    FileLock lock = tryLock(channel);
    if (lock == null) {
      channel.close();
      throw new SqlException(
              SqlState.LOCK_FILE_EXISTS,
              "data directory \"" + directory + "\" is in use by another server")
          .withHint("Stop the other server, or choose another directory with --data.");
    }
    return lock;
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static SqlException unusable(Path directory, String why) {
    return new SqlException(
            SqlState.IO_ERROR, "cannot use data directory \"" + directory + "\": " + why)
        .withHint("Choose a directory that the server may write to, or start with --memory.");
  }

  @Override
  public List<String> list() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !NO_DATA.contains(name))
          .sorted()
          .toList();
    }
  }

  @Override
  public DataFile open(String name) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve(name),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    return new OpenFile(channel, syncs);
  }

  @Override
  public DataFile read(String name) throws IOException {
    Path file = directory.resolve(name);
    if (!Files.exists(file)) {
      throw WalErrors.corrupted(file.toString(), "it is missing");
    }
    return new OpenFile(FileChannel.open(file, StandardOpenOption.READ), false);
  }

  @Override
  public void rename(String from, String to) throws IOException {
    Files.move(directory.resolve(from), directory.resolve(to), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void delete(String name) throws IOException {
    Files.deleteIfExists(directory.resolve(name));
  }

  @Override
  public void syncDirectory() throws IOException {
    if (syncs) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  @Override
  public void hold() {
    holders.incrementAndGet();
  }

  @Override
  public void letGo() {
    holders.decrementAndGet();
  }

  @Override
  public boolean isHeld() throws IOException {
    if (holders.get() > 0) {
      return true;
    }
    Path file = directory.resolve(DataDirectory.HOLD);
    if (!Files.exists(file)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return tryLock(channel) == null;
    }
  }

  @Override
  public Path temporaryFolder() {
    return directory.resolve(DataDirectory.SPILL);
  }

  @Override
  public long millis() {
    return System.currentTimeMillis();
  }

  @Override
  public String path(String name) {
    return directory.resolve(name).toString();
  }

  @Override
  public void close() {
    try {
      if (lock != null) {
        lock.release();
        lockChannel.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record OpenFile(FileChannel channel, boolean syncs) implements DataFile {
    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public int read(long offset, ByteBuffer into) throws IOException {
      int count = 0;
      while (into.hasRemaining()) {
        int n = channel.read(into, offset + count);
        if (n < 0) {
          break;
        }
        count += n;
      }
      return count;
    }

    @Override
    public void write(long offset, ByteBuffer from) throws IOException {
      long at = offset;
      while (from.hasRemaining()) {
        at += channel.write(from, at);
      }
    }

    @Override
    public void truncate(long size) throws IOException {
      channel.truncate(size);
    }

    @Override
    public void sync() throws IOException {
      if (syncs) {
        channel.force(false);
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
