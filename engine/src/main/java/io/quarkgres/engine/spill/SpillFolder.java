package io.quarkgres.engine.spill;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * The folder in which a server makes its temporary files. It belongs to the server alone: what lies
 * in it from before is removed when the first file is made. Thread: any.
 */
public final class SpillFolder {
  private final Path given;
  private final AtomicLong files = new AtomicLong();
  private Path folder;

  /** Makes a folder; without a path it is a new one where the system keeps temporary files. */
  public SpillFolder(Path given) {
    this.given = given;
  }

  /** Opens a new file that has no name any more. */
  FileChannel open() {
    try {
      Path file = folder().resolve("spill" + files.incrementAndGet());
      return FileChannel.open(
          file,
          StandardOpenOption.CREATE_NEW,
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          StandardOpenOption.DELETE_ON_CLOSE);
    } catch (IOException e) {
      throw SpillErrors.failed("create", e);
    }
  }

  private synchronized Path folder() throws IOException {
    if (folder == null) {
      folder = given == null ? Files.createTempDirectory("quarkgres") : prepared(given);
    }
    return folder;
  }

  private static Path prepared(Path path) throws IOException {
    Files.createDirectories(path);
    try (Stream<Path> old = Files.list(path)) {
      for (Path file : old.toList()) {
        Files.deleteIfExists(file);
      }
    }
    return path;
  }

  /** Removes the folder, if it is one that was made for this server. */
  public synchronized void close() {
    if (folder == null) {
      return;
    }
    try {
      if (given == null) {
        Files.deleteIfExists(folder);
      }
      folder = null;
    } catch (IOException e) {
      throw new SqlException(
          SqlState.IO_ERROR, "could not remove folder of temporary files: " + e.getMessage());
    }
  }
}
