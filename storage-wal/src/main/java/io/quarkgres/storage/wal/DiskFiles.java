package io.quarkgres.storage.wal;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** The files of a directory that this process has locked. Thread: any. */
final class DiskFiles implements DataFiles {
  private final Path directory;
  private final FileChannel lockChannel;
  private final FileLock lock;

  private DiskFiles(Path directory, FileChannel lockChannel, FileLock lock) {
    this.directory = directory;
    this.lockChannel = lockChannel;
    this.lock = lock;
  }

  /** Opens a directory, making it if it is not there; raises F0001 when another server uses it. */
  static DiskFiles open(Path directory) {
    try {
      if (!Files.isDirectory(directory)) {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
      }
      FileChannel channel =
          FileChannel.open(
              directory.resolve(DataDirectory.LOCK),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw new SqlException(
                SqlState.LOCK_FILE_EXISTS,
                "data directory \"" + directory + "\" is in use by another server")
            .withHint("Stop the other server, or choose another directory with --data.");
      }
      return new DiskFiles(directory, channel, lock);
    } catch (FileAlreadyExistsException e) {
      throw unusable(directory, "it is not a directory");
    } catch (AccessDeniedException e) {
      throw unusable(directory, "permission denied");
    } catch (IOException | UnsupportedOperationException e) {
      throw unusable(directory, e.getMessage());
    }
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
          .filter(name -> !name.equals(DataDirectory.LOCK))
          .toList();
    }
  }

  @Override
  public DataFile open(String name) throws IOException {
    return new OpenFile(
        FileChannel.open(
            directory.resolve(name),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE));
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
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public String path(String name) {
    return directory.resolve(name).toString();
  }

  @Override
  public void close() {
    try {
      lock.release();
      lockChannel.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private record OpenFile(FileChannel channel) implements DataFile {
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
      channel.force(false);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
