package io.quarkgres.storage.memory.cold;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** A temporary file that loses its name as soon as it is open. Thread: any. */
public final class TemporaryBytes implements ColdBytes {
  private final FileChannel channel;

  private TemporaryBytes(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Makes a file.
   *
   * @param folder where to, made if it is not there; {@code null} for where the system keeps
   *     temporary files
   */
  public static ColdBytes open(Path folder) throws IOException {
    Path in = folder == null ? Path.of(System.getProperty("java.io.tmpdir")) : folder;
    Files.createDirectories(in);
    return new TemporaryBytes(
        FileChannel.open(
            in.resolve("cold-" + UUID.randomUUID()),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE));
  }

  @Override
  public int read(ByteBuffer into, long offset) throws IOException {
    boolean wasInterrupted = Thread.interrupted(); // which would close the channel for everybody
    try {
      return channel.read(into, offset);
    } finally {
      restore(wasInterrupted);
    }
  }

  @Override
  public int write(ByteBuffer from, long offset) throws IOException {
    boolean wasInterrupted = Thread.interrupted();
    try {
      return channel.write(from, offset);
    } finally {
      restore(wasInterrupted);
    }
  }

  private static void restore(boolean wasInterrupted) {
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void truncate(long size) throws IOException {
    channel.truncate(size);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
